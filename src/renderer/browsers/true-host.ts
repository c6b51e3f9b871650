import { toUnicode } from 'punycode.js';

/** A host in its two forms. */
export interface HostForms {
  /** As machines ask for it: ASCII, with `xn--` where it has other letters. */
  readonly ascii: string;
  /** In the letters it stands for; the same as `ascii` where there are no others. */
  readonly letters: string;
}

/** Both forms of a host, given in either, with its port where it has one. What can't be shown as letters without doubt stays ASCII. */
export function hostForms(host: string): HostForms {
  const url = URL.canParse(`https://${host}/`) ? new URL(`https://${host}/`) : null;
  const ascii = url?.host ?? host;
  if (url === null) return { ascii, letters: ascii };
  const port = url.port === '' ? '' : `:${url.port}`;
  try {
    const letters = url.hostname
      .split('.')
      .map((label) => {
        const own = toUnicode(label);
        return own.replace(/\p{M}/gu, '') === '' || /[\p{C}\p{Z}/?#@:\\%]/u.test(own) ? label : own;
      })
      .join('.');
    return { ascii, letters: `${letters}${port}` };
  } catch {
    return { ascii, letters: ascii };
  }
}

/** An address as it truly is: ASCII throughout. The text itself where it is none. */
export function trueAddress(url: string): string {
  return URL.canParse(url) ? new URL(url).href : url;
}
