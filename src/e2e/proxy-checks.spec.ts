import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { ProxiesPage } from '../testing/pages/proxies-page.ts';
import { startChainProxy } from '../testing/real-proxies.ts';
import { expect, test } from './test.ts';

test.use({ start: { file: 'proxy-checks', sandbox: true } });
// One after another: each leaves its proxies behind.
test.describe.configure({ mode: 'default' });

const who = { username: 'kunde-7', password: 'p@ss:w/r%d#1' };

test('a test shows where each comes out, what is the same, and why one does not work', async ({ desk }) => {
  const running = [await startChainProxy('127.0.0.31', who), await startChainProxy('127.0.0.31', who)];
  try {
    const proxies = await ProxiesPage.openOn(desk);
    const [one, two] = running.map(({ port }) => `127.0.0.1,${port},${who.username}`);
    await proxies.import([
      'name,host,port,username,password,store',
      `t-0,${one},${who.password},Hive Audio VN`,
      `t-1,${two},${who.password},`,
      `t-wrong,${one}x,other,`,
    ]);
    await proxies.search.fill('t-');
    for (const name of ['t-0', 't-wrong']) await proxies.row(name).getByRole('checkbox').check();
    await proxies.chosenBar.getByRole('button', { name: 'Test', exact: true }).click();
    await expect(proxies.row('t-0')).toContainText('127.0.0.31');
    await expect(proxies.row('t-0')).toContainText('Works');
    await expect(proxies.row('t-0').getByTestId('country-note')).toContainText(
      'Malaysia: not the site of Hive',
    );
    await expect(proxies.row('t-wrong')).toContainText('does not accept its user name or password');
    await expect(desk.getByTestId('checks')).toContainText('2 proxies tested. 1 does not work.');
    await expect(proxies.row('t-1')).toContainText('Not checked yet');
    await proxies.row('t-1').click({ button: 'right' });
    await desk.getByRole('menuitem', { name: 'Test', exact: true }).click();
    await expect(proxies.row('t-1')).toContainText('also 1 other');
    await desk.getByTestId('checks').getByRole('button', { name: 'Dismiss' }).click();
    await expect(desk.getByTestId('checks')).toBeHidden();
  } finally {
    for (const proxy of running) await proxy.stop();
  }
});

test('a test that takes long says how far it is, and is ended by a press', async ({ desk }) => {
  const silent = createServer().listen(0, '127.0.0.1');
  await once(silent, 'listening');
  try {
    const { port } = silent.address() as AddressInfo;
    const proxies = await ProxiesPage.openOn(desk);
    await proxies.import(['name,host,port', `silent,127.0.0.1,${port}`]);
    await proxies.search.fill('silent');
    await proxies.row('silent').getByRole('checkbox').check();
    await proxies.chosenBar.getByRole('button', { name: 'Test', exact: true }).click();
    const strip = desk.getByTestId('checks');
    await expect(strip).toContainText('Testing: 0 of 1');
    await expect(strip.getByRole('progressbar', { name: 'Testing proxies' })).toBeAttached();
    await strip.getByRole('button', { name: 'Cancel' }).click();
    await expect(strip).toBeHidden();
    await expect(proxies.row('silent')).toContainText('Not checked yet');
  } finally {
    silent.close();
  }
});
