import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sha256Of, type FormPart } from '../http/form.ts';
import type { Effect } from '../world/effects.ts';

/** The bytes of uploaded pictures, each under its SHA-256, beside the journal that names them. */
export class UploadFiles {
  readonly #folder: string;

  /** `folder` is made when the first picture comes. */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Keeps the pictures that these effects name, before the journal says that they are there. */
  keep(effects: readonly Effect[], parts: readonly FormPart[]): void {
    for (const effect of effects) {
      if (effect.kind !== 'upload') continue;
      const part = parts.find(({ bytes }) => sha256Of(bytes) === effect.upload.sha256);
      if (part === undefined) throw new Error('An upload without its bytes.');
      mkdirSync(this.#folder, { recursive: true });
      const path = join(this.#folder, effect.upload.sha256);
      writeFileSync(`${path}.new`, part.bytes);
      renameSync(`${path}.new`, path);
    }
  }

  /** Null when it is not there. */
  read(sha256: string): Buffer | null {
    try {
      return readFileSync(join(this.#folder, sha256));
    } catch {
      return null;
    }
  }
}
