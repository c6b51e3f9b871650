import type { LiveSettings } from '../settings/settings.ts';

/** So many pictures are remembered; those forgotten are wished for when next shown. */
const MAX_LEFT_OUT = 500;

/** Which pictures are left out to save traffic, until a person asks for one or traffic is saved no more. */
export interface Saving {
  isOn(id: number): boolean;
  leaveOut(id: number): void;
  /** From now on this one is not saved on, until the engine ends. */
  ask(id: number): void;
  isAsked(id: number): boolean;
  /** Given what was left out, once traffic is saved no more. */
  onEnd(wake: (id: number) => void): void;
}

export function createSaving(settings: Pick<LiveSettings, 'read' | 'onChange'>): Saving {
  const leftOut = new Set<number>();
  const asked = new Set<number>();
  return {
    isOn: (id) => settings.read().saveTraffic && !asked.has(id),
    onEnd: (wake) => {
      settings.onChange(() => {
        if (settings.read().saveTraffic) return;
        const all = [...leftOut];
        leftOut.clear();
        for (const id of all) wake(id);
      });
    },
    leaveOut: (id) => {
      leftOut.delete(id);
      leftOut.add(id);
      const [oldest] = leftOut;
      if (leftOut.size > MAX_LEFT_OUT && oldest !== undefined) leftOut.delete(oldest);
    },
    ask: (id) => {
      asked.add(id);
      leftOut.delete(id);
    },
    isAsked: (id) => asked.has(id),
  };
}
