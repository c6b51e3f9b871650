/**
 * Which layer may import what: the table of ARCHITECTURE.md, "Layers", as data.
 * Do not widen a row to make a finding go away; move the code to the layer it belongs to.
 */
export interface Zone {
  readonly name: string;
  /** Folder from the project's root, with a slash at its end. */
  readonly folder: string;
  /** Other layers, by name. A layer may always import itself. */
  readonly layers: readonly string[];
  /** `true` for all of Node's own modules, or the ones allowed. */
  readonly node: boolean | readonly string[];
  readonly packages: readonly string[];
}

/** A package or name with one home: nobody else may import it, whatever its zone says. */
export interface Home {
  readonly package: string;
  /** Only these names of it are meant; all of them when left out. */
  readonly names?: readonly string[];
  /** Folders or files from the project's root. */
  readonly homes: readonly string[];
}

const PAGE_PACKAGES = [
  'react',
  'react-dom',
  'zustand',
  'i18next',
  'react-i18next',
  'react-virtuoso',
  'birpc',
  'zod',
  '@mantine/core',
  '@mantine/hooks',
  '@tabler/icons-react',
  '@fontsource-variable/inter',
  '@fontsource-variable/noto-sans-thai',
  'punycode.js',
];

/** The first zone whose folder holds a file is its zone, so inner folders come before outer ones. */
export const ZONES: readonly Zone[] = [
  { name: 'base', folder: 'src/base/', layers: [], node: false, packages: [] },
  { name: 'contract', folder: 'src/contract/', layers: ['base'], node: false, packages: ['zod'] },
  {
    name: 'wire',
    folder: 'src/wire/',
    layers: ['base', 'contract'],
    node: false,
    packages: ['birpc', 'zod'],
  },
  {
    name: 'channels',
    folder: 'src/channels/',
    layers: ['base'],
    node: ['crypto', 'buffer'],
    packages: ['undici', 'lossless-json'],
  },
  {
    name: 'engine',
    folder: 'src/engine/',
    layers: ['base', 'contract', 'wire', 'channels'],
    node: true,
    packages: [
      'better-sqlite3',
      'playwright-core',
      'undici',
      'zod',
      'lossless-json',
      'proxy-chain',
      'jose',
      'saxes',
      'temporal-polyfill',
      'tinyld',
      'yauzl',
    ],
  },
  {
    name: 'renderer',
    folder: 'src/renderer/',
    layers: ['base', 'contract', 'wire', 'locales'],
    node: false,
    packages: PAGE_PACKAGES,
  },
  {
    name: 'hosting',
    folder: 'src/hosting/',
    layers: ['base', 'contract', 'wire'],
    node: true,
    packages: ['zod'],
  },
  {
    name: 'webhost',
    folder: 'src/webhost/',
    layers: ['base', 'contract', 'wire', 'hosting'],
    node: true,
    packages: ['ws', 'zod'],
  },
  {
    name: 'sandbox',
    folder: 'src/sandbox/',
    layers: ['base', 'contract'],
    node: true,
    packages: ['ws', 'zod', 'lossless-json'],
  },
  {
    name: 'relay',
    folder: 'src/relay/',
    layers: ['base', 'contract'],
    node: true,
    packages: ['ws', 'zod', 'lossless-json'],
  },
  { name: 'preload', folder: 'electron/preload/', layers: ['wire'], node: false, packages: ['electron'] },
  {
    name: 'electron',
    folder: 'electron/',
    layers: ['base', 'contract', 'wire', 'hosting', 'locales'],
    node: true,
    packages: ['electron'],
  },
  {
    name: 'scripts',
    folder: 'scripts/',
    layers: ['base', 'contract', 'hosting'],
    node: true,
    packages: ['playwright-core', 'electron-builder', 'zod'],
  },
  { name: 'locales', folder: 'resources/locales/', layers: [], node: false, packages: [] },
];

