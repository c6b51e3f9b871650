import { IconPhotoPlus, IconShoppingBag } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import type { ConversationRow, StoreView } from '../../contract/models.ts';
import { client } from '../client.ts';
import { focusComposer } from '../composer/composer-focus.ts';
import { useT } from '../i18n/i18n.ts';
import { CardDialog } from './card-dialog.tsx';
import type { Pictures } from './use-pictures.ts';
import styles from './attachments.module.css';

/** Picks pictures from the disk. */
function PictureButton({ types, add }: { readonly types: readonly string[]; readonly add: Pictures['add'] }) {
  const t = useT('attachments');
  const input = useRef<HTMLInputElement>(null);
  const online = client.useConnection(({ state }) => state === 'online');
  return (
    <>
      <button
        type="button"
        className={styles.tool}
        aria-label={t('tool.picture')}
        title={t('tool.picture')}
        disabled={!online}
        data-testid="attach-picture"
        onClick={() => input.current?.click()}
      >
        <IconPhotoPlus size={18} aria-hidden />
      </button>
      <input
        ref={input}
        type="file"
        hidden
        multiple
        accept={types.join(',')}
        data-testid="picture-input"
        onChange={(event) => {
          add([...(event.currentTarget.files ?? [])]);
          // The same file may be picked again after it was taken out.
          event.currentTarget.value = '';
        }}
      />
    </>
  );
}

/** What can be sent beside text: pictures and cards, each only where the platform takes them. */
export function ComposerTools({
  row,
  sends,
  add,
}: {
  readonly row: ConversationRow;
  readonly sends: StoreView['sends'];
  readonly add: Pictures['add'];
}) {
  const t = useT('attachments');
  const [opened, setOpened] = useState(false);
  const online = client.useConnection(({ state }) => state === 'online');
  return (
    <span className={styles.tools} role="group" aria-label={t('tool.label')}>
      {sends.image !== null && (
        <PictureButton
          types={sends.image.types}
          add={(files) => {
            add(files);
            focusComposer(row.id);
          }}
        />
      )}
      {sends.cards.length > 0 && (
        <button
          type="button"
          className={styles.tool}
          aria-label={t('tool.card')}
          aria-haspopup="dialog"
          title={t('tool.card')}
          disabled={!online}
          data-testid="send-card"
          onClick={() => setOpened(true)}
        >
          <IconShoppingBag size={18} aria-hidden />
        </button>
      )}
      <CardDialog row={row} sends={sends} opened={opened} close={() => setOpened(false)} />
    </span>
  );
}
