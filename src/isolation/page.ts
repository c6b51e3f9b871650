/** Keeps a canary fetched by pages; what another store's worker kept is not there. */
export const SERVICE_WORKER = `
self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
self.addEventListener('message', ({ data }) => { self.canary = data; });
self.addEventListener('fetch', (event) => {
  const { pathname } = new URL(event.request.url);
  if (pathname === '/from-worker') event.respondWith(new Response(self.canary ?? 'none'));
});
`;

/** The page stores visit: nothing in it but a place to run probes from. */
export const probePage = `<!doctype html><meta charset="utf-8"><title>Site</title><p>A page</p>`;

/** In a page: leaves a canary wherever a site can leave one. */
export const write = `async (canary) => {
  document.cookie = 'canary=' + canary + '; Max-Age=3600; Secure; SameSite=Lax';
  localStorage.setItem('canary', canary);
  sessionStorage.setItem('canary', canary);
  const opened = indexedDB.open('canary', 1);
  await new Promise((resolve, reject) => {
    opened.onupgradeneeded = () => opened.result.createObjectStore('canary');
    opened.onsuccess = resolve;
    opened.onerror = reject;
  });
  const put = opened.result.transaction('canary', 'readwrite');
  put.objectStore('canary').put(canary, 'canary');
  await new Promise((resolve) => { put.oncomplete = resolve; });
  opened.result.close();
  await (await caches.open('canary')).put('/cached', new Response(canary));
  await navigator.serviceWorker.register('/worker.js');
  const { active } = await navigator.serviceWorker.ready;
  active.postMessage(canary);
}`;

/** In a page: tells the site every canary it can find, by where it was found. */
export const read = `async (store) => {
  const found = {};
  found.cookie = /canary=([^;]*)/.exec(document.cookie)?.[1] ?? null;
  found.localStorage = localStorage.getItem('canary');
  found.sessionStorage = sessionStorage.getItem('canary');
  const names = (await indexedDB.databases()).map(({ name }) => name);
  if (names.includes('canary')) {
    const opened = indexedDB.open('canary', 1);
    await new Promise((resolve, reject) => { opened.onsuccess = resolve; opened.onerror = reject; });
    const get = opened.result.transaction('canary').objectStore('canary').get('canary');
    await new Promise((resolve) => { get.onsuccess = resolve; });
    found.indexedDB = get.result ?? null;
    opened.result.close();
  }
  found.cache = (await (await caches.match('/cached'))?.text()) ?? null;
  const worker = await fetch('/from-worker').then((answer) => answer.text());
  found.serviceWorker = worker === 'ok' || worker === 'none' ? null : worker;
  await fetch('/found?store=' + store, { method: 'POST', body: JSON.stringify(found) });
}`;

/** In a page: every way a page has to make the browser connect, each to the addresses given. */
export const reach = `async (targets, stun) => {
  const gather = async () => {
    const connection = new RTCPeerConnection({ iceServers: [{ urls: stun }] });
    connection.createDataChannel('x');
    await connection.setLocalDescription(await connection.createOffer());
    await new Promise((resolve) => setTimeout(resolve, 1500));
    connection.close();
  };
  const link = (rel, href, more = {}) => {
    const element = document.createElement('link');
    Object.assign(element, { rel, href }, more);
    document.head.append(element);
  };
  const calls = gather().catch(() => {});
  let number = 0;
  for (const target of targets) {
    const at = (what) => target + '/reach?what=' + what + '&n=' + (number += 1);
    for (const rel of ['prefetch', 'preconnect', 'dns-prefetch', 'icon', 'manifest', 'stylesheet', 'modulepreload']) {
      link(rel, at(rel));
    }
    link('preload', at('preload'), { as: 'image' });
    for (const tag of ['img', 'video', 'audio', 'iframe', 'script', 'embed']) {
      const element = document.createElement(tag);
      element.src = at(tag);
      document.body.append(element);
    }
    fetch(at('fetch'), { mode: 'no-cors' }).catch(() => {});
    fetch(target + '/redirect?to=' + encodeURIComponent(at('redirect')), { mode: 'no-cors' }).catch(() => {});
    navigator.sendBeacon(at('beacon'), 'x');
    try { new WebSocket(target.replace(/^http/, 'ws') + '/socket'); } catch {}
    try { new EventSource(at('events')); } catch {}
    try { new WebTransport(target.replace(/^http:/, 'https:') + '/'); } catch {}
    const worker = new Worker(URL.createObjectURL(new Blob(['fetch(' + JSON.stringify(at('worker')) + ', { mode: "no-cors" })'])));
    setTimeout(() => worker.terminate(), 1500);
  }
  await calls;
}`;
