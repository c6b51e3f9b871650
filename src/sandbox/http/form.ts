import { createHash } from 'node:crypto';

/** One part of a `multipart/form-data` body. */
export interface FormPart {
  readonly name: string;
  /** Null: a plain field. */
  readonly filename: string | null;
  readonly bytes: Buffer;
}

/** True for a body in parts, whatever its boundary. */
export function isMultipart(contentType: string): boolean {
  return contentType.split(';')[0]?.trim().toLowerCase() === 'multipart/form-data';
}

/** The parts of a body; none where it is not `multipart/form-data`, or broken. */
export async function readForm(bytes: Buffer, contentType: string): Promise<FormPart[]> {
  if (!isMultipart(contentType)) return [];
  try {
    const form = await new Response(new Uint8Array(bytes), {
      headers: { 'content-type': contentType },
    }).formData();
    return await Promise.all(
      [...form].map(async ([name, value]) =>
        typeof value === 'string'
          ? { name, filename: null, bytes: Buffer.from(value, 'utf8') }
          : { name, filename: value.name, bytes: Buffer.from(await value.arrayBuffer()) },
      ),
    );
  } catch {
    return [];
  }
}

/** 64 hexadecimal digits. */
export function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** What the journal says of a body in parts: fields as they are, of files size and SHA-256 alone. */
export function describeForm(parts: readonly FormPart[]): object {
  return {
    parts: parts.map(({ name, filename, bytes }) =>
      filename === null
        ? { name, text: bytes.toString('utf8').slice(0, 500) }
        : { name, filename, bytes: bytes.length, sha256: sha256Of(bytes) },
    ),
  };
}
