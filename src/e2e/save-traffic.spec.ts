import type { KnownConversation, SandboxAdmin } from './sandbox.ts';
import { expect, test } from './test.ts';

test.use({ start: { file: 'save-traffic', sandbox: true } });

/** The paths of this size of picture that were asked of the platform. */
const asked = async (sandbox: SandboxAdmin, size: string): Promise<string[]> =>
  (await sandbox.journal()).flatMap((line) =>
    line.kind === 'request' && line.call === 'image' && line.path.includes(size) ? [line.path] : [],
  );

/** A buyer of the platform shows a picture after words of his own. */
async function shows(
  sandbox: SandboxAdmin,
  place: KnownConversation,
  words: string,
  size: `${number}x${number}`,
): Promise<void> {
  await sandbox.buyerShows(place, size);
  await sandbox.buyerWrites(place, words);
}

test('while traffic is saved pictures come as thumbnails, and in full when they are clicked', async ({
  panel,
  sandbox,
}) => {
  const { page } = panel;
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('switch', { name: 'Save traffic' }).check({ force: true });
  await page.getByRole('button', { name: 'Conversations' }).click();

  await shows(sandbox, await sandbox.answered('shopee', 0), 'qx-small', '612x408');
  await panel.openBy('qx-small');
  const picture = page.getByRole('button', { name: 'Open the image' }).last();
  await expect(picture).toBeVisible();
  await expect.poll(() => asked(sandbox, '612x408')).toEqual(['/file/thumb/336699-612x408-f.png']);
  await picture.click();
  const viewer = page.getByRole('dialog', { name: 'Image' });
  await expect
    .poll(async () => viewer.getByRole('img').evaluate((img) => (img as HTMLImageElement).naturalWidth))
    .toBe(612);
  expect(await asked(sandbox, '612x408')).toHaveLength(2);
  await page.keyboard.press('Escape');

  // TikTok Shop names no smaller picture: nothing comes before the click.
  await shows(sandbox, await sandbox.answered('tiktok', 0), 'qx-none', '614x410');
  await panel.openBy('qx-none');
  const load = page.getByRole('button', { name: 'Load the image' }).last();
  await expect(load).toBeVisible();
  expect(await asked(sandbox, '614x410')).toEqual([]);
  await load.click();
  await expect(page.getByRole('button', { name: 'Open the image' }).last()).toBeVisible();
  expect(await asked(sandbox, '614x410')).toEqual(['/file/336699-614x410-f.png']);
});
