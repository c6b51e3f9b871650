import { IconArrowRight } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { client, clock } from '../../client.ts';
import { useT } from '../../i18n/i18n.ts';
import { displayText } from '../../panel/display-text.ts';
import { useStores } from '../../stores/stores-store.ts';
import { nameOf } from '../condition.ts';
import { MoveWarnings } from '../move-warnings.tsx';
import { useProxies } from '../proxies-store.ts';
import { ProxyChooser } from '../proxy-chooser.tsx';
import { replacements } from '../replacements.ts';
import { wantedCountry } from '../spares.ts';
import { storeText } from '../store-name.tsx';
import { useWeighed } from '../use-weighed.ts';
import { Foot } from './foot.tsx';
import { useDeed } from '../../ui/use-deed.ts';
import { closeQuestion } from '../board-store.ts';
import styles from '../dialogs.module.css';

/** Moves what leaves by these proxies to others: spares of the same country are proposed, any other may be chosen. */
export function ReplaceForm({ proxyIds }: { readonly proxyIds: readonly number[] }) {
  const t = useT('proxies');
  const { proxies, byId } = useProxies();
  const stores = useStores((state) => state.byId);
  const from = proxyIds.flatMap((id) => byId.get(id) ?? []).filter(({ storeIds }) => storeIds.length > 0);
  const [proposed] = useState(() => replacements(from, proxies, stores, clock.now()));
  const [own, setOwn] = useState<ReadonlyMap<number, number>>(new Map());
  const toOf = (id: number): number | null => own.get(id) ?? proposed.get(id) ?? null;
  const pairs = from.flatMap(({ id }) => {
    const to = toOf(id);
    return to === null ? [] : [{ from: id, to }];
  });
  const moves = pairs.map(({ from: id, to }) => ({ storeIds: byId.get(id)?.storeIds ?? [], proxyId: to }));
  const weighed = useWeighed(moves);
  const { busy, error, submit } = useDeed(closeQuestion, async () => {
    const answer = await client.call('proxies.replace', { pairs });
    return answer.ok ? null : answer.error;
  });
  const without = useMemo(() => new Set(proxyIds), [proxyIds]);
  const unused = proxyIds.length - from.length;
  const warned = (weighed.warnings ?? []).length > 0;
  return (
    <form className={styles.form} onSubmit={submit}>
      <p className={styles.lead}>{t(from.length === 0 ? 'replace.none' : 'replace.lead')}</p>
      {from.length > 0 && (
        <ul className={styles.list} aria-label={t('replace.list')}>
          {from.map((proxy) => (
            <li key={proxy.id} className={styles.pair}>
              <span className={styles.from} title={proxy.storeIds.map(storeText).join('\n')}>
                {displayText(nameOf(proxy))} · {t('group.stores', { count: proxy.storeIds.length })}
              </span>
              <IconArrowRight size={15} aria-hidden />
              <ProxyChooser
                bare
                label={t('replace.by', { name: displayText(nameOf(proxy)) })}
                value={toOf(proxy.id)}
                onChange={(to) => to !== null && setOwn(new Map([...own, [proxy.id, to]]))}
                country={wantedCountry(proxy, stores)}
                without={without}
              />
            </li>
          ))}
        </ul>
      )}
      {unused > 0 && from.length > 0 && (
        <p className={styles.hint}>{t('replace.unused', { count: unused })}</p>
      )}
      <MoveWarnings weighed={weighed} />
      <Foot
        label={t(warned ? 'replace.anyway' : 'replace.save', { count: pairs.length })}
        busy={busy}
        error={error}
        disabled={pairs.length === 0 || weighed.warnings === null}
      />
    </form>
  );
}
