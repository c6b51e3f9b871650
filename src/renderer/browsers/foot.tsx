import type { ErrorShape } from '../../base/errors.ts';
import { useT } from '../i18n/i18n.ts';
import { DialogFoot } from '../ui/dialog-foot.tsx';
import { useBrowserError } from './browser-error.ts';
import { closeQuestion } from './questions-store.ts';

interface FootProps {
  /** What the button does, in a word or two. */
  readonly label: string;
  readonly busy: boolean;
  readonly disabled?: boolean;
  /** Something is lost by it. */
  readonly isGrave?: boolean;
  readonly error: ErrorShape | null;
}

/** The foot of a dialog about a store's browser. */
export function Foot({ error, disabled = false, ...props }: FootProps) {
  const t = useT('browsers');
  const errorText = useBrowserError();
  return (
    <DialogFoot
      {...props}
      disabled={disabled}
      problem={error === null ? null : errorText(error)}
      cancelLabel={t('action.cancel')}
      testId="browser-question-save"
      onCancel={closeQuestion}
    />
  );
}
