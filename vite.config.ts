import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
/** Stay outside the bundle: native code, or a package that reads its own files. */
const external = ['electron', 'better-sqlite3', 'playwright-core'];

export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      rollupOptions: {
        external,
        input: {
          index: at('electron/main/index.ts'),
          engine: at('src/engine/main.ts'),
          webhost: at('src/webhost/main.ts'),
          sandbox: at('src/sandbox/main.ts'),
        },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      rollupOptions: {
        external: ['electron'],
        input: { index: at('electron/preload/index.ts') },
        // A sandboxed preload can only be CommonJS.
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: at('src/renderer'),
    plugins: [react()],
    build: {
      outDir: at('out/renderer'),
      // Everything comes from this machine: one script is the fastest.
      chunkSizeWarningLimit: 2000,
      minify: true,
      // The page's policy refuses data: addresses.
      assetsInlineLimit: 0,
      rollupOptions: { input: at('src/renderer/index.html') },
    },
  },
});
