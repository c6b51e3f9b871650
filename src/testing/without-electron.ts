// Loaded before a script (`--import`): whatever asks for Electron there fails, as in a plain Node without the package.
import { registerHooks } from 'node:module';

registerHooks({
  resolve(specifier, context, next) {
    if (specifier === 'electron' || specifier.startsWith('electron/')) {
      throw new Error(`${specifier} may not be loaded here.`);
    }
    return next(specifier, context);
  },
});
