import { ProxiesPage } from '../testing/pages/proxies-page.ts';
import { startChainProxy } from '../testing/real-proxies.ts';
import { expect, test } from './test.ts';

test.use({ start: { file: 'proxy-traffic', sandbox: true } });
// One after another: each leaves its proxies behind.
test.describe.configure({ mode: 'default' });

test('what passes is shown by proxy, store and day, and a budget that is used up is marked', async ({
  desk,
}) => {
  const proxy = await startChainProxy('127.0.0.33', { username: 'kunde', password: 'geheim' });
  try {
    const proxies = await ProxiesPage.openOn(desk);
    await proxies.import([
      'name,host,port,username,password,store',
      `Carrier,127.0.0.1,${proxy.port},kunde,geheim,Hive Audio VN`,
    ]);
    const drawer = desk.getByRole('dialog', { name: 'Traffic' });
    const open = async (): Promise<void> => {
      await desk.getByRole('button', { name: 'Traffic…' }).click();
      await expect(drawer).toBeVisible();
    };
    // A store that is read every few seconds.
    await expect(async () => {
      await open();
      const carrier = drawer.getByTestId('traffic-proxy').filter({ hasText: 'Carrier' });
      const isThere = await carrier.waitFor({ timeout: 2000 }).then(
        () => true,
        () => false,
      );
      if (!isThere) await desk.keyboard.press('Escape');
      expect(isThere).toBe(true);
    }).toPass({ timeout: 60_000 });
    await expect(drawer.getByTestId('traffic-store')).toContainText('Hive Audio VN');
    await expect(drawer.getByRole('row', { name: /Today/ })).toBeVisible();
    await desk.keyboard.press('Escape');
    await expect(drawer).toBeHidden();

    await proxies.row('Carrier').click();
    const form = desk.getByRole('dialog', { name: 'Carrier' });
    await form.getByLabel('Traffic budget a month (GB)').fill('nothing');
    await expect(form.getByTestId('edit-save')).toBeDisabled();
    await form.getByLabel('Traffic budget a month (GB)').fill('0,0000001');
    await form.getByTestId('edit-save').click();
    await expect(proxies.row('Carrier').getByTestId('near-budget')).toContainText('% of budget');
    await open();
    await expect(drawer.getByTestId('traffic-proxy')).toContainText('a month');
  } finally {
    await proxy.stop();
  }
});

test('an app’s API calls leave by an exit of their own, whose address can be copied', async ({ desk }) => {
  const proxy = await startChainProxy('127.0.0.34', { username: 'exit', password: 'geheim' });
  try {
    const proxies = await ProxiesPage.openOn(desk);
    await proxies.import(['name,host,port,username,password', `Exit,127.0.0.1,${proxy.port},exit,geheim`]);
    await desk.getByRole('button', { name: 'API exits…' }).click();
    const app = desk
      .getByRole('dialog', { name: 'API exits' })
      .getByTestId('api-app')
      .filter({ hasText: 'TikTok Shop' });
    await app.getByRole('combobox', { name: 'API calls leave by' }).click();
    await desk.getByRole('option', { name: 'Exit' }).click();
    await expect(app).toContainText('Test it to see the address to list.');
    await desk.keyboard.press('Escape');
    // What the sandbox sees of the app from now on comes by it.
    await expect.poll(() => proxy.open(), { timeout: 60_000 }).toBeGreaterThan(0);
    await proxies.row('Exit').click({ button: 'right' });
    await desk.getByRole('menuitem', { name: 'Test', exact: true }).click();
    await expect(proxies.row('Exit')).toContainText('127.0.0.34');
    await desk.getByRole('button', { name: 'API exits…' }).click();
    await expect(app).toContainText('127.0.0.34');
    await expect(app.getByRole('button', { name: 'Copy address' })).toBeVisible();
  } finally {
    await proxy.stop();
  }
});
