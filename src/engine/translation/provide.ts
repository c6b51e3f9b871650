import type { ConnectionBundle } from '../../contract/bundle.ts';
import type { Db } from '../db/database.ts';
import type { Secrets } from '../secrets/secrets.ts';
import { prepareTranslators } from './queries.ts';
import { keyName } from './translators.ts';

/** The translation services an environment brings along; a person may turn them off, or others before them. */
export function provideTranslators(
  db: Db,
  secrets: Secrets,
  { environment, translators }: ConnectionBundle,
): void {
  const rows = prepareTranslators(db);
  db.transaction(() => {
    for (const { kind, name, url: address, key } of translators) {
      const values = { environment: environment.key, kind, name, address, hasKey: key === '' ? 0 : 1 };
      const id = rows.ofEnvironment.get(values);
      if (id !== undefined && key !== '') secrets.write(keyName(id), key);
    }
  }).immediate();
}
