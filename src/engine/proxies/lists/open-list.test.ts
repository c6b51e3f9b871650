import { describe, expect, it } from 'vitest';
import { xlsxFile } from '../../../testing/xlsx-file.ts';
import { zipFile } from '../../../testing/zip-file.ts';
import { createReadExpiry } from './expiry.ts';
import { openList, type ListSource } from './open-list.ts';
import { readRow, rowOfText } from './row.ts';

const readExpiry = createReadExpiry('Asia/Singapore');
const END = Date.parse('2026-12-31T15:59:59.999Z');

/** Each row as `row: what it says`, with only what is said. */
async function understood(source: ListSource, maxRows = 1000): Promise<string[]> {
  const { rows } = await openList(source, maxRows);
  return rows.map((raw) => {
    const reading = readRow(raw, readExpiry);
    if (reading.kind === 'wrong') return `${raw.row}: ${reading.problem}`;
    const [{ host, port, ...rest } = { host: '', port: 0 }] = reading.said;
    const more = Object.entries({ ...rest, stores: reading.stores })
      .filter(([, value]) => value !== '' && value !== null && value !== undefined)
      .map(([name, value]) => ` ${name}=${name === 'expiresAt' && value === END ? 'end' : String(value)}`);
    return `${raw.row}: ${reading.isSure ? '' : '? '}${host}:${port}${more.join('')}`;
  });
}

const ENGLISH = [
  'Store,IP,Port,User name,Password,Type,Expiry date,Note,Tag,Provider,Country,Rotation link',
  'Hive Audio,203.0.113.7,8080,mai,"p,a""ss",SOCKS5,2026-12-31,"two\r\nlines",dc,Acme,Singapore,https://p.example/r?a=1',
  ',,,,,,,,,,,',
  ',203.0.113.8,8081,,,,,,,,,',
].join('\r\n');
const ENGLISH_ROWS = [
  '2: 203.0.113.7:8080 protocol=socks5 username=mai password=p,a"ss rotation=https://p.example/r?a=1 provider=Acme tag=dc note=two lines country=SG expiresAt=end stores=Hive Audio',
  '4: 203.0.113.8:8081',
];
const CHINESE = [
  '店铺名称\tIP地址\t端口\t账号\t密码\t协议\t到期时间\t备注\t标签\t来源\t国家/地区\t刷新链接',
  '好运店\t203.0.113.7\t8080\tmai\ts3cret\thttp代理\t2026年12月31日\t第一批\t静态\t某云\t泰国\thttps://p.example/r',
].join('\n');
const CHINESE_ROWS = [
  '2: 203.0.113.7:8080 protocol=http username=mai password=s3cret rotation=https://p.example/r provider=某云 tag=静态 note=第一批 country=TH expiresAt=end stores=好运店',
];
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
/** 店铺,地址,端口 / 好运店,203.0.113.7,8080, as Chinese Excel writes it. */
const GBK = Uint8Array.from([
  0xb5,
  0xea,
  0xc6,
  0xcc,
  0x2c,
  0xb5,
  0xd8,
  0xd6,
  0xb7,
  0x2c,
  0xb6,
  0xcb,
  0xbf,
  0xda,
  0x0d,
  0x0a,
  0xba,
  0xc3,
  0xd4,
  0xcb,
  0xb5,
  0xea,
  ...bytes(',203.0.113.7,8080\r\n'),
]);

describe('tables', () => {
  it.each([
    ['English', ENGLISH, ENGLISH_ROWS],
    ['Chinese', CHINESE, CHINESE_ROWS],
    [
      'semicolons',
      'Host;Port;Login;Pwd\n203.0.113.7;8080;mai;"s;3"',
      ['2: 203.0.113.7:8080 username=mai password=s;3'],
    ],
    ['bars', 'ip|port|user|pass\n203.0.113.7|8080|mai|s3', ['2: 203.0.113.7:8080 username=mai password=s3']],
    ['a title above', 'IP list of July\n\nip,port\n203.0.113.7,8080', ['4: 203.0.113.7:8080']],
    [
      'whole proxies in a column',
      'Proxy,Shop\nmai:p@ss@203.0.113.7:8080,Hive',
      ['2: 203.0.113.7:8080 username=mai password=p@ss stores=Hive'],
    ],
    [
      'a port in the host column',
      'ip,user,password\n203.0.113.7:8080,mai,s3',
      ['2: 203.0.113.7:8080 username=mai password=s3'],
    ],
    [
      'a scheme in the host column',
      'host,port\nsocks5://gate.example.com,7000',
      ['2: gate.example.com:7000 protocol=socks5'],
    ],
    [
      'IPv6',
      'host,port\n2001:db8::7,7000\n[2001:db8::8],7000',
      ['2: 2001:db8::7:7000', '3: 2001:db8::8:7000'],
    ],
    ['a bare word as host', 'host,port\nproxy,3128', ['2: proxy:3128']],
    [
      'guarded formulas',
      "host,port,password\n203.0.113.7,8080,'=1+1\n203.0.113.8,8080,''@x",
      ['2: 203.0.113.7:8080 password==1+1', "3: 203.0.113.8:8080 password='@x"],
    ],
    [
      'what is wrong',
      'host,port,type,expiry,country\n203.0.113.7,99999,,,\n203.0.113.300,80,,,\n,80,,,\n203.0.113.7,80,ftp,,\n203.0.113.7,80,,soon,\n203.0.113.7,80,,,Atlantis',
      ['2: bad-port', '3: bad-host', '4: no-address', '5: bad-protocol', '6: bad-expiry', '7: bad-country'],
    ],
    [
      'a date of two readings',
      'host,port,expiry\n203.0.113.7,80,11/12/2026',
      ['2: ? 203.0.113.7:80 expiresAt=1797004799999'],
    ],
    ['one column', 'proxy\n203.0.113.7:8080:mai:s3', ['2: 203.0.113.7:8080 username=mai password=s3']],
  ])('%s', async (_, text, rows) => {
    expect(await understood(text)).toEqual(rows);
    expect(await understood(bytes(text))).toEqual(rows);
  });

  it('name what their columns mean, and a row of one can be corrected', async () => {
    const { columns, rows } = await openList(CHINESE, 10);
    expect(columns.join(' ')).toBe(
      'store host port username password protocol expiry note tag provider country rotation',
    );
    const source = rows[0]?.source.replace('8080', '9090') ?? '';
    expect(readRow(rowOfText(2, source, columns), readExpiry)).toMatchObject({
      said: [{ port: 9090, tag: '静态' }],
    });
  });
});

