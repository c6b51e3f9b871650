import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { HandlerInput } from '../../contract/index.ts';
import type { LogLine } from '../../contract/log.ts';
import type { EngineParts, Feature } from '../parts.ts';
import { dataPaths } from '../paths.ts';
import { byAge, isLogFile } from './file-sink.ts';

/** The log is read from its end, so much at a time and so much in all, in bytes. */
const CHUNK_BYTES = 256 * 1024;
const MAX_BYTES = 8 * 1024 * 1024;

type About = HandlerInput<'log.about'>;

/** `log.about`: what the log says of a message or a store. */
export function createLogAbout({ dataDir }: Pick<EngineParts, 'dataDir'>): Feature<'log.about'> {
  const folder = dataPaths(dataDir).logs;
  return { handlers: { 'log.about': async (about) => ({ lines: await linesAbout(folder, about), folder }) } };
}

async function linesAbout(folder: string, about: About): Promise<LogLine[]> {
  const names = await readdir(folder).catch(() => []);
  const files = names.filter(isLogFile).sort(byAge).toReversed();
  const lines: LogLine[] = [];
  let left = MAX_BYTES;
  for (const name of files) {
    for await (const { text, bytes } of linesFromEnd(join(folder, name))) {
      const line = toLine(text, about);
      if (line !== null) lines.push(line);
      left -= bytes;
      if (lines.length >= about.limit || left <= 0) return lines;
    }
  }
  return lines;
}

/** The newest first. A file that is gone or can't be read has none. */
async function* linesFromEnd(path: string): AsyncGenerator<{ text: string; bytes: number }> {
  const file = await open(path, 'r').catch(() => null);
  if (file === null) return;
  try {
    let end = (await file.stat()).size;
    /** The end of a line whose beginning lies further up. */
    let rest = Buffer.alloc(0);
    while (end > 0) {
      const start = Math.max(0, end - CHUNK_BYTES);
      const chunk = Buffer.alloc(end - start);
      const { bytesRead } = await file.read(chunk, 0, chunk.length, start);
      let known = Buffer.concat([chunk.subarray(0, bytesRead), rest]);
      for (let at = known.lastIndexOf(10); at >= 0; at = known.lastIndexOf(10)) {
        yield { text: known.toString('utf8', at + 1), bytes: known.length - at };
        known = known.subarray(0, at);
      }
      // A line longer than all that is read is a broken one.
      rest = known.length > MAX_BYTES ? Buffer.alloc(0) : known;
      end = start;
    }
    yield { text: rest.toString('utf8'), bytes: rest.length };
  } catch {
    // It was put aside or deleted meanwhile: what was read of it stands.
  } finally {
    await file.close();
  }
}

/** Null for a broken line, and for one about something else. */
function toLine(text: string, { messageId, storeId }: About): LogLine | null {
  const line = parse(text);
  if (line === null) return null;
  const { at, level, scope, event, fields } = line;
  const about = isRecord(fields) ? fields : {};
  const isMeant =
    (messageId !== null && about['messageId'] === messageId) ||
    (storeId !== null &&
      about['storeId'] === storeId &&
      (messageId === null || about['messageId'] === undefined));
  if (!isMeant || typeof at !== 'string' || typeof scope !== 'string' || typeof event !== 'string')
    return null;
  if (level !== 'info' && level !== 'warn' && level !== 'error') return null;
  const time = Date.parse(at);
  return Number.isNaN(time) ? null : { at: time, level, scope, event, fields: JSON.stringify(about) };
}

function parse(text: string): Readonly<Record<string, unknown>> | null {
  if (!text.startsWith('{')) return null;
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : null;
  } catch {
    return null;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
