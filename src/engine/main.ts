import { createEngine } from './engine.ts';
import { findHostLink } from './process/link.ts';
import { runEngine } from './process/run.ts';

/** How long what is being written may take after the host is gone; SQLite survives a harder end. In milliseconds. */
const LAST_WORDS_MS = 5_000;

const link = findHostLink();
if (link === null) {
  process.stderr.write('The engine is started by a host; run "npm start".\n');
  process.exit(2);
}

const stop = runEngine({
  link,
  create: createEngine,
  exit: (code) => process.exit(code),
});
const stopInTime = (): void => {
  setTimeout(() => process.exit(1), LAST_WORDS_MS).unref();
  stop();
};
process.on('SIGTERM', stopInTime);
link.onClose(stopInTime);
// Ctrl+C reaches every process of the terminal; the host decides when the engine ends.
process.on('SIGINT', () => {});
