/** The longest name that every file system takes, in bytes of UTF-8. */
const MAX_BYTES = 200;

/** Names that are devices on Windows, whatever their ending. */
const DEVICES = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$) *(?:\.|$)/i;

/**
 * A file name that is one, from what a page suggests: no path, no device, nothing that is shown otherwise than it is
 * (controls, marks of direction and of no width), at most 200 bytes. `taken` says whether a name is given away; then it
 * gets a number before its ending.
 */
export function safeFileName(suggested: string, taken: (name: string) => boolean): string {
  const [stem, ending] = split(clean(suggested));
  for (let number = 1; ; number += 1) {
    const counted = number === 1 ? '' : ` (${number})`;
    const name = `${cut(stem, MAX_BYTES - bytes(counted + ending))}${counted}${ending}`;
    if (!taken(name)) return name;
  }
}

function clean(suggested: string): string {
  const last = suggested.toWellFormed().normalize('NFC').split(/[/\\]/).at(-1) ?? '';
  const shown = last
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cn}\p{Variation_Selector}]/gu, '')
    .replaceAll(/[<>:"|?*]/g, '_')
    .replaceAll(/\p{Zs}/gu, ' ')
    .replaceAll(/^[. ]+|[. ]+$/g, '');
  if (shown === '') return 'download';
  return DEVICES.test(shown) ? `_${shown}` : shown;
}

/** Before and with the last point; a long ending is none. */
function split(name: string): [stem: string, ending: string] {
  const at = name.lastIndexOf('.');
  const ending = at > 0 ? name.slice(at) : '';
  return bytes(ending) > 20 ? [name, ''] : [name.slice(0, name.length - ending.length), ending];
}

function cut(text: string, max: number): string {
  let [left, end] = [max, 0];
  for (const sign of text) {
    left -= bytes(sign);
    if (left < 0) break;
    end += sign.length;
  }
  return text.slice(0, end).replace(/[. ]+$/, '');
}

function bytes(text: string): number {
  return Buffer.byteLength(text);
}
