import { readFileSync } from 'node:fs';
import type { Download } from '@playwright/test';
import { ProxiesPage } from '../testing/pages/proxies-page.ts';
import { expect, test } from './test.ts';

test.use({ start: { file: 'proxies', sandbox: true } });
// One after another: each leaves its proxies behind, and stores that leave by addresses nobody answers at.
test.describe.configure({ mode: 'default' });

const textOf = async (download: Download): Promise<string> => readFileSync(await download.path(), 'utf8');

test('a pasted list: a verdict each, corrected in place, given to stores, and only then saved', async ({
  desk,
}) => {
  const proxies = await ProxiesPage.openOn(desk);
  await expect(proxies.view).toContainText('No proxies yet');
  await proxies.openImport();
  await proxies.read(['203.0.113.10:8080:mai:pw-one', '203.0.113.11:8080:mai:pw-two', '203.0.113.12:99999']);
  await expect(proxies.tab('new')).toHaveText('New2');
  await expect(proxies.tab('wrong')).toHaveText('Wrong1');
  await expect(proxies.importRow('203.0.113.10')).not.toContainText('pw-one');
  await desk.getByRole('switch', { name: 'Show passwords' }).check();
  await expect(proxies.importRow('203.0.113.10')).toContainText('mai:pw-one');

  await proxies.tab('wrong').click();
  await expect(proxies.importRows).toHaveCount(1);
  await expect(proxies.importRows).toContainText('The port must be a number from 1 to 65535.');
  await proxies.importRows.getByTestId('correct').click();
  const line = desk.getByRole('textbox', { name: 'Row 3, corrected' });
  await expect(line).toBeFocused();
  await line.fill('203.0.113.12:8080');
  await line.press('Enter');
  await expect(proxies.tab('new')).toHaveText('New3');
  await proxies.tab('all').click();

  await proxies.importRow('203.0.113.10').getByTestId('row-stores').click();
  await proxies.store(/Baan Craft SG/).check();
  await proxies.dialog.getByRole('button', { name: 'Assign', exact: true }).click();
  // A trip to another view takes nothing away.
  await proxies.leave();
  await proxies.open();
  await expect(proxies.importRow('203.0.113.10')).toContainText('Baan Craft');
  await proxies.importRow('203.0.113.11').getByRole('checkbox').uncheck();
  await expect(proxies.importSave).toHaveText('Import 2');
  await proxies.importSave.click();
  await expect(proxies.saved).toContainText('2 added, 1 store assigned');
  await proxies.saved.getByRole('button', { name: 'Show proxies' }).click();
  await expect(proxies.rows).toHaveCount(2);
  await expect(proxies.row('203.0.113.10')).toContainText('Baan Craft');
  await expect(proxies.row('203.0.113.12')).toContainText('Permanent');
  await proxies.leave();
  await expect(desk.getByTestId('no-proxy')).toHaveCount(5);
  await expect(desk.getByRole('treeitem', { name: /Baan Craft.*SG/ })).toHaveAttribute(
    'title',
    /Leaves by 203\.0\.113\.10:8080/,
  );
});

test('a table: its end to the moment, its store by name, and what it would change said', async ({ desk }) => {
  const proxies = await ProxiesPage.openOn(desk);
  await proxies.import([
    'host,port,username,password,expiry,provider',
    '203.0.113.20,8080,mai,pw,2031-12-31,North',
  ]);
  await proxies.openImport();
  const rows = [
    'name,host,port,username,password,expiry,store,country',
    'sg two,203.0.113.21,8080,mai,pw,2031-12-31 18:30,Hive Audio VN,SG',
    ',203.0.113.20,8080,mai,other,2032-01-31,,',
    ',203.0.113.22,8080,mai,pw,soon,,',
  ];
  await desk.getByTestId('import-file').setInputFiles({
    name: 'list.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(rows.join('\r\n')),
  });
  await expect(desk.getByTestId('import-source')).toContainText('list.csv');
  const named = proxies.importRow('sg two');
  await expect(named).toContainText('Dec 31, 2031, 18:30:00 GMT+8');
  await expect(named).toContainText('Hive Audio');
  await expect(named).toContainText("The list says Singapore: not the store's site");
  const renewed = proxies.importRow('203.0.113.20');
  await expect(renewed).toContainText('Changed');
  await expect(renewed).toContainText(/Ends: Dec 31, 2031, 23:59:59 GMT\+8.*Jan 31, 2032, 23:59:59 GMT\+8/);
  await expect(renewed).toContainText('Password: another one');
  await expect(renewed).not.toContainText('other,');
  const [download] = await Promise.all([
    desk.waitForEvent('download'),
    desk.getByRole('button', { name: 'Export 1 wrong row' }).click(),
  ]);
  expect(await textOf(download)).toContain('203.0.113.22');
  await proxies.importSave.click();
  await expect(proxies.saved).toContainText('1 added, 1 changed, 1 store assigned');
});

