import type { networkContract } from '../../contract/network.ts';
import type { HostToEngine } from '../../wire/host-link.ts';
import type { EngineParts, Feature } from '../parts.ts';
import { AWAY_MS, createAway } from './away.ts';
import { startBeat } from './beat.ts';
import type { ReadOnlySource } from './gate.ts';
import type { Outcomes } from './outcome.ts';
import { NetworkWatch, type WatchNeeds } from './watch.ts';

/** The beat and the host both tell of one waking; the second within this time is the first one's. In milliseconds. */
const SAME_WAKING_MS = 5_000;

/** What the operating system tells the host. */
type SystemEvent = Extract<HostToEngine, { kind: 'system-event' }>['event'];

/** Watches the way out: notices its loss and its return, reads every store up to now after it, and tells what was missed. */
export interface Network extends Feature<keyof typeof networkContract> {
  systemEvent(event: SystemEvent): void;
}

type Parts = Pick<EngineParts, 'db' | 'clock' | 'random' | 'log' | 'feed' | 'stores'>;

export interface NetworkNeeds extends Omit<WatchNeeds, 'away'> {
  readonly readOnly: ReadOnlySource;
  readonly outcomes: Pick<Outcomes, 'listen'>;
}

export function createNetwork(parts: Parts, needs: NetworkNeeds): Network {
  const { clock, feed } = parts;
  const log = parts.log.scope('network');
  const away = createAway(parts.db, clock.now);
  const watch = new NetworkWatch({ ...parts, log }, { ...needs, away });
  const isReadOnly = (): boolean => needs.readOnly.isReadOnly();
  const wasLongAway = (): boolean => away.absentMs() > AWAY_MS && !isReadOnly();
  let endBeat = (): void => {};

  const woke = (): void => {
    away.begin();
    const isSame = watch.state === 'catching-up' && clock.now() - watch.since < SAME_WAKING_MS;
    if (watch.state === 'lost') watch.tryNow();
    else if (watch.state !== 'returning' && !isSame) watch.readAll();
  };
  const systemEvent = (event: SystemEvent): void => {
    if (isReadOnly()) return;
    log.info('system-event', { told: event });
    if (event === 'resume') woke();
    else if (event === 'offline') watch.doubt();
    else if (watch.state === 'lost') watch.tryNow();
  };

  const onGap = (gapMs: number): void => {
    log.info('time-gap', { gapMs });
    if (gapMs > 0) systemEvent('resume');
  };

  needs.outcomes.listen(watch.asked);
  away.begin();
  // Before anything is sent: what waits since then may have been answered elsewhere.
  if (wasLongAway()) needs.gate.closeAll();

  return {
    systemEvent,
    handlers: {
      'network.get': () => ({ ...watch.view(), away: away.summary() }),
      'network.retry': () => {
        watch.tryNow();
        return null;
      },
      'network.report': ({ online }) => {
        systemEvent(online ? 'online' : 'offline');
        return null;
      },
      'network.dismissAway': () => {
        away.dismiss();
        feed.emit('network');
        return null;
      },
    },
    start: () => {
      endBeat = startBeat(clock, onGap, () => {
        if (watch.isReading) away.seen();
      });
      if (wasLongAway()) watch.readAll();
      else away.end();
    },
    stop: () => {
      endBeat();
      watch.stop();
      away.save();
      return Promise.resolve();
    },
  };
}
