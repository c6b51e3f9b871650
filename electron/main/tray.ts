import { app, Menu, nativeImage, Tray } from 'electron';
import { hostWords } from './words.ts';

/** Puts Counterdesk among the small icons of Windows and Linux; macOS has its dock. Keep the result, or it is collected. */
export function putInTray(icon: string, open: () => void): Tray | null {
  if (process.platform === 'darwin') return null;
  const words = hostWords();
  const tray = new Tray(nativeImage.createFromPath(icon).resize({ width: 22, height: 22 }));
  tray.setToolTip('Counterdesk');
  tray.setContextMenu(
    Menu.buildFromTemplate([
      { label: words.open, click: open },
      { label: words.quit, click: () => app.quit() },
    ]),
  );
  tray.on('click', open);
  return tray;
}
