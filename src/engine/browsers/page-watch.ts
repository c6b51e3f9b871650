import type { BrowserContext, Page } from 'playwright-core';

/** What a person does in a page: nothing of what is typed, only whether something is that is not sent. */
export interface Doing {
  readonly isTyping: boolean;
}

const WORLD = 'counterdesk';
const BINDING = 'counterdeskDoing';

/**
 * Runs in a world of its own beside the page's scripts, which see nothing of it but the title: puts whose window it is
 * before each title, and tells when a person does something. A page that fights for its title wins after a while.
 */
function source(prefix: string): string {
  return `(() => {
  const prefix = ${JSON.stringify(`${prefix} · `)};
  let left = 50;
  const fix = () => {
    if (document.title.startsWith(prefix) || left <= 0) return;
    left -= 1;
    document.title = prefix + document.title;
  };
  setInterval(() => { left = 50; }, 60000);
  const titles = new MutationObserver(fix);
  const watchTitle = () => {
    const head = document.head;
    if (!head) return;
    fix();
    titles.observe(head, { childList: true, subtree: true, characterData: true });
  };
  if (window === top) {
    if (document.readyState === 'loading') addEventListener('DOMContentLoaded', watchTitle, { once: true });
    else watchTitle();
  }
  const touched = new Set();
  const holdsText = (element) => element.isConnected &&
    (element.isContentEditable ? element.textContent.trim() !== '' : (element.value ?? '') !== '');
  let waits = false;
  const tell = () => {
    waits = false;
    for (const element of touched) if (!holdsText(element)) touched.delete(element);
    ${BINDING}(JSON.stringify({ isTyping: touched.size > 0 }));
  };
  const done = (event) => {
    if (!event.isTrusted) return;
    const target = event.composedPath()[0];
    if (event.type === 'input' && target instanceof Element && target.type !== 'password') touched.add(target);
    if (waits) return;
    waits = true;
    setTimeout(tell, 500);
  };
  for (const kind of ['input', 'keyup', 'pointerdown', 'wheel']) {
    addEventListener(kind, done, { capture: true, passive: true });
  }
})()`;
}

/** Watches a page of a store's window: its title says whose it is, and `onDoing` hears of a person's doing. */
export async function watchPage(
  context: BrowserContext,
  page: Page,
  label: string,
  onDoing: (doing: Doing) => void,
): Promise<void> {
  const session = await context.newCDPSession(page);
  /** Frames in which something is typed, by their own numbers. */
  const typing = new Set<number>();
  session.on('Runtime.bindingCalled', ({ name, payload, executionContextId }) => {
    if (name !== BINDING) return;
    // The page itself can't call it; still, it says no more than whether.
    if (payload === '{"isTyping":true}') typing.add(executionContextId);
    else typing.delete(executionContextId);
    onDoing({ isTyping: typing.size > 0 });
  });
  session.on('Runtime.executionContextDestroyed', ({ executionContextId }) => {
    typing.delete(executionContextId);
  });
  session.on('Runtime.executionContextsCleared', () => typing.clear());
  // Without it the script runs in no document but the present one.
  await session.send('Page.enable');
  await session.send('Runtime.enable');
  await session.send('Runtime.addBinding', { name: BINDING, executionContextName: WORLD });
  await session.send('Page.addScriptToEvaluateOnNewDocument', {
    source: source(label),
    worldName: WORLD,
    runImmediately: true,
  });
}
