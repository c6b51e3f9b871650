import type { Db } from '../db/database.ts';
import { prepareLinks } from './queries.ts';

/** A picture as a platform names it. */
export interface PictureAddress {
  readonly url: string;
  readonly thumbUrl?: string | null;
  /** Pixels, where the platform says them. */
  readonly width: number | null;
  readonly height: number | null;
}

/**
 * Answers the media row of a picture, made where there is none. Platforms sign addresses anew at every reading: while
 * only the query differs from that of `current` it stays, and one not fetched yet goes by its newest address. A failed
 * one gets another row, and with it another chance. Inside a transaction only.
 */
export type LinkPicture = (
  storeId: number,
  picture: PictureAddress | null,
  current: number | null,
) => number | null;

export function createLinkPicture(db: Db): LinkPicture {
  const queries = prepareLinks(db);
  return (storeId, picture, current) => {
    if (picture === null) return null;
    const thumbUrl = picture.thumbUrl ?? null;
    const known = current === null ? undefined : queries.byId.get(current);
    if (known !== undefined && withoutQuery(known.url) === withoutQuery(picture.url)) {
      if (known.state === 'ready' || known.url === picture.url) return current;
      if (known.state === 'pending' && queries.renew.run(picture.url, thumbUrl, current).changes === 1)
        return current;
    }
    queries.add.run(storeId, picture.url, thumbUrl, picture.width, picture.height);
    return queries.idOf.get(storeId, picture.url) ?? null;
  };
}

function withoutQuery(url: string): string | undefined {
  return url.split('?', 1)[0];
}
