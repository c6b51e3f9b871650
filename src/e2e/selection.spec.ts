import type { PanelPage } from '../testing/pages/panel-page.ts';
import { expect, test } from './test.ts';

test.use({ start: { file: 'selection', sandbox: true } });
test.describe.configure({ mode: 'default' });

const order = (panel: PanelPage): Promise<(string | undefined)[]> =>
  panel.rows.evaluateAll((rows) => rows.map((row) => row.dataset['conversationId']));
const pill = (panel: PanelPage) => panel.page.getByTestId('rows-waiting');
/** Away from the list and from everything else. */
const leaveList = (panel: PanelPage): Promise<void> => panel.page.mouse.move(720, 2);
const sortBy = async (panel: PanelPage, name: 'Newest first' | 'Longest waiting first'): Promise<void> => {
  await panel.page.getByRole('button', { name: /^Sort:/ }).click();
  await panel.page.getByRole('menuitemradio', { name }).click();
  await expect(panel.page.getByRole('menu')).toBeHidden();
};
/** Out of a search, to some other conversation. */
const openAnother = async (panel: PanelPage): Promise<void> => {
  await panel.search.fill('');
  await panel.page.locator('[data-testid=conversation-row][aria-selected=false]').first().click();
};
const rowOf = (panel: PanelPage, id: string) =>
  panel.page.locator(`[data-testid=conversation-row][data-conversation-id="${id}"]`);

test('under the pointer no row moves: a pill counts, and takes the news in by a click or when it leaves', async ({
  panel,
  sandbox,
}) => {
  await panel.view('all').click();
  await sortBy(panel, 'Newest first');
  await panel.rows.nth(1).hover();
  const before = await order(panel);
  await sandbox.buyerWrites(await sandbox.answered('shopee', 0), 'qx-held-one');
  await expect(pill(panel)).toHaveText('1 new');
  expect(await order(panel)).toEqual(before);
  await sandbox.buyerWrites(await sandbox.answered('tiktok', 0), 'qx-held-two');
  await expect(pill(panel)).toHaveText('2 new');
  expect(await order(panel)).toEqual(before);
  await pill(panel).click();
  await expect(pill(panel)).toBeHidden();
  await expect.poll(() => order(panel)).not.toEqual(before);

  await panel.rows.nth(1).hover();
  const then = await order(panel);
  await sandbox.buyerWrites(await sandbox.answered('lazada', 0), 'qx-held-three');
  await expect(pill(panel)).toHaveText('1 new');
  await leaveList(panel);
  await expect(pill(panel)).toBeHidden();
  expect(await order(panel)).not.toEqual(then);
});

test('while a key is held no row moves; the pill can be reached by Tab', async ({ panel, sandbox }) => {
  await panel.view('all').click();
  await sortBy(panel, 'Newest first');
  await leaveList(panel);
  await panel.page.keyboard.down('j');
  await expect(panel.selectedRow).toBeVisible();
  const before = await order(panel);
  await sandbox.buyerWrites(await sandbox.answered('shopee', 1), 'qx-held-key');
  await expect(pill(panel)).toHaveText('1 new');
  expect(await order(panel)).toEqual(before);
  await pill(panel).focus();
  await expect(pill(panel)).toBeFocused();
  await panel.page.keyboard.up('j');
  await expect(pill(panel)).toBeHidden();
  await expect.poll(() => order(panel)).not.toEqual(before);
});

test('an answered conversation stays where it was until it is left, and says so', async ({ panel }) => {
  await sortBy(panel, 'Longest waiting first');
  // The list has taken its new order.
  let before: (string | undefined)[] = [];
  await expect
    .poll(async () => {
      const now = await order(panel);
      const isStill = now.length > 3 && now.join() === before.join();
      before = now;
      return isStill;
    })
    .toBe(true);
  const id = before[2] ?? '';
  await rowOf(panel, id).click();
  await leaveList(panel);
  await panel.answer('qx-kept-in-view');
  await expect(panel.statusOf('qx-kept-in-view')).toHaveText('Sent');
  await expect(rowOf(panel, id).getByTestId('conversation-left')).toHaveText('no longer in this filter');
  await expect(rowOf(panel, id).getByTestId('conversation-preview')).toContainText('qx-kept-in-view');
  expect((await order(panel)).slice(0, 4)).toEqual(before.slice(0, 4));
  // A page opened anew shows it there too.
  await panel.page.reload();
  await expect(rowOf(panel, id).getByTestId('conversation-left')).toBeVisible();
  expect((await order(panel)).slice(0, 4)).toEqual(before.slice(0, 4));
  await panel.rows.nth(3).click();
  await leaveList(panel);
  await expect(rowOf(panel, id)).toHaveCount(0);
  expect((await order(panel)).slice(0, 3)).toEqual(before.filter((one) => one !== id).slice(0, 3));
});

test('the selected row stays in sight when others move, and search, sort and views keep it selected', async ({
  panel,
  sandbox,
}) => {
  await panel.view('all').click();
  await panel.rows.nth(1).click();
  const id = (await panel.selectedRow.getAttribute('data-conversation-id')) ?? '';
  await leaveList(panel);
  for (const n of [2, 3, 4]) {
    await sandbox.buyerWrites(await sandbox.answered('shopee', n), `qx-pushes-${n}`);
    await sandbox.buyerWrites(await sandbox.answered('tiktok', n), `qx-pushes-too-${n}`);
  }
  await expect(rowOf(panel, id)).toBeInViewport();
  await panel.search.fill('qx-pushes-3');
  await expect(panel.rows).toHaveCount(1);
  await expect(panel.page.getByTestId('composer')).toHaveAttribute('data-conversation-id', id);
  await panel.search.fill('');
  await sortBy(panel, 'Newest first');
  await leaveList(panel);
  await expect(rowOf(panel, id)).toBeInViewport();
  await expect(rowOf(panel, id)).toHaveAttribute('aria-selected', 'true');
  await panel.page.keyboard.press('F5');
  await expect(panel.page.getByTestId('list-note')).toHaveText('Up to date');
  await expect(rowOf(panel, id)).toBeInViewport();
  await sortBy(panel, 'Longest waiting first');
  await leaveList(panel);
  await expect(rowOf(panel, id)).toBeInViewport();
});

