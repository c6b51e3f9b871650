import { createHash } from 'node:crypto';

/** A text as it is translated: equal ones are one, however their accents are coded and whatever space is around. */
export function textToTranslate(text: string): string {
  return text.toWellFormed().normalize('NFC').trim();
}

/** What a text is known by: 16 bytes of its SHA-256. */
export function textHash(text: string): Buffer {
  return createHash('sha256').update(textToTranslate(text)).digest().subarray(0, 16);
}
