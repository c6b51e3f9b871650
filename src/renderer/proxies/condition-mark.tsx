import type { Condition } from './condition.ts';
import styles from './condition-mark.module.css';

/** One shape a condition, told apart without colour: disc, ring, cross, pause bars, line with an end. */
const shapes: Record<Condition, { readonly path: string; readonly filled: boolean }> = {
  works: { path: 'M6 2.5a3.5 3.5 0 1 1 0 7 3.5 3.5 0 0 1 0-7z', filled: true },
  unchecked: { path: 'M6 2.5a3.5 3.5 0 1 1 0 7 3.5 3.5 0 0 1 0-7z', filled: false },
  failing: { path: 'M2.2 2.2l7.6 7.6M9.8 2.2l-7.6 7.6', filled: false },
  disabled: { path: 'M4 2v8M8 2v8', filled: false },
  ended: { path: 'M2 6h6M10 2v8', filled: false },
};

/** A proxy's condition as a shape; the words stand beside it. */
export function ConditionMark({ condition }: { readonly condition: Condition }) {
  const { path, filled } = shapes[condition];
  return (
    <svg
      className={styles.mark}
      data-condition={condition}
      viewBox="0 0 12 12"
      width="12"
      height="12"
      aria-hidden
    >
      <path
        d={path}
        fill={filled ? 'currentColor' : 'none'}
        stroke="currentColor"
        strokeWidth={filled ? 0 : 1.8}
        strokeLinecap="round"
      />
    </svg>
  );
}
