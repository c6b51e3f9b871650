import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CodedError } from '../../base/errors.ts';
import type { Db } from '../db/database.ts';
import type { EngineParts } from '../parts.ts';
import { dataPaths } from '../paths.ts';
import { pictureToUpload } from './content.ts';
import { prepareOwnPictures, type JobRow } from './queries.ts';
import type { OutboxRecords } from './records.ts';

/**
 * Puts a job's picture into the platform's store, where that was not done before. False when the message was withdrawn
 * meanwhile. Throws the channel's errors, none of them about the message: no buyer sees an upload.
 */
export function createUpload(
  { db, dataDir, stores }: Pick<EngineParts, 'dataDir' | 'stores'> & { readonly db: Db },
  records: Pick<OutboxRecords, 'uploaded'>,
  isClosed: () => boolean,
): (job: JobRow) => Promise<boolean> {
  const pictures = prepareOwnPictures(db);
  const { media } = dataPaths(dataDir);
  return async (job) => {
    const mediaId = pictureToUpload(job);
    if (mediaId === null) return true;
    const picture = pictures.ready.get(mediaId);
    if (picture === undefined) throw gone();
    const { hash, type, width, height } = picture;
    const bytes = await readFile(join(media, hash)).catch(() => Promise.reject(gone()));
    const image = await stores.call(job.store_id, 'send', (channel, context) =>
      channel.uploadImage(context, { bytes, type, width, height }),
    );
    return !isClosed() && records.uploaded(job, image);
  };
}

function gone(): CodedError {
  return new CodedError('invalid', 'The picture is no longer there', { reason: 'no-picture' });
}
