import { useEffect, useRef, useState } from 'react';

const hasFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') === true;

/**
 * React hook: files dropped anywhere in the window come here; answers whether some are being dragged over it. A file
 * dropped beside a drop target would otherwise open in place of the page. Under a dialog nothing is taken, nor while
 * whoever asks is not `shown`: views are kept beneath one another.
 */
export function useDrop(onFiles: (files: readonly File[]) => void, shown = true): boolean {
  const [over, setOver] = useState(false);
  const take = useRef<typeof onFiles | null>(null);
  useEffect(() => {
    take.current = shown ? onFiles : null;
  }, [onFiles, shown]);
  useEffect(() => {
    const onDrag = (event: DragEvent): void => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setOver(true);
    };
    const onLeave = (event: DragEvent): void => {
      // Leaving one element for another names it; leaving the window names none.
      if (event.relatedTarget === null) setOver(false);
    };
    const onDrop = (event: DragEvent): void => {
      setOver(false);
      if (!hasFiles(event)) return;
      event.preventDefault();
      if (document.querySelector('[role="dialog"], dialog[open]') !== null) return;
      take.current?.([...(event.dataTransfer?.files ?? [])]);
    };
    window.addEventListener('dragenter', onDrag);
    window.addEventListener('dragover', onDrag);
    window.addEventListener('dragleave', onLeave);
    window.addEventListener('drop', onDrop);
    return () => {
      window.removeEventListener('dragenter', onDrag);
      window.removeEventListener('dragover', onDrag);
      window.removeEventListener('dragleave', onLeave);
      window.removeEventListener('drop', onDrop);
    };
  }, []);
  return over && shown;
}

/**
 * The pictures of a paste; none when it holds text too: office programs put a picture of the text beside it.
 */
export function pastedFiles(data: Pick<DataTransfer, 'files' | 'getData'>): File[] {
  return data.files.length > 0 && data.getData('text/plain') === '' ? [...data.files] : [];
}
