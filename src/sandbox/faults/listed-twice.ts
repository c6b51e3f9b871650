import { asRecord } from '../api/json.ts';

/** What the platforms wrap an answer in. */
const WRAPS = new Set(['data', 'response']);
/** What they call their lists of conversations and of messages. */
const LISTS = new Set(['conversations', 'session_list', 'messages', 'message_list']);

/** Every third record comes twice in a row, and the first once more at the end, as where two pages overlap. */
const repeated = (records: readonly unknown[]): unknown[] => [
  ...records.flatMap((record, index) => (index % 3 === 0 ? [record, record] : [record])),
  ...records.slice(0, 1),
];

/** An answer whose lists name conversations or messages more than once. */
export function listTwice(json: unknown): unknown {
  const record = asRecord(json);
  if (record === null) return json;
  return Object.fromEntries(
    Object.entries(record).map(([name, value]) => {
      if (WRAPS.has(name)) return [name, listTwice(value)];
      return [name, LISTS.has(name) && Array.isArray(value) ? repeated(value) : value];
    }),
  );
}
