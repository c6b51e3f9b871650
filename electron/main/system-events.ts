import { net, powerMonitor } from 'electron';
import type { Clock } from '../../src/base/time.ts';
import type { SystemEvent } from '../../src/hosting/engine-supervisor.ts';

/** Electron tells of no change of the network in this process; asking costs nothing. In milliseconds. */
const LOOK_MS = 1_000;

/** Tells when the machine woke, and when the system says that the network came or went. */
export function watchSystem(clock: Pick<Clock, 'after'>, tell: (event: SystemEvent) => void): void {
  powerMonitor.on('resume', () => tell('resume'));
  let wasOnline = net.isOnline();
  const look = (): void => {
    const isOnline = net.isOnline();
    if (isOnline !== wasOnline) tell(isOnline ? 'online' : 'offline');
    wasOnline = isOnline;
    clock.after(LOOK_MS, look);
  };
  clock.after(LOOK_MS, look);
}
