const HIDDEN = '••••';
const NAMES = /^(?:https?|socks[45]h?|permanent)$/iu;
const IPV4 = /^\d{1,3}(?:\.\d{1,3}){3}$/u;
const HOST = /^[a-z\d-]+(?:\.[a-z\d-]+)*\.[a-z]{2,}$/iu;
const NUMBER = /^\d{1,5}$/u;
const DATE = /^\d{4}[-/.]\d{1,2}[-/.]\d{1,2}$/u;

/** What stands for a password that is not to be seen; always of one length. */
export const hiddenPassword = HIDDEN;

/**
 * A line nobody understood, with all that may be a password hidden: only what is plainly an address, a port, a scheme
 * or a date stays, and one host name.
 */
export function maskLine(line: string): string {
  let hosts = 0;
  return line.replaceAll(/[^\s,;|:@"'[\]{}/\\]+/gu, (part) => {
    if (NAMES.test(part) || IPV4.test(part) || NUMBER.test(part) || DATE.test(part)) return part;
    if (HOST.test(part) && hosts === 0) {
      hosts += 1;
      return part;
    }
    return HIDDEN;
  });
}
