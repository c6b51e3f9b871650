// Loaded into every process of a fault run by NODE_OPTIONS. In the engine's alone it moves the wall clock by the
// milliseconds that stand in the file named by `FAULTS_CLOCK`. Timers go on as the system's do when its clock is set.
import { readFileSync, watchFile } from 'node:fs';

const file = process.env['FAULTS_CLOCK'];
/** How often the file is looked at, in milliseconds. */
const LOOK_MS = 100;

if (file !== undefined && /engine[\\/]main\.ts$/.test(process.argv[1] ?? '')) {
  let offset = 0;
  const read = (): void => {
    try {
      const said = Number(readFileSync(file, 'utf8'));
      if (Number.isFinite(said)) offset = said;
    } catch {
      // Not there yet, or being written: what was said last holds.
    }
  };
  read();
  watchFile(file, { interval: LOOK_MS, persistent: false }, read);
  const RealDate = Date;
  const now = (): number => RealDate.now() + offset;
  class MovedDate extends RealDate {
    constructor(...given: unknown[]) {
      if (given.length === 0) super(now());
      else super(...(given as [number]));
    }

    static override now(): number {
      return now();
    }
  }
  globalThis.Date = MovedDate as DateConstructor;
}
