/**
 * A process that speaks to its host as the engine does, with a handful of calls and no database:
 * for tests of what starts, watches and connects an engine. `SMALL_ENGINE=fail` and `locked` make it refuse to
 *  start, `crash` makes it end at once. `stores.syncNow` stands for damage that is found: it asks for another engine.
 */
import { CodedError } from '../base/errors.ts';
import { findHostLink } from '../engine/process/link.ts';
import { runEngine } from '../engine/process/run.ts';
import { systemClock } from '../base/system-clock.ts';
import { StartError } from '../engine/start-error.ts';
import { serve, type Connection } from '../wire/server.ts';
import { smallHandlers } from './small-handlers.ts';

const quiet = { warn: () => {}, error: () => {} };
const link = findHostLink();
if (link === null || process.env['SMALL_ENGINE'] === 'crash') process.exit(9);

const end = runEngine({
  link,
  create: (options, host) => {
    if (process.env['SMALL_ENGINE'] === 'fail')
      throw new StartError('newer-database', 'Made by a newer version.');
    if (process.env['SMALL_ENGINE'] === 'locked') throw new StartError('locked', 'Open already.');
    const epoch = `epoch-${process.pid}`;
    const pages: Connection[] = [];
    const handlers = smallHandlers({
      'system.info': () => ({
        version: options.version,
        space: options.space,
        dataDir: options.dataDir,
        epoch,
        storeCount: options.bundle?.platforms.length ?? 0,
      }),
      'system.switchSpace': (input: { space: 'real' | 'practice' }) => host.switchSpace(input),
      'settings.set': async () => {
        const wraps = await host.wrapKey({ key: 'c2VjcmV0' });
        const back = await host.unwrapKey({ wraps });
        return { wraps: wraps.length, key: back?.key };
      },
      'stores.createGroup': ({ name }: { name: string }) => {
        for (const page of pages) page.emit({ epoch, seq: 1, kind: 'groups', ids: [] });
        return { id: 1, name };
      },
      'stores.syncNow': () => host.restartEngine({}),
      'stores.list': () => {
        throw new CodedError('rejected', 'No stores here.');
      },
    });
    return Promise.resolve({
      epoch,
      connect: (port) => pages.push(serve(port, handlers, { log: quiet, timers: systemClock })),
      close: () => Promise.resolve(),
    });
  },
  exit: (code) => process.exit(code),
});
process.on('SIGTERM', end);
process.on('SIGINT', () => {});
