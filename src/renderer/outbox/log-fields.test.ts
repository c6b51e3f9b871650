import { describe, expect, it } from 'vitest';
import type { LogLine } from '../../contract/log.ts';
import { logFields, logText } from './log-fields.ts';

const line = (fields: string): LogLine => ({
  at: 0,
  level: 'warn',
  scope: 'outbox',
  event: 'attempt',
  fields,
});

describe('logFields', () => {
  it('takes a line apart, values other than text as JSON', () => {
    expect(logFields(line('{"messageId":7,"error":{"code":"x"},"what":"send"}'))).toEqual([
      { name: 'messageId', value: '7' },
      { name: 'error', value: '{"code":"x"}' },
      { name: 'what', value: 'send' },
    ]);
  });

  it('shows what can not be taken apart as it is', () => {
    expect(logFields(line('{"cut off'))).toEqual([{ name: '', value: '{"cut off' }]);
    expect(logFields(line('[1]'))).toEqual([{ name: '', value: '[1]' }]);
    expect(logFields(line(''))).toEqual([]);
  });
});

it('logText gives one line for each, without blanks at its end', () => {
  expect(logText([line('{"a":1}'), line('')])).toBe(
    '1970-01-01T00:00:00.000Z warn outbox attempt {"a":1}\n1970-01-01T00:00:00.000Z warn outbox attempt',
  );
});