test('an ambiguous line is asked about; a zone that is chosen later counts for what is read already', async ({
  desk,
}) => {
  const proxies = await ProxiesPage.openOn(desk);
  await proxies.openImport();
  await proxies.read(['203.0.113.30:80:203.0.113.31:81', 'host.example:8080:mai:pw']);
  const open = proxies.importRow('203.0.113.30:80:203.0.113.31:81');
  await expect(open).toContainText('To decide');
  await expect(proxies.importSave).toHaveText('Import 1');
  await open.getByRole('radio').first().check();
  await desk.keyboard.press('ArrowDown');
  await expect(open.getByRole('radio').nth(1)).toBeFocused();
  await expect(open.getByRole('radio').nth(1)).toBeChecked();
  await expect(proxies.tab('new')).toHaveText('New2');
  await desk.getByRole('combobox', { name: 'Time zone' }).fill('Lisbon');
  await desk.getByRole('option', { name: 'Europe/Lisbon' }).click();
  // What was decided stays.
  await expect(proxies.tab('new')).toHaveText('New2');
  await expect(proxies.importSave).toHaveText('Import 2');
  await desk.getByTestId('import-source').getByRole('button', { name: 'Edit the list' }).click();
  await expect(proxies.field).toHaveValue(/host\.example/);
  await proxies.field.fill('');
});

test('what can not be read says so, and nothing of it is lost', async ({ desk }) => {
  const proxies = await ProxiesPage.openOn(desk);
  await proxies.openImport();
  await proxies.field.fill('203.0.113.40:8080');
  await desk.getByTestId('import-file').setInputFiles({
    name: 'broken.xlsx',
    mimeType: 'application/octet-stream',
    buffer: Buffer.from('PK\u0003\u0004 this is no workbook'),
  });
  await expect(desk.getByRole('alert')).toContainText("The list can't be read.");
  await desk.getByRole('button', { name: 'Another list' }).click();
  await expect(proxies.field).toHaveValue('203.0.113.40:8080');
  await proxies.field.fill('');
});

test('a list of 20,000 rows is read in parts, looked through and left again', async ({ desk }) => {
  const proxies = await ProxiesPage.openOn(desk);
  await proxies.openImport();
  const lines = Array.from(
    { length: 20_000 },
    (_, n) => `10.${n >> 14}.${(n >> 7) & 127}.${(n & 127) + 1}:8080:mai:pw${n}`,
  );
  await desk.getByTestId('import-file').setInputFiles({
    name: 'long.txt',
    mimeType: 'text/plain',
    buffer: Buffer.from(lines.join('\n')),
  });
  await expect(proxies.tab('new')).toHaveText('New20,000', { timeout: 60_000 });
  await proxies.importRows.first().focus();
  await desk.keyboard.press('End');
  await expect(proxies.importRow(/^20000/)).toBeFocused();
  await desk.keyboard.press('ArrowUp');
  await expect(proxies.importRow(/^19999/)).toBeFocused();
  await desk.getByRole('button', { name: 'Another list' }).click();
});

test('a file dropped here is a list, and no picture for the conversation beneath', async ({ desk }) => {
  const proxies = new ProxiesPage(desk);
  await desk.getByTestId('conversation-row').first().click();
  await desk.getByTestId('composer-field').waitFor();
  await proxies.open();
  await proxies.openImport();
  await desk.evaluate(() => {
    const data = new DataTransfer();
    data.items.add(new File(['203.0.113.50:8080'], 'list.txt', { type: 'text/plain' }));
    const drag = { dataTransfer: data, bubbles: true, cancelable: true };
    document.body.dispatchEvent(new DragEvent('dragenter', drag));
    document.body.dispatchEvent(new DragEvent('drop', drag));
  });
  await expect(proxies.importRow('203.0.113.50')).toBeVisible();
  await desk.getByRole('button', { name: 'Another list' }).click();
  await proxies.leave();
  await expect(desk.getByTestId('composer-field')).toBeVisible();
  await expect(desk.getByText('list.txt')).toHaveCount(0);
});

