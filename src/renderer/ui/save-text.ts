/** Gives the person a text to keep as a file, wherever the browser saves files. */
export function saveText(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // At once would be too early where the browser asks first where to put it.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
