import { createReadExpiry } from '../engine/proxies/lists/expiry.ts';
import { readLine } from '../engine/proxies/lists/line.ts';
import { listDesk, type ListDesk } from '../testing/list-desk.ts';
import { compare, type Bench, type Sample } from './harness.ts';

const LINES = 100_000;
const PREVIEWED = 20_000;
const ZONE = 'Asia/Singapore';

/** Every way in which people keep proxies, in turn; of each the parts differ from line to line. */
const forms: readonly ((n: number) => string)[] = [
  (n) => `203.${n >> 16}.${(n >> 8) & 255}.${n & 255}:8080`,
  (n) => `203.0.113.7:${1 + (n % 65_535)}:user${n}:pa-${n}ss`,
  (n) => `user${n}:p@:/%#${n}@gate${n}.example.com:7000`,
  (n) => `user${n}:pa-ss${n}:203.0.113.7:8080`,
  (n) => `socks5://user${n}:p%40ss${n}@gate.example.com:7000`,
  (n) => `http://203.0.113.7:8080:user${n}:pa-ss${n}`,
  (n) => `[2001:db8::${(n % 65_535).toString(16)}]:8080:user${n}:pass`,
  (n) => `203.0.113.7:8080:user${n}:pass[https://p.example/rotate?key=${n}]`,
  (n) => `203.0.113.7|8080|user${n}|pass${n}|2026-12-31`,
  (n) => `203.0.113.7\t8080\tuser${n}\tpass${n}\tSG`,
  (n) => `203.0.113.7,8080,user${n},"pa,ss${n}",note ${n}`,
  (n) => `gate.example.com;7000;user${n};pass${n}`,
  (n) => `203.0.113.7:8080 user${n} pass${n} # store ${n}`,
  (n) => `https://gate.example.com:443?title=Work&username=user${n}&password=pass${n}&cc=US`,
  (n) => `203.0.113.256:${n}`,
];
const lines = Array.from({ length: LINES }, (_, n) => (forms[n % forms.length] ?? String)(n));

/** Milliseconds of this thread's processor time: other work on the machine does not count. */
async function processorMs(work: () => unknown): Promise<number> {
  const begin = process.threadCpuUsage();
  await work();
  const { user, system } = process.threadCpuUsage(begin);
  return (user + system) / 1000;
}

/** Lines a second. */
const rate = (work: (line: string) => unknown): Sample => {
  let kept: unknown;
  return async () => {
    const spent = await processorMs(() => {
      for (const line of lines) kept = work(line);
    });
    if (kept === undefined) throw new Error('Nothing was read');
    return (LINES * 1000) / spent;
  };
};

/** What one writes first: an address if it has a scheme, else what stands between the colons. It gets 6 of the 15 forms right. */
function naive(line: string): unknown {
  if (line.includes('://')) {
    const url = URL.parse(line);
    return url === null
      ? 'wrong'
      : { host: url.hostname, port: url.port, user: url.username, pass: url.password };
  }
  const [credentials, address] = line.includes('@') ? line.split('@') : ['', line];
  const [host = '', port = '', user = '', pass = ''] = (address ?? '').split(/[:|\t,; ]/);
  return /^[\w.-]+$/.test(host) && Number(port) > 0
    ? { host, port, user: user || credentials, pass }
    : 'wrong';
}

/** The whole preview as a page asks for it, answers through JSON. */
function preview(desk: ListDesk): Sample {
  const source = { kind: 'text' as const, text: lines.slice(0, PREVIEWED).join('\n') };
  return () =>
    processorMs(async () => {
      let { rest } = await desk.call('proxies.preview', { source, zone: ZONE });
      while (rest !== null) ({ rest } = await desk.call('proxies.previewRest', { rest }));
    });
}

export const importBench: Bench = {
  name: 'import',
  run: async (report) => {
    const readExpiry = createReadExpiry(ZONE);
    const ours = rate((line) => readLine(line, readExpiry));
    const sides = { unit: 'lines/s', samples: 4, discard: 2, ours };
    report(
      await compare({ ...sides, name: 'import, lines', peer: 'a limit', goal: '>=1', against: 300_000 }),
    );
    const byUrl = {
      name: 'import beside a naive parser',
      peer: 'URL or split, and one check',
      goal: '>=0.1',
    };
    report(await compare({ ...sides, ...byUrl, against: rate(naive) }));
    const split = {
      name: 'import beside only splitting',
      peer: 'split(":") and nothing else',
      goal: '>=0.03',
    };
    report(await compare({ ...sides, ...split, against: rate((line) => line.split(':')) }));
    const desk = await listDesk();
    try {
      const whole = { name: 'import, preview of 20,000', unit: 'ms', samples: 3, discard: 1, judge: 0.95 };
      report(await compare({ ...whole, peer: 'a limit', goal: '<=1', ours: preview(desk), against: 1_000 }));
    } finally {
      await desk.close();
    }
  },
};
