import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { scanTexts } from '../../testing/scan-texts.ts';

const pageDir = fileURLToPath(new URL('..', import.meta.url));
const localesDir = fileURLToPath(new URL('../../../resources/locales', import.meta.url));

/** The plural forms each language has (CLDR), as i18next names them; a text for `_zero` may be given besides. */
const pluralForms: Record<string, readonly string[]> = { en: ['one', 'other'], 'zh-Hans': ['other'] };
const languages = Object.keys(pluralForms);
const PLURAL = /_(zero|one|two|few|many|other)$/;

function flatten(texts: object, path = ''): [string, string][] {
  return Object.entries(texts).flatMap(([name, value]: [string, unknown]) =>
    typeof value === 'object' && value !== null
      ? flatten(value, `${path}${name}.`)
      : [[`${path}${name}`, String(value)] as [string, string]],
  );
}

const files = readdirSync(join(localesDir, 'en')).map((name) => name.replace('.json', ''));
const texts = (language: string, file: string): Map<string, string> =>
  new Map(flatten(JSON.parse(readFileSync(join(localesDir, language, `${file}.json`), 'utf8')) as object));
const baseKeys = (language: string, file: string): string[] => [
  ...new Set([...texts(language, file).keys()].map((key) => key.replace(PLURAL, ''))),
];

const sources = readdirSync(pageDir, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.tsx?$/.test(path) && !/\.test\.tsx?$/.test(path))
  .map((path) => ({ path, scan: scanTexts(path, readFileSync(join(pageDir, path), 'utf8')) }));

describe('locale files', () => {
  it('are the same in every language', () => {
    for (const language of languages) {
      expect(readdirSync(join(localesDir, language)).sort()).toEqual(
        files.map((file) => `${file}.json`).sort(),
      );
    }
  });

  it.each(files)('%s has the same keys in every language, none empty', (file) => {
    const english = baseKeys('en', file).sort();
    for (const language of languages) {
      expect(baseKeys(language, file).sort(), language).toEqual(english);
      expect([...texts(language, file)].filter(([, text]) => text.trim() === '')).toEqual([]);
    }
  });

  it.each(files)('%s has every plural form of each language and no other', (file) => {
    for (const [language, forms] of Object.entries(pluralForms)) {
      const keys = [...texts(language, file).keys()];
      for (const base of new Set(
        keys.filter((key) => PLURAL.test(key)).map((key) => key.replace(PLURAL, '')),
      )) {
        const has = keys.filter((key) => key.replace(PLURAL, '') === base && !key.endsWith('_zero')).sort();
        expect(has, language).toEqual(forms.map((form) => `${base}_${form}`).sort());
      }
    }
  });

  it.each(files)('%s fills in the same values in every language', (file) => {
    const values = (language: string): Map<string, string> => {
      const found = new Map<string, Set<string>>();
      for (const [key, text] of texts(language, file)) {
        const names = found.get(key.replace(PLURAL, '')) ?? new Set();
        for (const [, name = ''] of text.matchAll(/\{\{(\w+)\}\}/g)) names.add(name);
        found.set(key.replace(PLURAL, ''), names);
      }
      return new Map([...found].map(([key, names]) => [key, [...names].sort().join()]));
    };
    const english = values('en');
    for (const language of languages) expect(values(language)).toEqual(english);
  });
});

describe('the page', () => {
  it('asks only for texts there are', () => {
    const known = new Map(files.map((file) => [file, new Set(baseKeys('en', file))]));
    const anywhere = (key: string): boolean => [...known.values()].some((keys) => keys.has(key));
    const missing = sources.flatMap(({ path, scan }) =>
      scan.asked
        .filter(({ key, file }) =>
          file === null
            ? !anywhere(key)
            : known.get(file)?.has(key) !== true && known.get('common')?.has(key) !== true,
        )
        .map(({ key, file, line }) => `${path}:${line} ${file ?? '?'}: ${key}`),
    );
    expect(missing).toEqual([]);
  });

  it('leaves no text unused', () => {
    const strings = new Set(sources.flatMap(({ scan }) => scan.strings));
    const patterns = sources.flatMap(({ scan }) => scan.patterns);
    // The texts of `host` are Electron's own, outside the page; there the compiler knows them.
    const unused = files
      .filter((file) => file !== 'host')
      .flatMap((file) =>
        baseKeys('en', file)
          .filter((key) => !strings.has(key) && !patterns.some((pattern) => pattern.test(key)))
          .map((key) => `${file}: ${key}`),
      );
    expect(unused).toEqual([]);
  });

  it('says nothing to people outside the locale files', () => {
    const found = sources.flatMap(({ path, scan }) =>
      scan.literals.map(({ text, line }) => `${relative('.', path)}:${line} ${text}`),
    );
    expect(found).toEqual([]);
  });
});

describe('the scan itself', () => {
  const source = `
    function A() {
      const t = useT('stores');
      const common = useT('common');
      return <p title="Shown" className="hidden" aria-label={on ? 'Spoken' : t('a.b')}>
        Hello {t(on ? 'c.one' : 'c.two')} {common('d')} {t(\`state.\${x}.word\`)} {'Aloud'} · {2}
      </p>;
    }
    const B = (t) => t('elsewhere');`;
  const scan = scanTexts('a.tsx', source);

  it('finds keys, with the file they belong to', () => {
    expect(scan.asked.map(({ key, file }) => `${file ?? '?'}:${key}`)).toEqual([
      'stores:a.b',
      'stores:c.one',
      'stores:c.two',
      'common:d',
      '?:elsewhere',
    ]);
    expect(scan.patterns.some((pattern) => pattern.test('state.online.word'))).toBe(true);
  });

  it('finds words that stand in the source', () => {
    expect(scan.literals.map(({ text }) => text).sort()).toEqual(['Aloud', 'Hello', 'Shown', 'Spoken']);
  });
});
