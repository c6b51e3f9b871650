import { Button, Modal } from '@mantine/core';
import { useState } from 'react';
import { useT } from '../../i18n/i18n.ts';
import { useStores } from '../../stores/stores-store.ts';
import { tabIndexIn, type RowPlace } from '../../ui/row-grid.tsx';
import { countryOfSite } from '../condition.ts';
import { useRowWords } from '../row-words.tsx';
import { StoreChooser } from '../store-chooser.tsx';
import { StoreName } from '../store-name.tsx';
import type { JudgedItem } from './import-model.ts';
import { giveStores } from './import-store.ts';
import styles from './import-rows.module.css';
import viewStyles from './import-view.module.css';

function Chooser({ item, onDone }: { readonly item: JudgedItem; readonly onDone: () => void }) {
  const t = useT('proxies');
  const [chosen, setChosen] = useState(item.storeIds);
  return (
    <>
      <StoreChooser chosen={chosen} onChange={setChosen} />
      <div className={viewStyles.buttons}>
        <Button variant="default" onClick={onDone}>
          {t('action.cancel')}
        </Button>
        <Button
          onClick={() => {
            giveStores(new Map([[item.row.row, chosen]]));
            onDone();
          }}
        >
          {t('import.setStores', { count: chosen.length })}
        </Button>
      </div>
    </>
  );
}

/** The stores that are to leave by a row, and the way to choose them. */
export function RowStores({ item, place }: { readonly item: JudgedItem; readonly place: RowPlace }) {
  const { t, countryName } = useRowWords();
  const [open, setOpen] = useState(false);
  const byId = useStores((state) => state.byId);
  const stores = item.storeIds.flatMap((id) => byId.get(id) ?? []);
  const country = item.details?.country ?? null;
  const elsewhere = stores.filter(({ site }) => country !== null && countryOfSite(site) !== country);
  const close = (): void => setOpen(false);
  return (
    <>
      <div className={styles.rowStores}>
        {stores.map((store) => (
          <StoreName key={store.id} store={store} />
        ))}
        <button
          type="button"
          className={styles.small}
          tabIndex={tabIndexIn(place)}
          onClick={() => setOpen(true)}
          data-testid="row-stores"
        >
          {t(stores.length === 0 ? 'import.assign' : 'import.reassign')}
        </button>
      </div>
      {elsewhere.length > 0 && country !== null && (
        <p className={styles.warning}>{t('import.otherCountry', { country: countryName(country) })}</p>
      )}
      {open && (
        <Modal
          opened
          onClose={close}
          title={t('import.storesOf', { row: item.row.row })}
          closeButtonProps={{ 'aria-label': t('action.close') }}
          yOffset="8vh"
        >
          <Chooser item={item} onDone={close} />
        </Modal>
      )}
    </>
  );
}
