/**
 * Whether a text read back from a platform is the one we sent. Platforms trim, change line ends and compose
 * letters anew; nothing else is forgiven, since a wrong match would hide another person's answer.
 */
export function sameText(sent: string | null, readBack: string | null): boolean {
  return sent !== null && readBack !== null && plain(sent) === plain(readBack);
}

function plain(text: string): string {
  return text.replaceAll('\r\n', '\n').trim().normalize('NFC');
}