export const HOMES: readonly Home[] = [
  { package: 'better-sqlite3', homes: ['src/engine/db/'] },
  { package: 'playwright-core', homes: ['src/engine/browsers/', 'scripts/'] },
  { package: 'yauzl', homes: ['src/engine/proxies/lists/xlsx/'] },
  { package: 'jose', homes: ['src/engine/translation/'] },
  { package: 'tinyld', homes: ['src/engine/translation/'] },
  { package: 'saxes', homes: ['src/engine/proxies/lists/xlsx/'] },
  { package: 'electron', homes: ['electron/'] },
  // Page and engine speak over a port: nothing needs Electron's own channels but the preload, to receive it.
  { package: 'electron', names: ['ipcMain'], homes: [] },
  { package: 'electron', names: ['ipcRenderer', 'contextBridge'], homes: ['electron/preload/'] },
  // One choke point for all that a store sends: what goes around it goes around its proxy.
  { package: 'proxy-chain', homes: ['src/engine/net/'] },
  {
    package: 'undici',
    homes: ['src/engine/net/', 'src/channels/http-client.ts', 'src/channels/http-exchange.ts'],
  },
];

/** Node's own ways to another machine, with the folder of the engine that may use them. */
const WAYS_OUT = {
  modules: ['net', 'tls', 'http', 'https', 'http2', 'dgram', 'dns'],
  home: 'src/engine/net/',
};

/** Tests, end-to-end specs, benchmarks and fault runs look at everything and ship nowhere. */
const FREE = [
  /\.test\.tsx?$/,
  /^src\/testing\//,
  /^src\/e2e\//,
  /^src\/bench\//,
  /^src\/faults\//,
  /^src\/isolation\//,
];
const TEST_ONLY = ['src/testing/', 'src/e2e/', 'src/bench/', 'src/faults/', 'src/isolation/'];

/** The zone a file belongs to, or undefined for files outside every zone (tool configuration, tests). */
export function zoneOf(file: string): Zone | undefined {
  if (FREE.some((pattern) => pattern.test(file))) return undefined;
  return ZONES.find((zone) => file.startsWith(zone.folder));
}

/**
 * Why `file` may not import `target` (both as paths from the root), or undefined if it may.
 * A target outside every zone is refused too: a new folder needs a row in the table first.
 */
export function judgeFile(file: string, target: string): string | undefined {
  const zone = zoneOf(file);
  if (zone === undefined) return undefined;
  if (TEST_ONLY.some((folder) => target.startsWith(folder)) || /\.test\.tsx?$/.test(target)) {
    return `${zone.name} ships; it may not import test code (${target}).`;
  }
  const other = ZONES.find((candidate) => target.startsWith(candidate.folder));
  if (other === zone || (other !== undefined && zone.layers.includes(other.name))) return undefined;
  const allowed = zone.layers.length === 0 ? 'nothing outside itself' : zone.layers.join(', ');
  return `${zone.name} may import ${allowed}; not ${other?.name ?? target}.`;
}

/** Why `file` may not import a package or one of Node's modules, or undefined if it may. */
export function judgePackage(file: string, specifier: string, names: readonly string[]): string | undefined {
  const zone = zoneOf(file);
  if (zone === undefined) return undefined;
  if (specifier.startsWith('node:')) {
    const name = specifier.slice('node:'.length);
    const allowed = zone.node === true || (zone.node !== false && zone.node.includes(name));
    if (!allowed) return `${zone.name} may not import ${specifier}.`;
    const isWayOut = zone.name === 'engine' && WAYS_OUT.modules.includes(name.split('/')[0] ?? name);
    return isWayOut && !file.startsWith(WAYS_OUT.home)
      ? `${specifier}: only in ${WAYS_OUT.home}.`
      : undefined;
  }
  const name = packageName(specifier);
  if (!zone.packages.includes(name)) return `${zone.name} may not import the package ${name}.`;
  const home = HOMES.find(
    (candidate) =>
      candidate.package === name &&
      (candidate.names === undefined || candidate.names.some((banned) => names.includes(banned))) &&
      !candidate.homes.some((folder) => file.startsWith(folder)),
  );
  if (home === undefined) return undefined;
  const what = home.names === undefined ? name : `${home.names.join(', ')} of ${name}`;
  return `${what}: ${home.homes.length === 0 ? 'nobody uses it here' : `only in ${home.homes.join(', ')}`}.`;
}

/** The package a specifier belongs to: `@mantine/core/styles.css` is `@mantine/core`. */
function packageName(specifier: string): string {
  const parts = specifier.split('/');
  return parts.slice(0, specifier.startsWith('@') ? 2 : 1).join('/');
}
