import { toUnicode } from 'punycode.js';

/** A host in its two forms. */
export interface HostForms {
  /** As machines ask for it: ASCII, with `xn--` where it has other letters. */
  readonly ascii: string;
  /** In the letters it stands for; the same as `ascii` where there are no others. */
  readonly letters: string;
}

/** Both forms of a host, given in either. What can't be shown as letters without doubt stays ASCII. */
export function hostForms(host: string): HostForms {
  const ascii = URL.canParse(`https://${host}/`) ? new URL(`https://${host}/`).hostname : host;
  try {
    const letters = ascii
      .split('.')
      .map((label) => {
        const own = toUnicode(label);
        return own.replace(/\p{M}/gu, '') === '' || /[\p{C}\p{Z}/?#@:\\%]/u.test(own) ? label : own;
      })
      .join('.');
    return { ascii, letters };
  } catch {
    return { ascii, letters: ascii };
  }
}

/** An address as it truly is: ASCII throughout. The text itself where it is none. */
export function trueAddress(url: string): string {
  return URL.canParse(url) ? new URL(url).href : url;
}
