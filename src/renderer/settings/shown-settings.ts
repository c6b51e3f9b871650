import type { Settings } from '../../contract/settings.ts';

/** What is shown: the settings the engine has, with the changes on their way to it laid over. */
export interface ShownSettings {
  current(): Settings;
  /** The engine told what it has stored. */
  stored(settings: Settings): void;
  /** Shows a change; the returned function ends that, once the engine has taken or refused it. */
  change(change: Partial<Settings>): () => void;
}

/** Starts with nothing on its way. A change that ends takes only itself away: others go on being shown. */
export function createShownSettings(atStart: Settings): ShownSettings {
  let base = atStart;
  let underWay: Partial<Settings>[] = [];
  return {
    current: () => underWay.reduce<Settings>((settings, change) => ({ ...settings, ...change }), base),
    stored(settings) {
      base = settings;
    },
    change(change) {
      const own = { ...change };
      underWay.push(own);
      return () => {
        underWay = underWay.filter((other) => other !== own);
      };
    },
  };
}
