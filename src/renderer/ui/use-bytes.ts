import { useMemo } from 'react';
import { useLanguage } from '../i18n/i18n.ts';

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

/** React hook: bytes as a person reads them, in steps of a thousand as providers count. */
export function useBytes(): (count: number) => string {
  const language = useLanguage();
  return useMemo(() => {
    const formats = UNITS.map(
      (unit) => new Intl.NumberFormat(language, { style: 'unit', unit, maximumSignificantDigits: 3 }),
    );
    return (count) => {
      const step = count < 1000 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log10(count) / 3));
      return formats[step]?.format(count / 1000 ** step) ?? String(count);
    };
  }, [language]);
}
