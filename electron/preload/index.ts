import { ipcRenderer } from 'electron';
import { PORT_CHANNEL, PORT_MESSAGE } from '../../src/wire/electron-handshake.ts';

// The one thing the page gets from outside its own world: a port to the engine.
ipcRenderer.on(PORT_CHANNEL, (event) => {
  const [port] = event.ports;
  if (port !== undefined) window.postMessage(PORT_MESSAGE, location.origin, [port]);
});
