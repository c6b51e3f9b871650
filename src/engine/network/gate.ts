import type { StoreGate } from '../parts.ts';

/** A gate that never closes. */
export const openGate: StoreGate = { closedFor: () => null, onChange: () => {} };
