import type { PlatformId } from '../../contract/models.ts';

/** The platform's colour for a thin line: a value for CSS. */
export function platformLine(platform: PlatformId): string {
  return `var(--${platform}-line)`;
}
