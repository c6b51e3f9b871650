import { MantineProvider } from '@mantine/core';
import { renderToStaticMarkup } from 'react-dom/server';
import { beforeAll, expect, it } from 'vitest';
import type { BrowserProgram } from '../../contract/browsers.ts';
import { sampleProgram } from '../../testing/sample-browsers.ts';
import { startI18n } from '../i18n/i18n.ts';
import { Program } from './browsers.tsx';

beforeAll(() => startI18n('en'));

const said = (program: BrowserProgram | null): string =>
  renderToStaticMarkup(
    <MantineProvider>
      <Program program={program} />
    </MantineProvider>,
  )
    .replaceAll(/<style.*?<\/style>/gsu, '')
    .replaceAll(/<[^>]+>/gu, ' ')
    .replaceAll(/\s+/gu, ' ')
    .trim();

it.each<[string, BrowserProgram | null, string]>([
  ['which it is', sampleProgram, 'Browser Chromium 156.0.1'],
  ['that nothing is known yet', null, 'Browser Not known now'],
  [
    'what to install',
    { ...sampleProgram, name: null, version: null },
    'Browser None of the Chromium family found. Install Chrome, Edge or Chromium, then start Counterdesk again. –',
  ],
  [
    'that nothing can be shown',
    { ...sampleProgram, isWindowed: false },
    'Browser There is no display here, so no window can be shown and nobody can sign in by hand. Chromium 156.0.1',
  ],
])('says %s', (_, program, expected) => {
  expect(said(program)).toBe(expected);
});