describe('encodings', () => {
  const utf16 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'utf16le'));
  it.each([
    ['UTF-8 with a mark', bytes(`\uFEFF${CHINESE}`)],
    ['UTF-16 LE', utf16(`\uFEFF${CHINESE}`)],
    ['UTF-16 BE', utf16(`\uFEFF${CHINESE}`).map((_, at, all) => all[at ^ 1] ?? 0)],
  ])('%s', async (_, file) => expect(await understood(file)).toEqual(CHINESE_ROWS));
  it('GBK', async () => expect(await understood(GBK)).toEqual(['2: 203.0.113.7:8080 stores=好运店']));
  it('UTF-16 without a mark', async () => {
    const lines = utf16('203.0.113.7:8080:mai:s3\n203.0.113.8:8080');
    expect(await understood(lines)).toHaveLength(2);
    expect(await understood(lines.map((_, at, all) => all[at ^ 1] ?? 0))).toHaveLength(2);
  });
  it('of nobody: what is ASCII can be read', async () => {
    expect(
      await understood(Uint8Array.from([...bytes('203.0.113.7:8080 # '), 0xff, 0x81, 0x20])),
    ).toHaveLength(1);
  });
});

describe('lines', () => {
  it('of any kind, with blank ones and comments between them', async () => {
    const text =
      '# July\r\n\r\n203.0.113.7:8080\r203.0.113.8,8080,"us,er",s3\nnonsense\n{"ip":"203.0.113.9","port":80}';
    expect(await understood(text)).toEqual([
      '3: 203.0.113.7:8080',
      '4: 203.0.113.8:8080 username=us,er password=s3',
      '5: no-address',
      '6: 203.0.113.9:80',
    ]);
  });
});

describe('JSON', () => {
  const adsPower = {
    proxy_soft: 'brightdata',
    proxy_type: 'socks5',
    proxy_host: '203.0.113.7',
    proxy_port: '8080',
    proxy_user: 'mai',
    proxy_password: 'p@:/ss',
    proxy_url: 'https://p.example/r',
  };
  const row =
    '1: 203.0.113.7:8080 protocol=socks5 username=mai password=p@:/ss rotation=https://p.example/r provider=brightdata';
  it.each([
    ['AdsPower', [adsPower], [row]],
    ['of one', adsPower, [row]],
    [
      'in a profile',
      [{ name: 'Hive', user_proxy_config: { ...adsPower, proxy_soft: 'other', proxy_port: 8080 } }],
      [row.replace(' provider=brightdata', ' name=Hive')],
    ],
    ['an answer of an API', { code: 0, data: { list: [adsPower] } }, [row]],
    ['no proxy', [{ proxy_soft: 'no_proxy' }], ['1: no-address']],
    [
      'FoxyProxy',
      {
        mode: 'x',
        data: [
          {
            title: 'A',
            type: 'http',
            hostname: '203.0.113.7',
            port: '8080',
            username: 'mai',
            password: 's3',
            cc: 'US',
            include: [],
          },
        ],
      },
      ['1: 203.0.113.7:8080 protocol=http username=mai password=s3 name=A country=US'],
    ],
    ['lines', ['203.0.113.7:8080', 5, null], ['1: 203.0.113.7:8080', '2: no-address', '3: no-address']],
    [
      'keys of objects themselves',
      [{ ['__proto__']: 'x', constructor: 'y', host: '203.0.113.7', port: 80 }],
      ['1: 203.0.113.7:80'],
    ],
  ])('%s', async (_, value, rows) => expect(await understood(JSON.stringify(value))).toEqual(rows));
  it('that is cut off is read as lines', async () =>
    expect(await understood('[{"ip":')).toEqual(['1: no-address']));
});