const topMessage = (panel: PanelPage): Promise<{ id: string; top: number }> =>
  panel.thread.evaluate((view) => {
    const { top } = view.getBoundingClientRect();
    const first = [...view.querySelectorAll<HTMLElement>('[data-message-id]')].find(
      (one) => one.getBoundingClientRect().bottom > top,
    );
    const at = first?.getBoundingClientRect().top ?? 0;
    return { id: first?.dataset['messageId'] ?? '', top: Math.round(at - top) };
  });

test('a thread opens where it was left, far up too, and at its end if that is where it was', async ({
  panel,
  sandbox,
}) => {
  const all = (await sandbox.conversations()).toSorted((a, b) => b.messages - a.messages);
  const long = all[0];
  if (long === undefined) throw new Error('The sandbox is empty.');
  const mark = `qx-long-${crypto.randomUUID().slice(0, 8)}`;
  await sandbox.buyerWrites(long, mark);
  await panel.openBy(mark);
  const id = (await panel.page.getByTestId('composer').getAttribute('data-conversation-id')) ?? '';
  // So far that the newest messages are not among those around the place.
  await expect(async () => {
    await panel.thread.evaluate((view) => {
      view.scrollTop = Math.min(view.scrollTop, 40);
    });
    expect(await panel.messages.count()).toBeGreaterThan(140);
  }).toPass({ intervals: [100], timeout: 60_000 });
  await panel.thread.evaluate((view) => {
    view.scrollTop = 333;
  });
  const left = await topMessage(panel);
  await openAnother(panel);
  await expect(panel.page.getByTestId('composer')).not.toHaveAttribute('data-conversation-id', id);
  const reopen = async (): Promise<void> => {
    await (await panel.findOne(mark)).click();
    await expect(panel.page.getByTestId('composer')).toHaveAttribute('data-conversation-id', id);
    await expect(panel.messages.first()).toBeVisible();
  };
  await reopen();
  await expect.poll(() => topMessage(panel)).toEqual(left);
  await panel.page.reload();
  await expect.poll(() => topMessage(panel)).toEqual(left);

  await panel.page.getByTestId('to-latest').click();
  await expect(panel.bubble(mark)).toBeInViewport();
  await openAnother(panel);
  await expect(panel.page.getByTestId('composer')).not.toHaveAttribute('data-conversation-id', id);
  await reopen();
  await expect(panel.bubble(mark)).toBeInViewport();
});

test('a line stands above what was new when the conversation was opened, until it is left', async ({
  panel,
  sandbox,
}) => {
  const place = await sandbox.answered('lazada', 3);
  await sandbox.buyerWrites(place, 'qx-unread-one');
  await sandbox.buyerWrites(place, 'qx-unread-two');
  const line = panel.page.getByTestId('unread-line');
  await panel.find('qx-unread-two');
  await expect(panel.rows).toHaveCount(1);
  await expect(panel.rows.first()).toContainText('2 unread messages');
  await panel.rows.first().click();
  await expect(line).toHaveText('New messages');
  const next = line.locator('xpath=following-sibling::*[1]');
  await expect(next).toContainText('qx-unread-one');
  await expect(panel.rows.first()).toHaveAttribute('data-unread', 'false');
  await sandbox.buyerWrites(place, 'qx-unread-three');
  await expect(panel.bubble('qx-unread-three')).toBeVisible();
  // Read before it is left: two seconds in view.
  await panel.search.fill('');
  const row = panel.page.locator('[data-testid=conversation-row][aria-selected=true]');
  await expect(row).toContainText('qx-unread-three');
  await expect(row).toHaveAttribute('data-unread', 'false');
  await expect(next).toContainText('qx-unread-one');
  await panel.page.reload();
  await expect(next).toContainText('qx-unread-one');
  await openAnother(panel);
  await expect(panel.bubble('qx-unread-two')).toHaveCount(0);
  await (await panel.findOne('qx-unread-two')).click();
  await expect(panel.bubble('qx-unread-two')).toBeVisible();
  await expect(line).toHaveCount(0);
});

test('text never goes along to another conversation or store, however fast one changes', async ({
  panel,
}) => {
  await panel.view('all').click();
  await expect(panel.rows.nth(9)).toBeVisible();
  const ids = (await order(panel)).slice(0, 6);
  const composer = panel.page.getByTestId('composer');
  for (let round = 0; round < 3; round += 1) {
    for (const id of ids) {
      await rowOf(panel, id ?? '').click();
      await panel.field.pressSequentially(`<${id}.${round}>`);
    }
  }
  for (const id of ids) {
    await rowOf(panel, id ?? '').click();
    await expect(composer).toHaveAttribute('data-conversation-id', id ?? '');
    // Its own words alone, down to the last ones.
    await expect(panel.field).toHaveValue(new RegExp(`^(<${id}\\.\\d>\\n?)*<${id}\\.2>$`));
    await panel.field.fill('');
  }
});
