import { expect, it } from 'vitest';
import { pastedFiles } from './use-drop.ts';

const data = (files: readonly string[], text: string) => ({
  files: files as unknown as FileList,
  getData: (type: string) => (type === 'text/plain' ? text : '<img>'),
});

it('takes pasted pictures, but not the picture that office programs put beside their text', () => {
  expect(pastedFiles(data(['a.png', 'b.png'], ''))).toEqual(['a.png', 'b.png']);
  expect(pastedFiles(data(['a.png'], 'a table'))).toEqual([]);
  expect(pastedFiles(data([], ''))).toEqual([]);
});
