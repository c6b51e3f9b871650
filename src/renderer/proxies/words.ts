import { useCallback } from 'react';
import type { ErrorShape } from '../../base/errors.ts';
import type { ProxyView } from '../../contract/proxies.ts';
import { useFormat } from '../i18n/format.ts';
import { useLanguage, useT, type Language } from '../i18n/i18n.ts';
import { useReason } from '../panel/reason.ts';
import { useErrorText } from '../ui/error-text.ts';
import { siteName } from '../ui/site-name.ts';
import { conditionOf } from './condition.ts';

const formats = new Map<string, Intl.DateTimeFormat>();

/** The exact moment in a zone, to the second, with its offset. */
export function momentText(at: number, language: Language, zone?: string): string {
  const key = `${language} ${zone ?? ''}`;
  const format =
    formats.get(key) ??
    new Intl.DateTimeFormat(language, {
      year: 'numeric',
      month: 'short',
      day: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      hourCycle: 'h23',
      timeZoneName: 'shortOffset',
      ...(zone === undefined ? {} : { timeZone: zone }),
    });
  formats.set(key, format);
  return format.format(at);
}

/** React hook: the exact moment of an end; "permanent" where there is none. */
export function useMoment(): (at: number | null, zone?: string) => string {
  const t = useT('proxies');
  const language = useLanguage();
  return useCallback(
    (at, zone) => (at === null ? t('ends.permanent') : momentText(at, language, zone)),
    [t, language],
  );
}

type EndsText = (expiresAt: number | null, now: number) => string;

function useEnds(keys: { readonly in: string; readonly ago: string; readonly permanent: string }): EndsText {
  const t = useT('proxies');
  const format = useFormat();
  return (expiresAt, now) => {
    if (expiresAt === null) return t(keys.permanent);
    const span = format.duration(Math.abs(expiresAt - now));
    return t(expiresAt > now ? keys.in : keys.ago, { span });
  };
}

const short = { in: 'ends.in', ago: 'ends.ago', permanent: 'ends.permanent' };
const inWords = { in: 'ends.endsIn', ago: 'ends.endedAgo', permanent: 'ends.neverEnds' };

/** React hook: an end seen from now, for a column that says that it is one: in how long, or how long ago. */
export const useEndsText = (): EndsText => useEnds(short);

/** React hook: the same as words within a sentence: "ends in …", "ended … ago". */
export const useEndsWords = (): EndsText => useEnds(inWords);

/** React hook: why a proxy did not work when it was looked at. */
export function useCheckReason(): (error: ErrorShape) => string {
  const t = useT('proxies');
  const reason = useReason();
  // A look asks for another address than the platform's.
  return (error) => (error.details?.reason === 'proxy-target' ? t('check.target') : reason(error));
}

/** React hook: how a proxy is, in a few words; what keeps it from working is named. */
export function useConditionText(): (proxy: ProxyView, now: number) => string {
  const t = useT('proxies');
  const reason = useCheckReason();
  return (proxy, now) => {
    const condition = conditionOf(proxy, now);
    const error = proxy.check?.error ?? null;
    if (condition === 'failing' && error !== null) {
      return t('condition.failing', { reason: reason(error) });
    }
    return t(`condition.${condition}`);
  };
}

/** Reasons our own calls of this feature name, with a sentence each. */
const OWN_REASONS = [
  'unreadable-file',
  'too-many-rows',
  'empty',
  'too-large',
  'forgotten',
  'in-use',
  'exists',
  'gone',
  'other',
  'twice',
  'expired',
  'no-store',
  'two-proxies',
  'not-ready',
  'bad-host',
];

/** React hook: why a call of this feature failed, as a sentence. */
export function useProxyError(): (error: ErrorShape) => string {
  const t = useT('proxies');
  const errorText = useErrorText();
  return useCallback(
    (error) => {
      const reason = error.details?.reason ?? '';
      return OWN_REASONS.includes(reason) ? t(`error.${reason}`) : errorText(error);
    },
    [t, errorText],
  );
}

/** React hook: a country by its two letters, in the language shown. */
export function useCountryName(): (country: string) => string {
  const language = useLanguage();
  return useCallback((country) => siteName(country, language), [language]);
}
