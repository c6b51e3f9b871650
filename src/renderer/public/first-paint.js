// Runs before anything is painted: shows the page in the theme it had last, so that it never flashes in another.
// Plain script, because modules run after the first paint. The key is the one of settings/settings-store.ts.
try {
  const { theme } = JSON.parse(localStorage.getItem('counterdesk.appearance') ?? '{}');
  const dark = theme === 'dark' || (theme !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.dataset.mantineColorScheme = dark ? 'dark' : 'light';
} catch {
  // Storage switched off: the system's theme comes with the page itself.
}