test('the board: narrowed, sorted, gone through and opened by keyboard', async ({ desk }) => {
  const proxies = await ProxiesPage.openOn(desk);
  const soon = new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10);
  await proxies.import([
    'name,host,port,username,expiry,country,provider,tag',
    `k-soon,203.0.113.60,8080,mai,${soon},TH,Alpha,dc`,
    'k-far,203.0.113.61,8080,mai,2039-01-01,TH,Beta,dc',
    'k-ever,203.0.113.62,8080,mai,,TH,Beta,home',
  ]);
  await proxies.search.fill('k- th');
  await expect(proxies.rows).toHaveCount(3);
  await expect(proxies.rows.first()).toContainText('k-soon');
  await proxies.kind('ends-soon').click();
  await expect(proxies.rows).toHaveCount(1);
  await proxies.kind('spare').click();
  await expect(proxies.rows).toHaveCount(3);
  await desk.getByRole('columnheader', { name: 'Name' }).getByRole('button').click();
  await expect(proxies.rows.first()).toContainText('k-ever');
  await expect(desk.getByRole('columnheader', { name: 'Name' })).toHaveAttribute('aria-sort', 'ascending');
  await desk.getByTestId('ends-permanent').click();
  await expect(proxies.rows).toHaveCount(1);
  await desk.getByTestId('ends-permanent').click();

  await proxies.rows.first().focus();
  await desk.keyboard.press('ArrowDown');
  await expect(proxies.row('k-far')).toBeFocused();
  await desk.keyboard.press('Space');
  await expect(proxies.row('k-far')).toHaveAttribute('aria-selected', 'true');
  await desk.keyboard.press('Shift+ArrowDown');
  await expect(proxies.chosenBar).toContainText('2 chosen');
  await desk.keyboard.press('Escape');
  await expect(proxies.chosenBar).toBeHidden();
  await desk.keyboard.press('Space');
  await proxies.chosenBar.getByRole('button', { name: 'Choose none' }).press('Enter');
  // The button went away with the bar: the keyboard is on the table, and goes on where it was.
  await expect(desk.getByTestId('proxies-table')).toBeFocused();
  await desk.keyboard.press('ArrowDown');
  await expect(proxies.row('k-soon')).toBeFocused();
  await desk.keyboard.press('Enter');
  await expect(proxies.dialog).toContainText('k-soon');
  await expect(proxies.dialog.getByRole('textbox', { name: 'Name', exact: true })).toBeFocused();
  await desk.keyboard.press('Escape');
  await expect(proxies.dialog).toBeHidden();
  await expect(proxies.row('k-soon')).toBeFocused();
});

test('one proxy is edited: its end becomes permanent, its password stays unseen', async ({ desk }) => {
  const proxies = await ProxiesPage.openOn(desk);
  await proxies.search.fill('k-far');
  await proxies.row('k-far').getByRole('rowheader').click();
  await expect(proxies.dialog.getByTestId('expiry-moment')).toContainText('Jan 1, 2039, 23:59:59 GMT+8');
  await proxies.dialog.getByRole('textbox', { name: 'Port' }).fill('70000');
  await expect(proxies.dialog).toContainText('A number from 1 to 65535');
  await expect(proxies.dialog.getByTestId('edit-save')).toBeDisabled();
  await proxies.dialog.getByRole('textbox', { name: 'Port' }).fill('9090');
  await proxies.dialog.getByRole('switch', { name: 'Permanent' }).check();
  await proxies.dialog.getByTestId('edit-save').click();
  await expect(proxies.dialog).toBeHidden();
  await expect(proxies.row('k-far')).toContainText('Permanent');
  await expect(proxies.row('k-far')).toContainText('203.0.113.61:9090');
});

test('many are renewed and turned off at once', async ({ desk }) => {
  const proxies = await ProxiesPage.openOn(desk);
  await proxies.search.fill('k-');
  await proxies.ask('Renew…', 'k-soon', 'k-ever');
  await proxies.dialog.getByLabel('Date').fill('2033-05-06');
  await expect(proxies.dialog.getByTestId('expiry-moment')).toContainText('May 6, 2033, 23:59:59 GMT+8');
  await proxies.save.click();
  await expect(proxies.dialog).toBeHidden();
  for (const name of ['k-soon', 'k-ever']) {
    await expect(proxies.row(name).locator('time')).toHaveAttribute('title', /May 6, 2033, 23:59:59/);
  }
  await proxies.chosenBar.getByRole('button', { name: 'Turn off' }).click();
  await expect(proxies.row('k-soon')).toContainText('Turned off');
  await proxies.chosenBar.getByRole('button', { name: 'Turn on' }).click();
  await expect(proxies.row('k-soon')).not.toContainText('Turned off');
});

