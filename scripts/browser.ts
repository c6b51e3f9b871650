import { ensureBrowser } from './lib/ensure-browser.ts';
import { fail, say } from './lib/project.ts';

try {
  say(await ensureBrowser());
} catch (error) {
  fail(error instanceof Error ? error.message : String(error));
}
