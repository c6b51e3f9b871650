/**
 * The text of a file: UTF-8 or UTF-16 by its mark or its bytes; else as Chinese Excel writes CSV (GBK, within GB 18030);
 * else byte by byte, which keeps at least what is ASCII. Null when it is no text at all.
 */
export function decodeText(bytes: Uint8Array): string | null {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return decode('utf-16le', bytes);
  if (first === 0xfe && second === 0xff) return decode('utf-16be', bytes);
  const wide = wideOrder(bytes);
  if (wide !== null) return decode(wide, bytes);
  const text = decode('utf-8', bytes) ?? decode('gb18030', bytes) ?? decode('windows-1252', bytes);
  return text === null || looksBinary(text) ? null : text;
}

function decode(encoding: string, bytes: Uint8Array): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** UTF-16 without a mark: in text that is mostly ASCII every second byte is zero. */
function wideOrder(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  const looked = Math.min(bytes.length - (bytes.length % 2), 512);
  if (looked < 8) return null;
  let even = 0;
  let odd = 0;
  for (let at = 0; at < looked; at += 2) {
    if (bytes[at] === 0) even += 1;
    if (bytes[at + 1] === 0) odd += 1;
  }
  if (odd > looked / 4 && even === 0) return 'utf-16le';
  return even > looked / 4 && odd === 0 ? 'utf-16be' : null;
}

/** Programs and pictures are full of zeros; a list that was damaged has a few. */
function looksBinary(text: string): boolean {
  let zeros = 0;
  const looked = Math.min(text.length, 4096);
  for (let at = 0; at < looked; at += 1) if (text.charCodeAt(at) === 0) zeros += 1;
  return zeros > looked / 20 && zeros > 4;
}
