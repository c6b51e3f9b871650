import type { KeyboardEvent } from 'react';
import { followLink } from './follow-link.ts';
import { piecesOf } from './links.ts';
import styles from './linked-text.module.css';
import { trueAddress } from './true-host.ts';

/**
 * A link of a message. Not an anchor with an address: every way to follow it (middle button, drag, menu) has to go by the
 * judgement of where it leads.
 */
function TextLink({
  text,
  url,
  storeId,
}: {
  readonly text: string;
  readonly url: string;
  readonly storeId: number;
}) {
  const follow = (): void => void followLink(storeId, url);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || event.repeat) return;
    event.preventDefault();
    event.stopPropagation();
    follow();
  };
  return (
    <bdi
      role="link"
      tabIndex={0}
      dir="ltr"
      className={styles.link}
      title={trueAddress(url)}
      data-testid="message-link"
      onClick={follow}
      onKeyDown={onKeyDown}
    >
      {text}
    </bdi>
  );
}

/** A stranger's text as it may be shown, with its links to follow in the browser of the store it came to. */
export function LinkedText({ text, storeId }: { readonly text: string; readonly storeId: number }) {
  return piecesOf(text).map((piece, place) =>
    piece.kind === 'words' ? (
      piece.text
    ) : (
      <TextLink key={place} text={piece.text} url={piece.url} storeId={storeId} />
    ),
  );
}
