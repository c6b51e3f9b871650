import { PanelPage } from '../testing/pages/panel-page.ts';
import { startApp } from './app.ts';
import { expect, test } from './test.ts';

test.use({ start: { file: 'draft', sandbox: true } });

test('a draft outlives the window and a kill of host, engine and page at once', async ({
  panel,
  sandbox,
  app,
  browser,
}) => {
  await sandbox.buyerWrites(await sandbox.answered('shopee', 2), 'qx-gone');
  await panel.openBy('qx-gone');
  await panel.field.pressSequentially('qx-draft typed before the end');
  // Another window says that the engine has it; the page's own copy goes with the page.
  const second = await (await browser.newContext()).newPage();
  await second.goto(await app.address());
  const other = new PanelPage(second);
  await other.openBy('qx-gone');
  await expect(other.field).toHaveValue('qx-draft typed before the end');
  await second.context().close();
  await panel.page.close();
  await app.kill();
  const again = await startApp({ sandbox: true, dataDir: app.dataDir });
  try {
    const page = await (await browser.newContext()).newPage();
    await page.goto(await again.address());
    const restored = new PanelPage(page);
    await restored.openBy('qx-gone');
    await expect(restored.field).toHaveValue('qx-draft typed before the end');
    await page.context().close();
  } finally {
    await again.stop();
  }
});
