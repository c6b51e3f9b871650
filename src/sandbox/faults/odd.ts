import { asRecord, parseJson } from '../api/json.ts';

const oddities: readonly unknown[] = [null, 'soon', {}, [], -1, true, '{broken'];

/** Every third record of a list loses a field or gets one of another type; never the same one twice in a row. */
function oddRecord(record: Record<string, unknown>, index: number): Record<string, unknown> {
  const turn = Math.floor(index / 3);
  const names = Object.keys(record);
  const name = names[(turn * 5 + 2) % names.length] ?? '';
  const { [name]: _, ...rest } = record;
  return turn % 3 === 2 ? rest : { ...record, [name]: oddities[turn % oddities.length] };
}

/** Outside lists, where it is the answer to a send, `message_id` goes missing. */
function walk(value: unknown, inList = false): unknown {
  if (Array.isArray(value)) {
    return value.map((item: unknown, index) => {
      const record = asRecord(item);
      return record !== null && index % 3 === 0 ? oddRecord(record, index) : walk(item, true);
    });
  }
  const record = asRecord(value);
  if (record === null) return value;
  const kept = Object.entries(record).filter(([name]) => inList || name !== 'message_id');
  return Object.fromEntries(kept.map(([name, inner]) => [name, walk(inner, inList)]));
}

/** An answer whose JSON is sound but whose fields are not. */
export function oddFields(json: unknown): unknown {
  return walk(parseJson(JSON.stringify(json)));
}
