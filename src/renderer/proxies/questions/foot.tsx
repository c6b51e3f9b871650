import type { ErrorShape } from '../../../base/errors.ts';
import { useT } from '../../i18n/i18n.ts';
import { DialogFoot } from '../../ui/dialog-foot.tsx';
import { closeQuestion } from '../board-store.ts';
import { useProxyError } from '../words.ts';

interface FootProps {
  readonly label: string;
  readonly busy?: boolean;
  readonly disabled?: boolean;
  readonly error: ErrorShape | null;
}

/** The foot of a dialog over the board. */
export function Foot({ error, busy = false, disabled = false, label }: FootProps) {
  const t = useT('proxies');
  const errorText = useProxyError();
  return (
    <DialogFoot
      label={label}
      busy={busy}
      disabled={disabled}
      problem={error === null ? null : errorText(error)}
      cancelLabel={t('action.cancel')}
      testId="question-save"
      onCancel={closeQuestion}
    />
  );
}
