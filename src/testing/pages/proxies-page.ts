import { expect, type Locator, type Page } from '@playwright/test';

/** The proxies in English: the board, the import window, and the dialogs over them. */
export class ProxiesPage {
  readonly page: Page;
  readonly view: Locator;
  readonly rows: Locator;
  readonly search: Locator;
  readonly dialog: Locator;
  readonly warnings: Locator;
  /** The button of a dialog that does what it asks about. */
  readonly save: Locator;
  readonly chosenBar: Locator;
  readonly field: Locator;
  readonly importRows: Locator;
  readonly importSave: Locator;
  readonly saved: Locator;

  constructor(page: Page) {
    this.page = page;
    this.view = page.getByTestId('proxies');
    this.rows = page.getByTestId('proxy-row');
    this.search = page.getByRole('searchbox', { name: 'Find a proxy or store' });
    this.dialog = page.getByRole('dialog');
    this.warnings = page.getByTestId('move-warnings');
    this.save = this.dialog.getByTestId('question-save').or(this.dialog.getByTestId('bind-save'));
    this.chosenBar = page.getByTestId('selection-bar');
    this.field = page.getByTestId('import-field');
    this.importRows = page.getByTestId('import-row');
    this.importSave = page.getByTestId('import-save');
    this.saved = page.getByTestId('import-saved');
  }

  /** A proxy on the board, by its name or address. */
  row(name: string): Locator {
    return this.rows.filter({ has: this.page.getByRole('rowheader', { name }) });
  }

  /** A row of the list that is being imported. */
  importRow(text: string | RegExp): Locator {
    return this.importRows.filter({ hasText: text });
  }

  /** A filter above the rows of a list. */
  tab(verdict: 'all' | 'new' | 'changed' | 'duplicate' | 'ambiguous' | 'wrong'): Locator {
    return this.page.getByTestId(`tab-${verdict}`);
  }

  /** A filter above the board. */
  kind(name: 'all' | 'ends-soon' | 'not-working' | 'spare'): Locator {
    return this.page.getByTestId(`proxies-${name}`);
  }

  /** The board, once the stores of practice are there. */
  static async openOn(desk: Page): Promise<ProxiesPage> {
    const proxies = new ProxiesPage(desk);
    await expect(desk.getByRole('treeitem', { level: 2 })).toHaveCount(6, { timeout: 60_000 });
    await proxies.open();
    return proxies;
  }

  async open(): Promise<void> {
    await this.page.getByRole('button', { name: /^Proxies/ }).click();
    await this.view.waitFor();
  }

  /** Back to the conversations. */
  async leave(): Promise<void> {
    await this.page.getByRole('button', { name: /^Conversations/ }).click();
  }

  /** The import window, from the board. */
  async openImport(): Promise<void> {
    await this.page.getByTestId('open-import').click();
    await this.page.getByRole('heading', { name: 'Import proxies' }).waitFor();
  }

  /** Writes a list and has it read. */
  async read(lines: readonly string[]): Promise<void> {
    await this.field.fill(lines.join('\n'));
    await this.page.getByTestId('import-read').click();
    await this.importRows.first().waitFor();
  }

  /** Imports a list as it stands, and shows the board. */
  async import(lines: readonly string[]): Promise<void> {
    await this.openImport();
    await this.read(lines);
    await this.importSave.click();
    await this.saved.getByRole('button', { name: 'Show proxies' }).click();
    await this.rows.first().waitFor();
  }

  /** Chooses these proxies and asks for one of the deeds offered. */
  async ask(deed: string, ...names: readonly string[]): Promise<void> {
    for (const name of names) await this.row(name).getByRole('checkbox').check();
    await this.chosenBar.getByRole('button', { name: deed, exact: true }).click();
    await this.dialog.waitFor();
  }

  /** Has these proxies tested, and waits for the end of it. */
  async test(...names: readonly string[]): Promise<void> {
    for (const name of names) await this.row(name).getByRole('checkbox').check();
    await this.chosenBar.getByRole('button', { name: 'Test', exact: true }).click();
    const strip = this.page.getByTestId('checks');
    await strip.getByRole('button', { name: 'Dismiss' }).click();
    await strip.waitFor({ state: 'hidden' });
    await this.chosenBar.getByRole('button', { name: 'Choose none' }).click();
  }

  /** Opens what was seen of a proxy before, from its menu. */
  async openHistory(name: string): Promise<void> {
    await this.row(name).click({ button: 'right' });
    await this.page.getByRole('menuitem', { name: 'History' }).click();
    await this.dialog.waitFor();
  }

  /** Ticks a store in a dialog. */
  store(name: RegExp): Locator {
    return this.dialog.getByRole('checkbox', { name });
  }

  /** Opens a store's dialog from the rail. */
  async bindFromRail(store: RegExp): Promise<void> {
    await this.page.getByRole('treeitem', { name: store }).click({ button: 'right' });
    await this.page.getByRole('menuitem', { name: /^Proxy…/ }).click();
    await this.dialog.waitFor();
  }

  /** Picks a proxy in the dialog of a store. */
  async pick(name: string): Promise<void> {
    await this.dialog.getByRole('combobox', { name: 'Leave by' }).click();
    await this.page.getByRole('listbox', { name: 'Leave by' }).getByRole('option', { name }).click();
  }
}
