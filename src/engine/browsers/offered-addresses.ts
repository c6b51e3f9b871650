import type { Page } from 'playwright-core';

/** Calls have found what they can offer by then. Milliseconds. */
const GATHER_MS = 4_000;

/** Addresses a page can offer for a call (WebRTC); `stunUrl`: whom it asks from where it is seen, '' for nobody. */
export function offeredBy(page: Page, stunUrl: string): Promise<string[]> {
  const servers = stunUrl === '' ? [] : [{ urls: stunUrl }];
  return page.evaluate<string[]>(`(${gather})(${JSON.stringify(servers)}, ${GATHER_MS})`);
}

const gather = `async (iceServers, ms) => {
  const connection = new RTCPeerConnection({ iceServers });
  const offered = [];
  const gathered = new Promise((resolve) => {
    connection.addEventListener('icecandidate', ({ candidate }) => {
      if (candidate === null) resolve();
      else if (candidate.candidate !== '') offered.push(candidate.address ?? 'unknown');
    });
  });
  connection.createDataChannel('check');
  await connection.setLocalDescription(await connection.createOffer());
  await Promise.race([gathered, new Promise((resolve) => setTimeout(resolve, ms))]);
  connection.close();
  return offered;
}`;
