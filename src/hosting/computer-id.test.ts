import { expect, it } from 'vitest';
import { computerId, type ComputerSource } from './computer-id.ts';
import { machineOf } from './machine.ts';

const ID = '0123456789abcdef0123456789abcdef';
const computer = (platform: NodeJS.Platform, said: string): ComputerSource => ({
  platform,
  readFile: (path) => (path === '/etc/machine-id' ? Promise.resolve(said) : Promise.reject(new Error(path))),
  run: (command) => (command === '' ? Promise.reject(new Error('none')) : Promise.resolve(said)),
});

it.each<[NodeJS.Platform, string, string | null]>([
  ['linux', `${ID}\n`, ID],
  ['linux', 'uninitialized\n', null],
  ['linux', '', null],
  ['win32', '\r\n    MachineGuid    REG_SZ    AB-12-cd\r\n', 'ab-12-cd'],
  ['win32', 'ERROR', null],
  ['darwin', '  "IOPlatformUUID" = "AB-12"\n', 'ab-12'],
  ['darwin', '', null],
])('on %s, said %j, it is %s', async (platform, said, id) => {
  expect(await computerId(computer(platform, said))).toBe(id);
});

it('is none where it can not be asked', async () => {
  const refuse = (): Promise<string> => Promise.reject(new Error('no'));
  expect(await computerId({ platform: 'linux', readFile: refuse, run: refuse })).toBeNull();
});

it('makes another machine of the same key file on another computer; what it is called never leaves this process', async () => {
  const keyFile = {
    derive: (purpose: string) => Promise.resolve(new TextEncoder().encode(purpose.slice(-4))),
  };
  const on = (id: string | null) => machineOf(keyFile, () => Promise.resolve(id));
  const [one, other, unknown] = [await on(ID), await on('another'), await on(null)];
  expect(one.id).toBe(other.id);
  expect(one.computer).not.toBe(other.computer);
  expect(unknown).toMatchObject({ id: one.id, computer: null });
  expect(JSON.stringify(one)).not.toContain(ID);
});