describe('workbooks', () => {
  const header = ['店铺', 'IP', '端口', '密码', '到期'];
  it('with dates, numbers, hidden sheets and empty rows', async () => {
    const rows = [
      ['IP 列表'],
      header,
      ['好运店', '203.0.113.7', 8080, '=1+1', { date: 46387 }],
      null,
      [null, '203.0.113.8', 80, 123456, { date: 46387.5 }],
    ];
    expect(await understood(xlsxFile(rows, { hiddenFirst: true }))).toEqual([
      '3: 203.0.113.7:8080 password==1+1 expiresAt=end stores=好运店',
      `5: 203.0.113.8:80 password=123456 expiresAt=${Date.parse('2026-12-31T04:00:00Z')}`,
    ]);
    const mac = [header, ['', '203.0.113.7', 8080, '', { date: 46387 - 1462 }]];
    expect(await understood(xlsxFile(mac, { from1904: true }))).toEqual([
      '2: 203.0.113.7:8080 expiresAt=end',
    ]);
  });

  it('without a header: cells as a line', async () => {
    const rows = [
      ['203.0.113.7', 8080, 'mai', 's3,|;'],
      ['203.0.113.8:8080:mai:s3'],
      ['# comment'],
      ['203.0.113.9:8080:mai:s3', 'spare'],
    ];
    expect(await understood(xlsxFile(rows))).toEqual([
      '1: 203.0.113.7:8080 username=mai password=s3,|;',
      '2: 203.0.113.8:8080 username=mai password=s3',
      '4: 203.0.113.9:8080 username=mai password=s3 note=spare',
    ]);
  });

  it('with every kind of cell', async () => {
    const xml = (text: string): { xml: string } => ({ xml: text });
    const rich = xml(
      '<c r="B2" t="inlineStr"><is><r><t>203.0.</t></r><r><t>113.7</t></r><rPh><t>x</t></rPh></is></c>',
    );
    const rows = [
      header,
      [
        'a_x000D_b',
        rich,
        xml('<c r="C2"><f>80*101</f><v>8080.0</v></c>'),
        xml('<c r="D2" t="str"><f>A1</f><v>s3</v></c>'),
        xml('<c r="E2" t="e"><v>#N/A</v></c>'),
      ],
    ];
    expect(await understood(xlsxFile(rows))).toEqual(['2: 203.0.113.7:8080 password=s3 stores=a b']);
  });
});

describe('a list that can’t be read', () => {
  const reason = (source: ListSource, maxRows = 3): Promise<unknown> =>
    openList(source, maxRows).then(
      () => 'read',
      (error: { code: string; details: { reason: string } }) => `${error.code} ${error.details.reason}`,
    );
  const sheet = (xml: string): Record<string, string> => ({
    'xl/workbook.xml': '<workbook/>',
    'xl/worksheets/sheet1.xml': xml,
  });

  it.each<[string, ListSource, string]>([
    ['nothing', '', 'invalid empty'],
    ['blanks and comments', ' \n# x\n', 'invalid empty'],
    ['only a header', 'ip,port\n', 'invalid empty'],
    ['[]', '[]', 'invalid empty'],
    [
      'a program',
      Uint8Array.from({ length: 5000 }, (_, at) => (at % 3 === 0 ? 0 : 0x41)),
      'invalid unreadable-file',
    ],
    ['an empty zip', zipFile({}), 'invalid unreadable-file'],
    ['another zip', zipFile({ 'a.txt': '203.0.113.7:8080' }), 'invalid unreadable-file'],
    ['a zip cut off', xlsxFile([['203.0.113.7:8080']]).slice(0, 900), 'invalid unreadable-file'],
    ['XML cut off', zipFile(sheet('<worksheet><sheetData><row>')), 'invalid unreadable-file'],
    ['too many rows', '203.0.113.7:1\n'.repeat(4), 'invalid too-many-rows'],
    ['too many in a table', `ip,port\n${'203.0.113.7,1\n'.repeat(4)}`, 'invalid too-many-rows'],
    ['too many in JSON', JSON.stringify(['a:1', 'a:2', 'a:3', 'a:4']), 'invalid too-many-rows'],
    [
      'too many in a workbook',
      xlsxFile(Array.from({ length: 20 }, () => ['203.0.113.7:1'])),
      'invalid too-many-rows',
    ],
    [
      'a size that lies',
      zipFile({ ...sheet('<worksheet/>'), 'xl/styles.xml': ' '.repeat(1e6) }, 5),
      'invalid unreadable-file',
    ],
    [
      'entities that grow',
      zipFile(sheet('<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;">]><worksheet>&c;</worksheet>')),
      'invalid unreadable-file',
    ],
  ])('%s', async (_, source, expected) => expect(await reason(source)).toBe(expected));

  it('a workbook that grows beyond all bounds', async () => {
    const bomb = zipFile(sheet(`<worksheet>${' '.repeat(170_000_000)}</worksheet>`));
    expect(bomb.byteLength).toBeLessThan(1_000_000);
    expect(await reason(bomb)).toBe('invalid unreadable-file');
  });
});
