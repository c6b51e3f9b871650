import { Modal } from '@mantine/core';
import { IconFolder, IconLayoutGrid } from '@tabler/icons-react';
import { useId, useMemo, useState, type KeyboardEvent } from 'react';
import { useT } from '../i18n/i18n.ts';
import { usePanel } from '../panel/panel-store.ts';
import { isComposing } from '../ui/ime.ts';
import { Kbd } from '../ui/kbd.tsx';
import { PlatformMark } from '../ui/platform-mark.tsx';
import { SiteTag } from '../ui/site-tag.tsx';
import { findPlaces, type JumpHit } from './jump-model.ts';
import styles from './store-jump.module.css';
import { useStores } from './stores-store.ts';

function HitMark({ hit }: { readonly hit: JumpHit }) {
  if (hit.platform !== null) return <PlatformMark platform={hit.platform} />;
  return hit.scope.kind === 'group' ? (
    <IconFolder size={18} stroke={1.6} aria-hidden />
  ) : (
    <IconLayoutGrid size={18} stroke={1.6} aria-hidden />
  );
}

interface HitRowProps {
  readonly hit: JumpHit;
  readonly id: string;
  readonly active: boolean;
  readonly onPick: () => void;
}

function HitRow({ hit, id, active, onPick }: HitRowProps) {
  const t = useT('stores');
  return (
    <li
      id={id}
      role="option"
      aria-selected={active}
      className={styles.hit}
      ref={(row) => {
        if (active) row?.scrollIntoView({ block: 'nearest' });
      }}
      onClick={onPick}
    >
      <HitMark hit={hit} />
      <span className={styles.name}>{hit.name}</span>
      {hit.store !== null && <SiteTag site={hit.store.site} />}
      {hit.needsReply > 0 && (
        <span className={styles.work}>{t('nav.needsReply', { count: hit.needsReply })}</span>
      )}
    </li>
  );
}

function JumpBody({ onPicked }: { readonly onPicked: () => void }) {
  const t = useT('stores');
  const list = useId();
  const [query, setQuery] = useState('');
  const [at, setAt] = useState(0);
  const { stores, groups } = useStores();
  const hits = useMemo(
    () =>
      findPlaces({
        stores,
        groups,
        query,
        allName: t('rail.all'),
        platformName: (platform) => t(`platform.${platform}`),
      }),
    [stores, groups, query, t],
  );
  const active = Math.min(at, hits.length - 1);

  const pick = (hit: JumpHit | undefined): void => {
    if (hit === undefined) return;
    usePanel.getState().setScope(hit.scope);
    onPicked();
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    if (isComposing(event)) return;
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0 && hits.length > 0) setAt((active + step + hits.length) % hits.length);
    else if (event.key === 'Enter') pick(hits[active]);
    else return;
    event.preventDefault();
  };

  return (
    <>
      <div className={styles.field}>
        <input
          className={styles.input}
          role="combobox"
          aria-expanded
          aria-controls={list}
          aria-activedescendant={active >= 0 ? `${list}-${active}` : undefined}
          aria-label={t('jump.title')}
          placeholder={t('jump.placeholder')}
          data-autofocus
          value={query}
          onChange={(event) => {
            setQuery(event.currentTarget.value);
            setAt(0);
          }}
          onKeyDown={onKeyDown}
        />
        <Kbd keys={['Esc']} />
      </div>
      <ul id={list} role="listbox" aria-label={t('jump.title')} className={styles.list}>
        {hits.map((hit, index) => (
          <HitRow
            key={hit.key}
            hit={hit}
            id={`${list}-${index}`}
            active={index === active}
            onPick={() => pick(hit)}
          />
        ))}
      </ul>
      {hits.length === 0 && <p className={styles.nothing}>{t('rail.noHit')}</p>}
    </>
  );
}

interface StoreJumpProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  /** A place was chosen; called before `onClose`. */
  readonly onJumped: () => void;
}

/** The dialog behind Ctrl or Cmd with P: type part of a store's name, site or platform, and Enter. */
export function StoreJump({ opened, onClose, onJumped }: StoreJumpProps) {
  const t = useT('stores');
  const picked = (): void => {
    onJumped();
    onClose();
  };
  return (
    <Modal.Root opened={opened} onClose={onClose} size={460} yOffset="12vh" transitionProps={{ duration: 0 }}>
      <Modal.Overlay backgroundOpacity={0.25} />
      <Modal.Content aria-label={t('jump.title')}>
        <Modal.Body p={0}>
          <JumpBody onPicked={picked} />
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
