import { chromium, type Browser } from 'playwright-core';
import { memoryOf } from '../engine/browsers/memory.ts';
import { accountFacts, browserDesk, machineBrowser, type BrowserDesk } from '../testing/browser-desk.ts';
import { startOrigin, type CountingOrigin } from '../testing/counting-origin.ts';
import { compare, milliseconds, type Bench } from './harness.ts';

const MIB = 1024 ** 2;
/** What one store may take while it sleeps, in MiB. */
const ASLEEP_MIB = 2;
const WAKE_MS = 1000;
const COUNTS = [1, 10, 100];
const ASLEEP = 40;

/** A page as small as pages get; what a seller centre's own takes is its own. */
const page = '<!doctype html><title>Store</title><p>One small page</p>';

async function settled(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 1500));
}

async function memoryOfBrowser(browser: Browser): Promise<number> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  return memoryOf(processInfo.map((one) => one.id)) ?? Number.NaN;
}

/** MiB a store, so many of them open in bare Playwright contexts. */
async function bare(count: number, origin: CountingOrigin): Promise<number> {
  const { path } = machineBrowser();
  const browser = await chromium.launch({ executablePath: path, chromiumSandbox: process.getuid?.() !== 0 });
  try {
    for (let index = 0; index < count; index += 1) {
      const context = await browser.newContext();
      await (await context.newPage()).goto(origin.base);
    }
    await settled();
    return (await memoryOfBrowser(browser)) / MIB / count;
  } finally {
    await browser.close();
  }
}

async function withDesk<T>(origin: CountingOrigin, use: (desk: BrowserDesk) => Promise<T>): Promise<T> {
  const desk = await browserDesk((id) => accountFacts(id, origin.base, [origin.base]));
  desk.limits.capBytes = Number.MAX_SAFE_INTEGER;
  try {
    return await use(desk);
  } finally {
    await desk.close();
  }
}

const ours = (count: number, origin: CountingOrigin): Promise<number> =>
  withDesk(origin, async ({ pool }) => {
    for (let id = 1; id <= count; id += 1) await pool.open(id);
    await settled();
    return ((await pool.memory()) ?? Number.NaN) / MIB / count;
  });

/** What so many that sleep take beyond one that sleeps, each: the program itself is in both. */
const asleep = (origin: CountingOrigin): Promise<number> =>
  withDesk(origin, async ({ pool }) => {
    const sleepFrom = async (first: number, last: number): Promise<number> => {
      for (let id = first; id <= last; id += 1) {
        await pool.open(id);
        await pool.sleep(id);
      }
      await settled();
      return (await pool.memory()) ?? Number.NaN;
    };
    const one = await sleepFrom(1, 1);
    const all = await sleepFrom(2, ASLEEP + 1);
    return Math.max(0.01, (all - one) / MIB / ASLEEP);
  });

async function wake(origin: CountingOrigin, report: Parameters<Bench['run']>[0]): Promise<void> {
  await withDesk(origin, async ({ pool }) => {
    let id = 0;
    for (id = 1; id <= 20; id += 1) await pool.open(id);
    for (id = 1; id <= 20; id += 1) await pool.sleep(id);
    const next = (): number => (id = (id % 20) + 1);
    report(
      await compare({
        name: 'stores: wake',
        unit: 'ms',
        samples: 40,
        discard: 4,
        judge: 0.95,
        peer: `${WAKE_MS} ms`,
        goal: '<=1',
        ours: async () => {
          const own = next();
          const spent = await milliseconds(() => pool.open(own));
          await pool.sleep(own);
          return spent;
        },
        against: WAKE_MS,
      }),
    );
  });
}

/** Memory of stores' browsers, beside as many bare contexts of the same program; how soon one that sleeps is back. */
export const storesBench: Bench = {
  name: 'stores',
  run: async (report) => {
    const origin = await startOrigin((_, response) => {
      response.setHeader('content-type', 'text/html');
      response.end(page);
    });
    const once = { unit: 'MiB', samples: 1, discard: 0 };
    try {
      for (const count of COUNTS) {
        report(
          await compare({
            ...once,
            name: `stores: each of ${count} open`,
            peer: 'bare Playwright contexts',
            goal: '<=1.1',
            ours: () => ours(count, origin),
            against: () => bare(count, origin),
          }),
        );
      }
      report(
        await compare({
          ...once,
          name: `stores: each of ${ASLEEP} asleep`,
          peer: `${ASLEEP_MIB} MiB`,
          goal: '<=1',
          ours: () => asleep(origin),
          against: ASLEEP_MIB,
        }),
      );
      await wake(origin, report);
    } finally {
      await origin.stop();
    }
  },
};
