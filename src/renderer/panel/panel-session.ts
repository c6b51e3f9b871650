import { z } from 'zod';
import { idSchema, platformSchema } from '../../contract/models.ts';
import { listViews, type PanelPlace, type PanelScope } from './place.ts';

const key = 'counterdesk.panel';

const scopeSchema: z.ZodType<PanelScope> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('all') }),
  z.object({ kind: z.literal('platform'), platform: platformSchema }),
  z.object({ kind: z.literal('group'), groupId: idSchema }),
  z.object({ kind: z.literal('store'), storeId: idSchema }),
]);

const placeSchema = z.object({
  scope: scopeSchema,
  view: z.enum(listViews),
  selectedId: idSchema.nullable(),
});

/** The place remembered across a reload of this page, or nothing when there is none or it can't be read. */
export function readPanelSession(): Partial<PanelPlace> {
  try {
    const parsed = placeSchema.safeParse(JSON.parse(sessionStorage.getItem(key) ?? 'null'));
    return parsed.success ? parsed.data : {};
  } catch {
    return {};
  }
}

/** Remembers the place; a page without storage forgets it. */
export function writePanelSession(place: PanelPlace): void {
  try {
    sessionStorage.setItem(key, JSON.stringify(place));
  } catch {
    // Storage may be full or denied: the place is then lost at a reload, nothing else.
  }
}
