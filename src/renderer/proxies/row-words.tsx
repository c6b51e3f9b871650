import { createContext, useContext, type ReactNode } from 'react';
import type { ProxyView } from '../../contract/proxies.ts';
import { useFormat, type Format } from '../i18n/format.ts';
import { useT, type Translate } from '../i18n/i18n.ts';
import { useConditionText, useCountryName, useEndsText, useMoment } from './words.ts';

/** All that a row of a table needs to say something. */
export interface RowWords {
  readonly t: Translate;
  readonly format: Format;
  readonly ends: (expiresAt: number | null, now: number) => string;
  readonly moment: (at: number | null, zone?: string) => string;
  readonly condition: (proxy: ProxyView, now: number) => string;
  readonly countryName: (country: string) => string;
}

const Words = createContext<RowWords | null>(null);

/** Looks the words up once for a whole table: a look-up of its own in every cell is what scrolling would wait for. */
export function RowWordsProvider({ children }: { readonly children: ReactNode }) {
  const t = useT('proxies');
  const words = {
    t,
    format: useFormat(),
    ends: useEndsText(),
    moment: useMoment(),
    condition: useConditionText(),
    countryName: useCountryName(),
  };
  return <Words value={words}>{children}</Words>;
}

/** React hook: the words of the table a row stands in. */
export function useRowWords(): RowWords {
  const words = useContext(Words);
  if (words === null) throw new Error('A row without the words of its table.');
  return words;
}
