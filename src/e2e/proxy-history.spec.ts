import { ProxiesPage } from '../testing/pages/proxies-page.ts';
import { startChainProxy } from '../testing/real-proxies.ts';
import { expect, test } from './test.ts';

test.use({ start: { file: 'proxy-history', sandbox: true } });
// One after another: each leaves its proxies behind.
test.describe.configure({ mode: 'default' });

const who = { username: 'kunde-7', password: 'p@ss:w/r%d#1' };

test('tests of a proxy are kept, and the addresses a store was seen under with who else was', async ({
  desk,
}) => {
  const [one, two] = [await startChainProxy('127.0.0.32', who), await startChainProxy('127.0.0.32', who)];
  try {
    const proxies = await ProxiesPage.openOn(desk);
    await proxies.import([
      'name,host,port,username,password,store',
      `h-0,127.0.0.1,${one.port},${who.username},${who.password},Hive Audio VN`,
      `h-1,127.0.0.1,${two.port},${who.username},${who.password},Baan Craft SG`,
    ]);
    await proxies.search.fill('h-');
    await proxies.openHistory('h-0');
    await expect(proxies.dialog).toContainText('Not tested yet');
    await desk.keyboard.press('Escape');
    await expect(proxies.dialog).toBeHidden();

    await proxies.test('h-0', 'h-1');
    await expect(proxies.row('h-1')).toContainText('127.0.0.32');
    await one.stop();
    await proxies.test('h-0');
    await expect(proxies.row('h-0')).toContainText('Not working');
    await proxies.openHistory('h-0');
    const checks = proxies.dialog.getByTestId('history-check');
    await expect(checks).toHaveCount(2);
    await expect(checks.first()).toContainText('Not working: ');
    await expect(checks.nth(1)).toContainText('Works127.0.0.32');
    await expect(checks.nth(1)).toContainText(/\d+ ms/);
    await desk.keyboard.press('Escape');

    await proxies.leave();
    await desk.getByRole('treeitem', { name: /Hive Audio.*VN/ }).click({ button: 'right' });
    await desk.getByRole('menuitem', { name: 'Address history' }).click();
    const exits = proxies.dialog.getByTestId('store-exit');
    await expect(exits).toHaveCount(1);
    await expect(exits).toContainText('127.0.0.32');
    await expect(exits).toContainText('h-0');
    await expect(exits).toContainText('Also used by Baan Craft SG, last seen ');
  } finally {
    await one.stop();
    await two.stop();
  }
});
