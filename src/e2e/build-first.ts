import { buildIfChanged } from '../../scripts/lib/build.ts';

/** Runs once before all specs, so that they never meet an older build. */
export default async function buildFirst(): Promise<void> {
  await buildIfChanged();
}
