/**
 * What stays in the field once `sent` was stored: nothing, or what was typed on behind it meanwhile. A text that was
 * changed in other ways stays whole: nobody's words are thrown away on a guess.
 */
export function restAfterSend(value: string, sent: string): string {
  return value.startsWith(sent) ? value.slice(sent.length) : value;
}
