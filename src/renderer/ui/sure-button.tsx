import { Button } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import styles from './sure-button.module.css';

interface SureButtonProps {
  readonly label: string;
  readonly question: string;
  readonly yes: string;
  readonly no: string;
  readonly act: () => void;
}

/** Does something grave after a second press; what has the keyboard meanwhile is the way out. */
export function SureButton({ label, question, yes, no, act }: SureButtonProps) {
  const [isAsking, setAsking] = useState(false);
  const out = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (isAsking) out.current?.focus();
  }, [isAsking]);
  if (!isAsking) {
    return (
      <Button size="compact-sm" variant="default" onClick={() => setAsking(true)}>
        {label}
      </Button>
    );
  }
  return (
    <span className={styles.sure}>
      {question}
      <Button size="compact-sm" variant="default" ref={out} onClick={() => setAsking(false)}>
        {no}
      </Button>
      <Button
        size="compact-sm"
        color="red.9"
        onClick={() => {
          setAsking(false);
          act();
        }}
      >
        {yes}
      </Button>
    </span>
  );
}
