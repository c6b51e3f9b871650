/** The DOM id of the composer's field. */
export const composerFieldId = 'composer-field';

let wantedFor: number | null = null;

/** Puts the cursor into the composer of a conversation: now if it is shown, else as soon as it is. */
export function focusComposer(conversationId: number): void {
  const field = document.getElementById(composerFieldId);
  if (field?.dataset['conversationId'] === String(conversationId)) field.focus();
  else wantedFor = conversationId;
}

/** Whether a composer that has just been shown should take the cursor; asked once. */
export function takeFocusWish(conversationId: number): boolean {
  const wanted = wantedFor === conversationId;
  wantedFor = null;
  return wanted;
}
