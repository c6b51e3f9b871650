import type { Locator, Page } from '@playwright/test';
import { percentile } from './harness.ts';

const WHEELS = 25;
const WHEEL_PX = 160;

interface Probe {
  frames(): () => number[];
  painted(act: () => void, isThere: () => boolean): Promise<number>;
}

declare global {
  interface Window {
    probe: Probe;
    endFrames: () => number[];
    endShift: () => number;
  }
}

/** Puts into a page what its measurements share. Everything is measured in the page, by its own clock. */
export async function addProbe(page: Page): Promise<void> {
  await page.evaluate(() => {
    window.probe = {
      /** Time between painted frames, in milliseconds, until the answered function is called. */
      frames: () => {
        const deltas: number[] = [];
        let last: number | null = null;
        let running = true;
        const tick = (at: number): void => {
          if (!running) return;
          if (last !== null) deltas.push(at - last);
          last = at;
          requestAnimationFrame(tick);
        };
        requestAnimationFrame(tick);
        return () => {
          running = false;
          return deltas;
        };
      },
      /** From `act` until the frame in which `isThere` holds has been painted, in milliseconds. */
      painted: (act, isThere) => {
        const begin = performance.now();
        act();
        return new Promise((resolve, reject) => {
          const look = (): void => {
            if (performance.now() - begin > 20_000) return reject(new Error('It was never painted'));
            if (!isThere()) return void requestAnimationFrame(look);
            const { port1, port2 } = new MessageChannel();
            port1.onmessage = () => resolve(performance.now() - begin);
            port2.postMessage(null);
          };
          requestAnimationFrame(look);
        });
      },
    };
  });
}

/** Turns the wheel over `scroller`, up and down in turn, and answers the 95th percentile of the frames' times. */
export function wheelFrames(page: Page, scroller: Locator, first: 1 | -1): () => Promise<number> {
  let direction: number = -first;
  return async () => {
    direction = -direction;
    await page.bringToFront();
    await scroller.hover();
    await page.evaluate(() => {
      window.endFrames = window.probe.frames();
    });
    for (let turn = 0; turn < WHEELS; turn += 1) await page.mouse.wheel(0, direction * WHEEL_PX);
    return percentile(await page.evaluate(() => window.endFrames()), 0.95);
  };
}

/**
 * Watches every painted frame of the thread. The answered function gives the largest move of a message in view that
 * the reader's own scrolling, done by `scrollReader`, does not explain, in pixels.
 */
export async function watchShift(thread: Locator): Promise<() => Promise<number>> {
  await thread.evaluate((view) => {
    let most = 0;
    let running = true;
    let before = new Map<Element, number>();
    const inView = (): Map<Element, number> => {
      const { top, bottom } = view.getBoundingClientRect();
      const tops = new Map<Element, number>();
      for (const element of view.querySelectorAll('[data-message-id]')) {
        const box = element.getBoundingClientRect();
        if (box.bottom > top && box.top < bottom) tops.set(element, box.top);
      }
      return tops;
    };
    const look = (): void => {
      if (!running) return;
      const scrolled = Number(view.getAttribute('data-scrolled') ?? 0);
      view.setAttribute('data-scrolled', '0');
      for (const [element, top] of before) {
        if (!element.isConnected) continue;
        most = Math.max(most, Math.abs(element.getBoundingClientRect().top - top + scrolled));
      }
      before = inView();
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
    window.endShift = () => {
      running = false;
      return most;
    };
  });
  return () => thread.evaluate(() => window.endShift());
}

/** Scrolls as a reader would, and lets `watchShift` know. */
export async function scrollReader(thread: Locator, by: number): Promise<void> {
  await thread.evaluate((view, distance) => {
    const from = view.scrollTop;
    view.scrollTop = from + distance;
    const scrolled = Number(view.getAttribute('data-scrolled') ?? 0) + view.scrollTop - from;
    view.setAttribute('data-scrolled', String(scrolled));
  }, by);
}
