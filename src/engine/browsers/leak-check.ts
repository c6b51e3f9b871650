import { existsSync, readFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { writeWhole } from '../db/files.ts';

/**
 * Whether calls (WebRTC) of this browser's pages keep to their proxy: which switch a program heeds depends on how it was
 * built, so each version is asked once. With the switches heeded a page has no address of this computer to offer.
 */
export async function keepsCallsInside(browser: Browser, path: string, noted: string): Promise<boolean> {
  const name = `${path} ${browser.version()}`;
  if (existsSync(noted) && readFileSync(noted, 'utf8') === name) return true;
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    const offered = await page.evaluate<number>(offeredAddresses);
    if (offered > 0) return false;
    writeWhole(noted, name);
    return true;
  } finally {
    await context.close();
  }
}

/** In a page: how many addresses it can offer for a call. */
const offeredAddresses = `(async () => {
  const connection = new RTCPeerConnection();
  let offered = 0;
  const gathered = new Promise((resolve) => {
    connection.addEventListener('icecandidate', ({ candidate }) => {
      if (candidate === null) resolve();
      else if (candidate.candidate !== '') offered += 1;
    });
  });
  connection.createDataChannel('check');
  await connection.setLocalDescription(await connection.createOffer());
  await Promise.race([gathered, new Promise((resolve) => setTimeout(resolve, 3000))]);
  connection.close();
  return offered;
})()`;
