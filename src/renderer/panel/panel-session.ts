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
  folder: z.string(),
  scope: scopeSchema,
  view: z.enum(listViews),
  selectedId: idSchema.nullable(),
});

/** The place remembered across a reload of this page in this data folder; nothing when there is none. */
export function readPanelSession(folder: string): Partial<PanelPlace> {
  try {
    const parsed = placeSchema.safeParse(JSON.parse(sessionStorage.getItem(key) ?? 'null'));
    if (!parsed.success || parsed.data.folder !== folder) return {};
    const { scope, view, selectedId } = parsed.data;
    return { scope, view, selectedId };
  } catch {
    return {};
  }
}

/** Remembers the place; a page without storage forgets it. */
export function writePanelSession(folder: string, place: PanelPlace): void {
  try {
    sessionStorage.setItem(key, JSON.stringify({ folder, ...place }));
  } catch {
    // Storage may be full or denied: the place is then lost at a reload, nothing else.
  }
}
