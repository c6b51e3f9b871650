/** Finds stores by what a list calls them. */
export type FindStores = (names: string) => readonly number[] | null;

interface NamedStore {
  readonly id: number;
  readonly name: string;
  readonly site: string;
}

/**
 * Stores by their names in any case, alone or with their site (`Hive Audio`, `Hive Audio SG`, `Hive Audio (SG)`); several
 * may stand in one cell. Null when one of them is not known, or is the name of several: nobody knows which is meant.
 */
export function createFindStores(stores: readonly NamedStore[]): FindStores {
  const byName = new Map<string, Set<number>>();
  for (const { id, name, site } of stores) {
    for (const called of [name, `${name} ${site}`, `${name} (${site})`]) {
      const key = plain(called);
      byName.set(key, (byName.get(key) ?? new Set()).add(id));
    }
  }
  const find = (name: string): number | null => {
    const [id, ...others] = byName.get(plain(name)) ?? [];
    return id === undefined || others.length > 0 ? null : id;
  };
  return (names) => {
    if (names.trim() === '') return [];
    // A name may hold a comma of its own.
    const whole = find(names);
    if (whole !== null) return [whole];
    const parts = names.split(/[;；|｜,，、\n]/).filter((part) => part.trim() !== '');
    const ids = parts.map(find);
    return ids.every((id) => id !== null) ? [...new Set(ids)] : null;
  };
}

function plain(name: string): string {
  return name.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase();
}
