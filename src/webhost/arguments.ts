import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

/** What `npm start -- …` may say to the web host. */
export interface HostArguments {
  /** DATA, or null for the system's place for it. */
  readonly data: string | null;
  /** Null: the one used last, else a free one. */
  readonly port: number | null;
  /** Begin in the practice space. */
  readonly sandbox: boolean;
  /** Serve and print the address only. */
  readonly noWindow: boolean;
  /** Other builds of the parts; for tests and development. */
  readonly engine: string | null;
  readonly sandboxScript: string | null;
  readonly page: string | null;
}

export const USAGE = `Usage: npm start -- [--data DIR] [--port N] [--sandbox] [--no-window]
  --data DIR    where Counterdesk keeps its data
  --port N      the port to serve on
  --sandbox     begin with the practice stores
  --no-window   open no window, print the address`;

/** Reads the command line; throws an error with a sentence for the person. */
export function readArguments(argv: readonly string[]): HostArguments {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      data: { type: 'string' },
      port: { type: 'string' },
      sandbox: { type: 'boolean', default: false },
      'no-window': { type: 'boolean', default: false },
      engine: { type: 'string' },
      'sandbox-script': { type: 'string' },
      page: { type: 'string' },
    },
  });
  const path = (value: string | undefined): string | null => (value === undefined ? null : resolve(value));
  return {
    data: path(values.data),
    port: values.port === undefined ? null : readPort(values.port),
    sandbox: values.sandbox,
    noWindow: values['no-window'],
    engine: path(values.engine),
    sandboxScript: path(values['sandbox-script']),
    page: path(values.page),
  };
}

function readPort(text: string): number {
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port > 65_535) throw new Error(`"${text}" is not a port.`);
  return port;
}
