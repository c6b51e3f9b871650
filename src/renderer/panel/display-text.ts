/** Marks that turn the direction of whatever follows: in a stranger's text they only serve to mislead. */
const directionMarks = /[\u202A-\u202E\u2066-\u2069]/gu;
/** Control characters without a meaning on screen; line breaks and tabs stay. */
const controls = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F]/gu;

/** A stranger's text as it may be shown: as text only, without marks that could change what stands around it. */
export function displayText(text: string): string {
  return text.replace(/\r\n?/gu, '\n').replace(directionMarks, '').replace(controls, '');
}
