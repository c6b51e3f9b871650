import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** Where a window was. Pixels of the desktop, as Electron counts them. */
export interface WindowPlace {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly maximized: boolean;
}

interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export const SMALLEST = { width: 900, height: 600 } as const;
const FIRST = { width: 1440, height: 900 } as const;
/** At least this much of a window must be on some display, or it could not be dragged back. */
const REACHABLE = { width: 120, height: 40 } as const;

function isPlace(value: unknown): value is WindowPlace {
  if (typeof value !== 'object' || value === null) return false;
  const numbers = ['x', 'y', 'width', 'height'].map((key) => Reflect.get(value, key));
  return numbers.every(Number.isSafeInteger) && typeof Reflect.get(value, 'maximized') === 'boolean';
}

/** The remembered place; null when there is none or the file is not ours. */
export function readPlace(path: string): WindowPlace | null {
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
    return isPlace(value) ? value : null;
  } catch {
    return null;
  }
}

/** Remembers a place. A folder that can't be written loses only this. */
export function writePlace(path: string, place: WindowPlace): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, JSON.stringify(place));
  } catch {
    // The window opens at its first size next time.
  }
}

function overlap(start: number, length: number, otherStart: number, otherLength: number): number {
  return Math.min(start + length, otherStart + otherLength) - Math.max(start, otherStart);
}

/** The bounds to open with: the remembered ones if a display still shows them, else the first size wherever it fits. */
export function placeWithin(place: WindowPlace | null, displays: readonly Area[]): Partial<Area> {
  const visible =
    place !== null &&
    displays.some(
      (area) =>
        overlap(place.x, place.width, area.x, area.width) >= REACHABLE.width &&
        overlap(place.y, place.height, area.y, area.height) >= REACHABLE.height,
    );
  if (!visible) return FIRST;
  const width = Math.max(place.width, SMALLEST.width);
  const height = Math.max(place.height, SMALLEST.height);
  return { x: place.x, y: place.y, width, height };
}
