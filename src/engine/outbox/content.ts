import { CodedError } from '../../base/errors.ts';
import type { OutgoingContent, UploadedImage } from '../../channels/channel.ts';
import type { SendableCard } from '../../contract/outbox.ts';
import { readJson } from '../messages/view.ts';
import type { JobRow } from './queries.ts';

/** What a job sends when it is no text; kept as JSON beside it. */
export type StoredContent =
  | { readonly kind: 'image'; readonly mediaId: number; readonly uploaded: UploadedImage | null }
  | { readonly kind: SendableCard; readonly reference: string; readonly code: string | null };

/** The picture that must be uploaded before this job can be sent; null: nothing must. */
export function pictureToUpload(job: JobRow): number | null {
  const content = readJson<StoredContent>(job.content);
  return content?.kind === 'image' && content.uploaded === null ? content.mediaId : null;
}

/** What the channel is given. Throws `invalid` for a picture that was not uploaded, and where nothing is there to send. */
export function toOutgoing(job: JobRow): OutgoingContent {
  const content = readJson<StoredContent>(job.content);
  if (content === null) {
    if (job.text === null) throw new CodedError('invalid', 'Nothing to send', { reason: 'empty' });
    return { kind: 'text', text: job.text };
  }
  if (content.kind === 'image') {
    if (content.uploaded === null) throw new CodedError('invalid', 'The picture was not uploaded');
    return { kind: 'image', image: content.uploaded };
  }
  const { kind, reference, code } = content;
  return kind === 'voucher' ? { kind, reference, code } : { kind, reference };
}
