import { CodedError } from '../../base/errors.ts';
import type { HandlerInput, Handlers } from '../../contract/index.ts';
import type { Db } from '../db/database.ts';
import type { Secrets } from '../secrets/secrets.ts';
import { prepareTranslators, type TranslatorValues } from './queries.ts';
import { keyName, type Translators } from './translators.ts';

/** What a provider is tried with. */
const TRIAL = { texts: ['Is this still available?'], from: 'en', to: 'th' } as const;

/** What the calls about providers need. */
export interface ProviderNeeds {
  readonly db: Db;
  readonly secrets: Secrets;
  readonly translators: Translators;
  /** Milliseconds that only ever grow. */
  readonly elapsed: () => number;
}

type Calls =
  | 'translation.providers'
  | 'translation.saveProvider'
  | 'translation.removeProvider'
  | 'translation.orderProviders'
  | 'translation.testProvider';

/** The calls about providers. `changed` tells the pages. */
export function providerCalls(
  { db, secrets, translators, elapsed }: ProviderNeeds,
  changed: () => null,
): Pick<Handlers, Calls> {
  const rows = prepareTranslators(db);

  const save = db.transaction((fields: HandlerInput<'translation.saveProvider'>): number => {
    const { id, key } = fields;
    const known = id === null ? null : rows.get.get(id);
    if (known === undefined) throw new CodedError('not-found', 'No such provider');
    const hasKey = key === undefined ? (known?.has_key ?? 0) : key === '' ? 0 : 1;
    const values = valuesOf(fields, hasKey);
    if (known === null) {
      const added = rows.add.get(values) ?? 0;
      if (key !== undefined && key !== '') secrets.write(keyName(added), key);
      return added;
    }
    rows.change.run({ ...values, id: known.id });
    if (key === '') secrets.remove(keyName(known.id));
    else if (key !== undefined) secrets.write(keyName(known.id), key);
    return known.id;
  });

  const remove = db.transaction((id: number): void => {
    if (rows.remove.run(id).changes === 0) throw new CodedError('not-found', 'No such provider');
    secrets.remove(keyName(id));
  });
  return {
    'translation.providers': () => rows.all.all().map((row) => translators.view(row)),
    'translation.saveProvider': (fields) => {
      const id = save.immediate(fields);
      translators.forget(id);
      changed();
      const row = rows.get.get(id);
      if (row === undefined) throw new CodedError('not-found', 'No such provider');
      return translators.view(row);
    },
    'translation.removeProvider': ({ id }) => {
      remove.immediate(id);
      translators.forget(id);
      return changed();
    },
    'translation.orderProviders': ({ ids }) => {
      db.transaction(() => {
        const others = rows.all.all().filter(({ id }) => !ids.includes(id));
        for (const [position, id] of [...ids, ...others.map((row) => row.id)].entries())
          rows.place.run(position, id);
      }).immediate();
      return changed();
    },
    'translation.testProvider': async ({ id }) => {
      const translator = translators.get(id);
      translators.forget(id);
      const begun = elapsed();
      const [text = ''] = await translator.translate(TRIAL);
      const ms = Math.round(elapsed() - begun);
      changed();
      return { text, ms };
    },
  };
}

function valuesOf(
  {
    kind,
    name,
    address,
    place,
    model,
    languages,
    proxyId,
    enabled,
  }: HandlerInput<'translation.saveProvider'>,
  hasKey: number,
): TranslatorValues {
  return {
    kind,
    name,
    address,
    place,
    model,
    languages: JSON.stringify(languages),
    via: proxyId === null ? 'direct' : 'proxy',
    proxy_id: proxyId,
    enabled: enabled ? 1 : 0,
    has_key: hasKey,
  };
}
