/** What both sides of the rendering benchmark show. */
export const LIST_ROWS = 2_000;
export const THREAD_ROWS = 10_000;

const SENTENCES = [
  'Kak, barang saya belum sampai padahal sudah 6 hari. Nomor resi tidak bergerak.',
  'ของจะถึงเมื่อไหร่คะ',
  '请问这个杯子一共多重？可以今天发货吗？',
  'Shop ơi khi nào giao hàng vậy ạ, mình cần gấp trước thứ sáu.',
  'Does the soap dish come with screws, or should I order them apart?',
];

/** Text of message `index`: of one sentence to six, so that no two rows are alike in height for long. */
export function messageText(index: number): string {
  const count = 1 + ((index * 7) % 6);
  const picked = Array.from({ length: count }, (_, at) => SENTENCES[(index + at) % SENTENCES.length] ?? '');
  return `${index}. ${picked.join(' ')}`;
}

/** The size of the picture that message `index` is; null when it is a text. */
export function pictureOf(index: number): { readonly width: number; readonly height: number } | null {
  return index % 12 === 5 ? { width: 240, height: 120 + ((index * 31) % 240) } : null;
}

/** Text of row `index` of the list. */
export function previewText(index: number): string {
  return SENTENCES[index % SENTENCES.length] ?? '';
}
