/** Copies by selecting, where the page is refused the clipboard itself (Electron grants no permissions). */
function copyBySelection(text: string, beside: HTMLElement): boolean {
  const field = document.createElement('textarea');
  field.value = text;
  field.readOnly = true;
  field.className = 'visually-hidden';
  field.setAttribute('aria-hidden', 'true');
  // Beside the button: a dialog keeps the focus inside itself.
  beside.after(field);
  field.select();
  const copied = document.execCommand('copy');
  field.remove();
  beside.focus({ preventScroll: true });
  return copied;
}

/** Puts a text on the clipboard at a press of `button`; false when that did not work. */
export async function copyText(text: string, button: HTMLElement): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text, button);
  }
}
