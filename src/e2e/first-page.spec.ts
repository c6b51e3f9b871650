import { expect, test } from './test.ts';

test('the first page opens without a complaint of the browser', async ({ desk, app }) => {
  await expect(desk).toHaveTitle(/Counterdesk/);
  await expect(desk.getByRole('main')).toBeVisible();
  // The token is spent and must not stay where it can be read or copied.
  await expect(desk).not.toHaveURL(/token=/);
  expect(new URL(desk.url()).origin).toBe(app.origin);
});

test.describe('in practice', () => {
  test.use({ start: { sandbox: true } });

  test('the panel opens, and again after a reload', async ({ desk }) => {
    await expect(desk.getByRole('main')).toBeVisible();
    await desk.reload();
    await expect(desk.getByRole('main')).toBeVisible();
  });
});
