import type { ErrorShape } from '../../../base/errors.ts';
import type { Result } from '../../../base/result.ts';
import type { CallInput } from '../../../contract/index.ts';

/** A list that is held as a whole: a file, or a paste that no field should have to lay out. */
export interface HeldList {
  /** The file's name; null for a paste. */
  readonly name: string | null;
  readonly bytes: number;
  /** Lines of a paste; null for a file. */
  readonly lines: number | null;
  readonly source: CallInput<'proxies.preview'>['source'];
}

/** A longer paste is held: laying so much text out takes longer than reading it. In characters. */
export const LONGEST_TYPED = 100_000;
/** What fits into one call: characters of a text, bytes of a file. */
const MOST_CHARACTERS = 7_500_000;
const MOST_BYTES = 5_600_000;

const tooLarge: Result<never> = {
  ok: false,
  error: { code: 'invalid', message: 'The list is too long.', details: { reason: 'too-large' } },
};

/** Takes a long paste. */
export function heldPaste(text: string): Result<HeldList> {
  if (text.length > MOST_CHARACTERS) return tooLarge;
  const bytes = new Blob([text]).size;
  const lines = text.split('\n').filter((line) => line.trim() !== '').length;
  return { ok: true, value: { name: null, bytes, lines, source: { kind: 'text', text } } };
}

const unreadable = (message: string): Result<never> => {
  const error: ErrorShape = { code: 'invalid', message, details: { reason: 'unreadable-file' } };
  return { ok: false, error };
};

/** The bytes of a file in base64, read without holding up the page. */
function base64Of(file: Blob): Promise<string | null> {
  return new Promise((resolve) => {
    const reader = new FileReader();
    reader.addEventListener('load', () => {
      const address = typeof reader.result === 'string' ? reader.result : '';
      resolve(address.slice(address.indexOf(',') + 1));
    });
    reader.addEventListener('error', () => resolve(null));
    reader.readAsDataURL(file);
  });
}

/** Takes a file that was dropped or opened. What is in it is found out by the engine. */
export async function heldFile(file: File): Promise<Result<HeldList>> {
  if (file.size === 0)
    return { ok: false, error: { code: 'invalid', message: 'Empty.', details: { reason: 'empty' } } };
  if (file.size > MOST_BYTES) return tooLarge;
  const base64 = await base64Of(file);
  if (base64 === null) return unreadable('The file can not be read.');
  const name = file.name.slice(-255) || 'list';
  return { ok: true, value: { name, bytes: file.size, lines: null, source: { kind: 'file', name, base64 } } };
}