test('a store’s proxy is chosen from the rail, with what speaks against it said first', async ({ desk }) => {
  const proxies = await ProxiesPage.openOn(desk);
  await proxies.import([
    'name,host,port,username,expiry,store',
    'b-used,203.0.113.63,8080,mai,2039-01-01,Baan Craft MY',
    'b-ever,203.0.113.64,8080,mai,,',
    'b-far,203.0.113.65,8080,mai,2039-01-01,',
  ]);
  await proxies.leave();
  await proxies.bindFromRail(/Nusa Living.*TH/);
  await expect(proxies.dialog).toContainText('Now without a proxy');
  await expect(proxies.save).toBeDisabled();
  await proxies.pick('b-used');
  await expect(proxies.warnings).toContainText(
    'Nusa Living TH and Baan Craft MY would leave by one address.',
  );
  await expect(proxies.save).toHaveText('Assign anyway');
  await proxies.pick('b-far');
  await expect(proxies.warnings).toHaveText('');
  await proxies.save.click();
  await expect(proxies.dialog).toBeHidden();
  const line = desk.getByRole('treeitem', { name: /Nusa Living.*TH/ });
  await expect(line).toHaveAttribute('title', /Leaves by b-far/);
  await line.click({ button: 'right' });
  await expect(desk.getByRole('menuitem', { name: /^Proxy…/ })).toContainText('b-far, ends in');
  await desk.keyboard.press('Escape');
});

test('what is in use is not removed; another one of its country takes over first', async ({ desk }) => {
  const proxies = await ProxiesPage.openOn(desk);
  await proxies.import([
    'name,host,port,username,country,store',
    'r-used,203.0.113.66,8080,mai,ID,Nusa Living ID',
    'r-other,203.0.113.67,8080,mai,ID,',
  ]);
  await proxies.search.fill('r-');
  await proxies.ask('Remove…', 'r-used');
  await expect(proxies.dialog).toContainText('1 proxy is in use and stays.');
  await expect(proxies.dialog).toContainText('Nusa Living ID');
  await expect(proxies.save).toBeDisabled();
  await desk.keyboard.press('Escape');
  await expect(proxies.dialog).toBeHidden();
  await proxies.chosenBar.getByRole('button', { name: 'Replace by…' }).click();
  await expect(proxies.dialog.getByRole('combobox', { name: 'r-used is replaced by' })).toHaveValue(
    'r-other',
  );
  await proxies.save.click();
  await expect(proxies.dialog).toBeHidden();
  await expect(proxies.row('r-other')).toContainText('Nusa Living');
  await proxies.chosenBar.getByRole('button', { name: 'Remove…' }).click();
  await proxies.save.click();
  await expect(proxies.row('r-used')).toHaveCount(0);
});

test('one press gives a spare to stores whose proxy is about to end', async ({ desk }) => {
  const proxies = await ProxiesPage.openOn(desk);
  const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
  await proxies.import([
    'name,host,port,username,expiry,country,store',
    `s-old,203.0.113.70,8080,mai,${tomorrow},PH,Hive Audio PH`,
    's-spare,203.0.113.71,8080,mai,,PH,',
  ]);
  await proxies.search.fill('s-');
  await proxies.row('s-old').getByRole('button', { name: 'Use spare s-spare' }).click();
  await expect(proxies.row('s-spare')).toContainText('Hive Audio');
  await expect(proxies.row('s-old')).toContainText('Spare');
});

test('an export holds no password unless it is asked for, and nothing in it is run', async ({ desk }) => {
  const proxies = await ProxiesPage.openOn(desk);
  await proxies.import(['name,host,port,username,password', '=1+1,203.0.113.80,8080,mai,qx-canary']);
  await proxies.search.fill('203.0.113.80');
  await proxies.ask('Export…', '203.0.113.80');
  const save = async (): Promise<string> => {
    const [download] = await Promise.all([desk.waitForEvent('download'), proxies.save.click()]);
    return textOf(download);
  };
  const plain = await save();
  expect(plain).toContain("'=1+1");
  expect(plain).not.toContain('qx-canary');
  await proxies.chosenBar.getByRole('button', { name: 'Export…' }).click();
  await proxies.dialog.getByRole('checkbox', { name: 'With passwords and rotation links' }).check();
  await expect(proxies.save).toBeDisabled();
  await proxies.dialog.getByRole('checkbox', { name: /^I know/ }).check();
  expect(await save()).toContain('qx-canary');
});

test('the settings forbid stores without a proxy; it stays so', async ({ desk }) => {
  await ProxiesPage.openOn(desk);
  await desk.getByRole('button', { name: 'Settings' }).click();
  const forbid = desk.getByRole('switch', { name: 'Stores must have a proxy' });
  await forbid.press('Space');
  await expect(forbid).toBeChecked();
  await desk.reload();
  await desk.getByRole('button', { name: 'Settings' }).click();
  await expect(forbid).toBeChecked();
  await forbid.press('Space');
  await expect(forbid).not.toBeChecked();
});
