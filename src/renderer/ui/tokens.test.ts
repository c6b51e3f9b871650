import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8');

function colours(block: string): Map<string, string> {
  return new Map([...block.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})/g)].map((m) => [m[1] ?? '', m[2] ?? '']));
}

const [light = '', dark = ''] = css.split(":root[data-mantine-color-scheme='dark']");
const themes = { light: colours(light), dark: new Map([...colours(light), ...colours(dark)]) };

/** Relative luminance, WCAG 2.2. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [bright = 0, dim = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (bright + 0.05) / (dim + 0.05);
}

const grounds = ['ground', 'surface', 'raised', 'hover', 'selected', 'bubble-buyer', 'bubble-own'];
const pairs = [
  ...['text', 'text-soft', 'text-quiet', 'accent-text', 'danger'].flatMap((text) =>
    grounds.map((ground) => [text, ground] as const),
  ),
  ...['danger', 'warning', 'good'].map((text) => [text, `${text}-soft`] as const),
  ...['warning', 'good'].flatMap((text) => [[text, 'surface'] as const, [text, 'selected'] as const]),
  ['on-accent', 'accent'] as const,
  ['on-accent', 'accent-hover'] as const,
  ...['shopee', 'lazada', 'tiktok'].map((platform) => ['on-platform', platform] as const),
  ['on-practice', 'practice-a'] as const,
  ['on-practice', 'practice-b'] as const,
];

describe.each(Object.entries(themes))('the %s theme', (_name, theme) => {
  it.each(pairs)('%s is readable on %s', (text, ground) => {
    expect(contrast(theme.get(text) ?? '', theme.get(ground) ?? '')).toBeGreaterThanOrEqual(4.5);
  });
});
