import { existsSync, readFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { writeWhole } from '../db/files.ts';
import { offeredBy } from './offered-addresses.ts';

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
    if ((await offeredBy(page, '')).length > 0) return false;
    writeWhole(noted, name);
    return true;
  } finally {
    await context.close();
  }
}
