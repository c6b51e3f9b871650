import type { EngineOptions } from '../wire/host-link.ts';
import { hasDisplay } from './display.ts';
import { findBrowser, type Machine } from './find-browser.ts';

/**
 * The browser that shows stores. With a display one that has windows: only there can a person sign in. Without, any of
 * the family will do to look at stores unseen.
 */
export function findStoreBrowser(machine?: Machine): NonNullable<EngineOptions['browser']> | null {
  const isWindowed = hasDisplay(machine?.platform, machine?.env);
  const path = findBrowser({ windowed: isWindowed, ...(machine === undefined ? {} : { machine }) });
  return path === undefined ? null : { path, isWindowed };
}
