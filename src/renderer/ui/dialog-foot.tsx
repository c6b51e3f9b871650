import { Button } from '@mantine/core';
import styles from './dialog.module.css';

interface DialogFootProps {
  /** What the button does, in a word or two. */
  readonly label: string;
  readonly cancelLabel: string;
  /** What went wrong; null: nothing yet. */
  readonly problem: string | null;
  readonly busy: boolean;
  readonly disabled: boolean;
  /** Something is lost by it: Enter cancels. */
  readonly isGrave?: boolean;
  readonly testId: string;
  readonly onCancel: () => void;
}

/** What went wrong, and the buttons of a dialog that is a form. */
export function DialogFoot(props: DialogFootProps) {
  const { label, cancelLabel, problem, busy, disabled, isGrave = false, testId, onCancel } = props;
  return (
    <>
      {problem !== null && (
        <p role="alert" className={styles.problem}>
          {problem}
        </p>
      )}
      <div className={styles.buttons}>
        <Button variant="default" onClick={onCancel} data-autofocus={isGrave || undefined}>
          {cancelLabel}
        </Button>
        <Button
          type="submit"
          loading={busy}
          disabled={disabled}
          data-testid={testId}
          {...(isGrave ? { color: 'red.9' } : {})}
        >
          {label}
        </Button>
      </div>
    </>
  );
}
