import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from './test.ts';

test.use({ start: { file: 'accessibility', sandbox: true } });

/** What axe finds on the page, short enough to read. */
async function findings(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
}

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    test('the panel with an open conversation shuts nobody out', async ({ desk, panel }) => {
      await panel.rows.first().click();
      await expect(panel.field).toBeVisible();
      expect(await findings(desk)).toEqual([]);
    });
  });
}
