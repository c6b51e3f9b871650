import { expect, test } from './test.ts';

test.use({ start: { file: 'first-page' } });

test('the first page opens without a complaint of the browser', async ({ desk, app }) => {
  await expect(desk).toHaveTitle(/Counterdesk/);
  await expect(desk.getByRole('main')).toBeVisible();
  // The token is spent and must not stay where it can be read or copied.
  await expect(desk).not.toHaveURL(/token=/);
  expect(new URL(desk.url()).origin).toBe(app.origin);
});
