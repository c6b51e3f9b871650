import { buildIfChanged } from './lib/build.ts';
import { fail, say } from './lib/project.ts';

try {
  if ((await buildIfChanged()) === 'fresh') say('Nothing changed since the last build.');
} catch (error) {
  fail(error instanceof Error ? error.message : String(error));
}
