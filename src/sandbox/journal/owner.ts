import { randomUUID } from 'node:crypto';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type AddressInfo, type Server } from 'node:net';
import { SANDBOX_EXIT } from '../../contract/bundle.ts';
import { SandboxRefusal } from '../refusal.ts';

const HOST = '127.0.0.1';
/** An owner that is there answers at once; one that is stopped by a debugger is still the owner. Milliseconds. */
const ANSWER_MS = 2_000;
/** Another start may be between making its file and writing it. Milliseconds. */
const WRITING_MS = 200;
const MAX_TRIES = 5;

/** What stands in the file beside a journal: who owns it, and where that can be checked. */
interface Owner {
  readonly pid: number;
  readonly port: number;
  readonly token: string;
}

/**
 * Takes a journal for this process alone: two sandboxes that continue one journal would write over each other. The
 * owner answers on a port of its own, which the system closes however the process ends; so a file left behind by a
 * killed sandbox is recognised, also when its process number is someone else's by now.
 * Answers what lets go of it. Throws `SandboxRefusal` when another sandbox has it.
 */
export async function ownJournal(journal: string): Promise<() => void> {
  const file = `${journal}.owner`;
  const token = randomUUID();
  const server = await answering(token);
  const own = JSON.stringify({ pid: process.pid, port: (server.address() as AddressInfo).port, token });
  for (let tries = 0; tries < MAX_TRIES; tries += 1) {
    if (claim(file, own)) {
      return () => {
        server.close();
        if (readText(file) === own) rmSync(file, { force: true });
      };
    }
    const found = await readWritten(file);
    if (found !== null && (await isThere(found))) break;
    if (found !== null) setAside(file, found);
  }
  server.close();
  throw new SandboxRefusal(
    `The journal ${journal} is open in another sandbox; end that one first.`,
    SANDBOX_EXIT.inUse,
  );
}

/** Tells whoever connects that this token's owner is there. */
function answering(token: string): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => {
      socket.on('error', () => {});
      socket.end(token);
    });
    server.once('error', reject);
    server.listen(0, HOST, () => resolve(server.unref()));
  });
}

function claim(file: string, text: string): boolean {
  try {
    writeFileSync(file, text, { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function readText(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}

async function readWritten(file: string): Promise<string | null> {
  const text = readText(file);
  if (text === null || readOwner(text) !== null) return text;
  await new Promise((resolve) => setTimeout(resolve, WRITING_MS));
  return readText(file);
}

function readOwner(text: string): Owner | null {
  try {
    const { pid, port, token } = JSON.parse(text) as Partial<Owner>;
    return typeof pid === 'number' && typeof port === 'number' && typeof token === 'string'
      ? { pid, port, token }
      : null;
  } catch {
    return null;
  }
}

async function isThere(text: string): Promise<boolean> {
  const owner = readOwner(text);
  if (owner === null || !isAlive(owner.pid)) return false;
  return new Promise((resolve) => {
    const socket = connect({ host: HOST, port: owner.port });
    let heard = '';
    const decide = (there: boolean): void => {
      resolve(there);
      socket.destroy();
    };
    socket.setTimeout(ANSWER_MS, () => decide(true));
    socket.on('data', (bytes: Buffer) => {
      heard += bytes.toString('latin1');
      if (heard.length > owner.token.length) decide(false);
    });
    socket.on('end', () => decide(heard === owner.token));
    socket.on('error', () => decide(false));
  });
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Removes the file that was found; one that another start has put in its place meanwhile is put back. */
function setAside(file: string, found: string): void {
  const aside = `${file}.${randomUUID()}`;
  try {
    renameSync(file, aside);
    if (readText(aside) === found) rmSync(aside, { force: true });
    else renameSync(aside, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}
