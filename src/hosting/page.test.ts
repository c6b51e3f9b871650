import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { pngBytes } from '../testing/pictures.ts';
import { tempDir } from '../testing/temp-engine.ts';
import { answerMedia, storeMedia } from './media.ts';
import { openPageFiles } from './page.ts';
import { defaultDataRoot, keyFilePath, spaceDir } from './spaces.ts';

let folder: ReturnType<typeof tempDir>;
beforeEach(() => {
  folder = tempDir();
});
afterEach(() => folder.remove());

const text = (body: Uint8Array | undefined): string => Buffer.from(body ?? []).toString();
const png = Buffer.from(pngBytes(30, 20));

describe('the page', () => {
  beforeEach(() => {
    mkdirSync(join(folder.path, 'page', 'assets'), { recursive: true });
    writeFileSync(join(folder.path, 'page', 'index.html'), '<meta name="csp-nonce" content="__CSP_NONCE__">');
    writeFileSync(join(folder.path, 'page', 'assets', 'a.js'), '1');
    writeFileSync(join(folder.path, 'page', 'assets', 'a.js.map'), '{}');
    writeFileSync(join(folder.path, 'outside'), 'secret');
    symlinkSync(join(folder.path, 'outside'), join(folder.path, 'page', 'link'));
  });

  it('gets a new nonce and a strict policy each time', async () => {
    const page = await openPageFiles(join(folder.path, 'page'), ['ws://127.0.0.1:1']);
    const answers = [await page.answer('/'), await page.answer('/index.html')];
    const nonces = answers.map((answer) => /content="([\w+/=]{24})"/.exec(text(answer?.body))?.[1]);
    expect(nonces[0]).not.toBe(nonces[1]);
    expect(answers[0]?.headers['content-security-policy']).toBe(
      `default-src 'none'; script-src 'self'; style-src 'self' 'nonce-${nonces[0]}'; img-src 'self' blob:; ` +
        `font-src 'self'; connect-src 'self' ws://127.0.0.1:1; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    );
    expect(answers[0]?.headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'no-store',
    });
  });

  it('holds the files of the build and nothing else', async () => {
    const page = await openPageFiles(join(folder.path, 'page'));
    expect(await page.answer('/assets/a.js')).toMatchObject({
      status: 200,
      headers: { 'content-type': 'text/javascript; charset=utf-8' },
    });
    const others = [
      '/outside',
      '/../outside',
      '/assets/../../outside',
      '/%2e%2e/outside',
      '/link',
      '/assets',
      '/assets/a.js.map',
    ];
    for (const path of [...others, '/__proto__', '/assets/', '//etc/passwd', '/assets/a.js\0']) {
      expect(await page.answer(path)).toBeNull();
    }
  });

  it('says what to do when it was not built', async () => {
    mkdirSync(join(folder.path, 'empty'));
    for (const name of ['empty', 'nowhere']) {
      await expect(openPageFiles(join(folder.path, name))).rejects.toThrow('npm run build');
    }
  });
});

describe('media', () => {
  it('stores pictures under their hash and serves them', async () => {
    const stored = await storeMedia(folder.path, png);
    expect(stored).toMatchObject({ hash: expect.stringMatching(/^[0-9a-f]{64}$/) as string });
    expect(await storeMedia(folder.path, png)).toEqual(stored);
    const answer = await answerMedia(folder.path, stored?.hash ?? '');
    expect(answer.headers).toMatchObject({
      'content-type': 'image/png',
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, max-age=31536000, immutable',
    });
    expect(Buffer.from(answer.body)).toEqual(png);
  });

  it('takes no picture that would fill the memory of the page, and none that hides its size', async () => {
    expect(await storeMedia(folder.path, pngBytes(8_000, 5_000))).not.toBeNull();
    expect(await storeMedia(folder.path, pngBytes(8_001, 5_000))).toBeNull();
    expect(await storeMedia(folder.path, pngBytes(100_000, 100_000))).toBeNull();
    expect(await storeMedia(folder.path, pngBytes(10, 10).subarray(0, 20))).toBeNull();
  });

  it('removes what a killed host left half written, and nothing else', async () => {
    const media = join(folder.path, 'media');
    mkdirSync(media);
    const left = `${'a'.repeat(64)}.0123456789ab`;
    const others = ['b'.repeat(64), `${'a'.repeat(64)}-1.part`];
    for (const name of [left, ...others]) writeFileSync(join(media, name), 'x');
    const stored = await Promise.all([2, 3, 4].map((size) => storeMedia(folder.path, pngBytes(size, size))));
    expect(readdirSync(media).toSorted()).toEqual(
      [...others, ...stored.map((one) => one?.hash ?? '')].toSorted(),
    );
  });

  it('neither stores nor serves anything else', async () => {
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>');
    expect(await storeMedia(folder.path, svg)).toBeNull();
    const names = ['a', 'b', 'c'].map((letter) => letter.repeat(64));
    mkdirSync(join(folder.path, 'media', names[1] ?? ''), { recursive: true });
    writeFileSync(join(folder.path, 'media', names[0] ?? ''), svg);
    writeFileSync(join(folder.path, 'picture'), png);
    symlinkSync(join(folder.path, 'picture'), join(folder.path, 'media', names[2] ?? ''));
    for (const name of [...names, 'd'.repeat(64), '../picture', 'A'.repeat(64), '', '__proto__']) {
      expect((await answerMedia(folder.path, name)).status).toBe(404);
    }
  });
});

describe('where things lie', () => {
  it('keeps spaces apart, and the key outside the data', () => {
    expect(spaceDir('/data', 'real')).toBe('/data/desk');
    expect(spaceDir('/data', 'practice')).toBe('/data/practice');
    for (const platform of ['linux', 'darwin', 'win32'] as const) {
      const machine = { platform, env: {}, home: '/home/mai' };
      expect(keyFilePath(machine).startsWith(`${defaultDataRoot(machine)}/`)).toBe(false);
    }
    const env = { XDG_CONFIG_HOME: '/c', XDG_DATA_HOME: 'relative' };
    const machine = { platform: 'linux' as const, env, home: '/home/mai' };
    expect([keyFilePath(machine), defaultDataRoot(machine)]).toEqual([
      '/c/counterdesk/key',
      '/home/mai/.local/share/counterdesk',
    ]);
  });
});
