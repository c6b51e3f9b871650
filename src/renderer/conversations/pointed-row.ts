/** How long after its last move a pointer counts as a hand about to click, in milliseconds. */
const handMs = 2_000;

export interface PointedRow {
  /** The row under a pointer that has just moved; null when it rests or is elsewhere. */
  id(): number | null;
  stop(): void;
}

function rowOf(target: EventTarget | null): number | null {
  const row = target instanceof Element ? target.closest('[data-conversation-id]') : null;
  const id = Number(row?.getAttribute('data-conversation-id'));
  return id > 0 ? id : null;
}

/** Follows which row of a list someone is pointing at. `now` in milliseconds. */
export function followPointer(list: HTMLElement, now: () => number): PointedRow {
  let pointed: number | null = null;
  let movedAt = Number.NEGATIVE_INFINITY;
  const over = (event: PointerEvent): void => {
    pointed = rowOf(event.target);
    movedAt = now();
  };
  const leave = (): void => {
    pointed = null;
  };
  list.addEventListener('pointermove', over);
  list.addEventListener('pointerleave', leave);
  return {
    id: () => (now() - movedAt <= handMs ? pointed : null),
    stop() {
      list.removeEventListener('pointermove', over);
      list.removeEventListener('pointerleave', leave);
    },
  };
}
