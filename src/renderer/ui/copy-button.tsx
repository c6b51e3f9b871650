import { Button } from '@mantine/core';
import { IconCopy } from '@tabler/icons-react';
import { useState } from 'react';
import { copyText } from './copy-text.ts';

interface CopyButtonProps {
  readonly text: string;
  readonly label: string;
  readonly copied: string;
  readonly notCopied: string;
}

/** Copies a text, and says whether that worked. */
export function CopyButton({ text, label, copied, notCopied }: CopyButtonProps) {
  const [done, setDone] = useState<boolean | null>(null);
  const copy = async (button: HTMLElement): Promise<void> => setDone(await copyText(text, button));
  return (
    <Button
      variant="default"
      size="xs"
      leftSection={<IconCopy size={14} aria-hidden />}
      onClick={(event) => void copy(event.currentTarget)}
    >
      <span aria-live="polite">{done === null ? label : done ? copied : notCopied}</span>
    </Button>
  );
}
