import { settingsSchema, type Settings, type settingsContract } from '../../contract/settings.ts';
import type { Db } from '../db/database.ts';
import type { Feature, Feed } from '../parts.ts';
import { prepareSettings } from './queries.ts';

/** Reading settings, for features that follow one. */
export interface SettingsReader {
  /** All of them, as they are now. */
  read(): Settings;
}

/** The settings of a running engine. */
export interface LiveSettings extends SettingsReader, Feature<keyof typeof settingsContract> {
  /** Heard after any has changed. */
  onChange(listener: () => void): void;
}

/** The settings of this data folder. A value that no longer fits, key by key, counts as never set. */
export function createSettings(parts: { readonly db: Db; readonly feed: Feed }): LiveSettings {
  const queries = prepareSettings(parts.db);
  /** As it is kept: only this engine writes it. */
  let known: Settings | null = null;
  const readKept = (): Settings => {
    const fitting = queries.all.all().flatMap(({ key, value }) => {
      const known = readValue(key, value);
      return known === undefined ? [] : [[key, known] as const];
    });
    return settingsSchema.parse(Object.fromEntries(fitting));
  };
  const read = (): Settings => (known ??= readKept());
  const listeners: (() => void)[] = [];
  const write = parts.db.transaction((changes: Readonly<Record<string, unknown>>) => {
    for (const [key, value] of Object.entries(changes)) {
      if (value !== undefined) queries.write.run(key, JSON.stringify(value));
    }
  });
  return {
    read,
    onChange: (listener) => void listeners.push(listener),
    handlers: {
      'settings.get': () => read(),
      'settings.set': (changes) => {
        write.immediate(changes);
        known = null;
        parts.feed.emit('settings');
        for (const listener of listeners) listener();
        return read();
      },
    },
  };
}

function readValue(key: string, json: string): unknown {
  if (!Object.hasOwn(settingsSchema.shape, key)) return undefined;
  try {
    const value: unknown = JSON.parse(json);
    return settingsSchema.shape[key as keyof Settings].safeParse(value).data;
  } catch {
    return undefined;
  }
}
