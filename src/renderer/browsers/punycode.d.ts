/** The part of the package that is used here; it brings no types of its own. */
declare module 'punycode.js' {
  /** Every label of a host that is written `xn--…` in the letters it stands for; throws on one that stands for none. */
  export function toUnicode(host: string): string;
}
