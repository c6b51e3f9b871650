import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { placeWithin, readPlace, writePlace } from './window-state.ts';

const folder = mkdtempSync(join(tmpdir(), 'counterdesk-place-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const screen = { x: 0, y: 0, width: 1920, height: 1080 };
const place = { x: 100, y: 80, width: 1200, height: 800, maximized: false };

describe('the remembered place of the window', () => {
  it('comes back from its file', () => {
    const path = join(folder, 'deep', 'place.json');
    writePlace(path, place);
    expect(readPlace(path)).toEqual(place);
  });

  it.each(['', '{}', 'null', '{"x":"1","y":0,"width":1,"height":1,"maximized":false}', '[1,2]'])(
    'is forgotten when its file holds %j',
    (text) => {
      const path = join(folder, 'odd.json');
      writeFileSync(path, text);
      expect(readPlace(path)).toBeNull();
    },
  );

  it('is used while a display shows it', () => {
    expect(placeWithin(place, [screen])).toEqual({ x: 100, y: 80, width: 1200, height: 800 });
  });

  it('is dropped when its display is gone', () => {
    expect(placeWithin({ ...place, x: 2500 }, [screen])).toEqual({ width: 1440, height: 900 });
    expect(placeWithin(null, [screen])).toEqual({ width: 1440, height: 900 });
  });

  it('is never smaller than the panel needs', () => {
    expect(placeWithin({ ...place, width: 200, height: 100 }, [screen])).toMatchObject({
      width: 900,
      height: 600,
    });
  });
});
