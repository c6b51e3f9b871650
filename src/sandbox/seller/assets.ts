import type { SellerWays } from './ways.ts';

/** The look of the stand-in's pages: plain, and nothing like the real ones. */
export const STYLE = `:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { margin: 0; }
header { padding: .8rem 1.2rem; border-bottom: 4px solid #d33b17; display: flex; flex-wrap: wrap; gap: .5rem; align-items: baseline; }
[data-platform=lazada] header { border-color: #3a2bd0; }
[data-platform=tiktok] header { border-color: #0d7a4f; }
header em { margin-inline-start: auto; opacity: .8; }
.site { font-weight: 700; }
main { max-width: 44rem; margin: 1.5rem auto; padding: 0 1.2rem; }
h1 { font-size: 1.6rem; overflow-wrap: anywhere; }
h2 { font-size: 1.1rem; margin: 0 0 .4rem; }
.card { border: 1px solid #8886; border-radius: .5rem; padding: 1rem 1.2rem; margin: 1rem 0; }
label { display: block; margin-bottom: .8rem; }
input, select { font: inherit; padding: .4rem; width: 100%; box-sizing: border-box; }
button { font: inherit; padding: .5rem 1rem; }
.problem { color: light-dark(#c02a1d, #ff8a7d); }
.challenge { border: 3px solid #d33b17; }
table { border-collapse: collapse; }
td, th { text-align: start; padding: .2rem 1rem .2rem 0; }
`;

/** What runs in the pages: keeps a device id, and asks who it works as, as the real ones do. */
export function script({ call, signIn, home }: SellerWays): string {
  return `'use strict';
const call = ${JSON.stringify(call)};
const open = () => new Promise((resolve, reject) => {
  const request = indexedDB.open('sandbox', 1);
  request.onupgradeneeded = () => request.result.createObjectStore('device');
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});
const done = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});
async function known() {
  const database = await open();
  const store = () => database.transaction('device', 'readwrite').objectStore('device');
  const since = (await done(store().get('since'))) ?? Date.now();
  await done(store().put(since, 'since'));
  if (localStorage.getItem('device') === null) localStorage.setItem('device', crypto.randomUUID());
  sessionStorage.setItem('page', location.pathname);
  const shown = document.getElementById('since');
  if (shown !== null) { shown.dateTime = new Date(since).toISOString(); shown.textContent = new Date(since).toLocaleString(); }
}
async function who() {
  const answer = await fetch(call.path + location.search, { method: call.method });
  const text = await answer.text();
  const isOut = text.includes('token not found') || text.includes('SESSION_EXPIRED') || text.includes('98001002');
  if (isOut && document.getElementById('shop') !== null) location.href = ${JSON.stringify(signIn)} + '?next=' + encodeURIComponent(${JSON.stringify(home)});
}
known();
if (document.getElementById('shop') !== null) { who(); setInterval(who, 5000); }
`;
}

/** A name as bad as names come: a path, a device, letters that turn the rest around, a line's end. */
export const NASTY_NAME = '../../CON\u202Efdp\n.exe';
