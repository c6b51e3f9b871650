import type { PlatformId } from '../../contract/models.ts';
import { digits } from '../world/ids.ts';
import type { Product } from '../world/model.ts';
import type { Prng } from '../world/prng.ts';

interface Catalogue {
  readonly titles: readonly string[];
  /** Smallest and largest price, in whole units. */
  readonly prices: readonly [number, number];
  readonly step: number;
  readonly show: (amount: number) => string;
}

const thousands = (amount: number, mark: string): string => String(amount).replace(/\B(?=(\d{3})+$)/g, mark);

const catalogues: Readonly<Record<string, Catalogue>> = {
  ID: {
    titles: [
      'Rak Dinding Kayu Jati 60 cm',
      'Keranjang Rotan Bulat',
      'Lampu Meja Bambu',
      'Sarung Bantal Linen 45×45',
      'Cermin Bulat Bingkai Kayu',
      'Tirai Macrame 2 m',
      'Meja Lipat Serbaguna',
      'Vas Keramik Putih',
    ],
    prices: [45, 640],
    step: 1000,
    show: (amount) => `Rp ${thousands(amount, '.')}`,
  },
  TH: {
    titles: [
      'ชั้นวางติดผนังไม้สัก 60 ซม.',
      'ตะกร้าหวายสานทรงกลม',
      'โคมไฟตั้งโต๊ะไม้ไผ่',
      'ปลอกหมอนลินิน 45×45',
      'กระจกกลมกรอบไม้',
      'ม่านมาคราเม่ 2 ม.',
      'โต๊ะพับอเนกประสงค์',
      'แจกันเซรามิกสีขาว',
    ],
    prices: [9, 189],
    step: 10,
    show: (amount) => `฿${thousands(amount, ',')}`,
  },
  VN: {
    titles: [
      'Tai nghe không dây Hive Air 2',
      'Loa bluetooth chống nước Hive Go',
      'Micro thu âm USB Hive Cast',
      'Tai nghe chụp tai chống ồn Hive Pro',
      'Cáp sạc bện dù USB-C 2 m',
      'Soundbar Hive Home 80W',
      'Hộp đựng tai nghe da',
      'Đế sạc không dây 15W',
    ],
    prices: [59, 1890],
    step: 1000,
    show: (amount) => `₫${thousands(amount, '.')}`,
  },
  PH: {
    titles: [
      'Hive Air 2 True Wireless Earbuds',
      'Hive Go Waterproof Bluetooth Speaker',
      'Hive Cast USB Microphone',
      'Hive Pro Noise Cancelling Headphones',
      'Braided USB-C Cable 2 m',
      'Hive Home 80W Soundbar',
      'Leather Earbuds Case',
      '15W Wireless Charging Pad',
    ],
    prices: [9, 349],
    step: 10,
    show: (amount) => `₱${thousands(amount, ',')}`,
  },
  MY: {
    titles: [
      'Bakul Rotan Anyaman Tangan',
      'Lilin Wangi Serai 200 g',
      'Beg Tote Batik',
      'Set Cawan Seramik 4 pcs',
      'Tikar Mengkuang 120×180',
      'Hiasan Dinding Macrame',
      'Sabun Buatan Tangan Susu Kambing',
      'Lampu Kain Songket',
    ],
    prices: [12, 189],
    step: 1,
    show: (amount) => `RM ${amount}.90`,
  },
  SG: {
    titles: [
      'Handwoven Rattan Basket',
      'Lemongrass Scented Candle 200 g',
      'Batik Tote Bag',
      'Ceramic Cup Set of 4',
      'Mengkuang Mat 120×180',
      'Macrame Wall Hanging',
      'Goat Milk Soap, handmade',
      'Songket Table Lamp',
    ],
    prices: [6, 98],
    step: 1,
    show: (amount) => `S$${amount}.90`,
  },
};

/** What a shop sells, titles in its site's language, ids and prices from the seed. */
export function productsOf(name: string, site: string, platform: PlatformId, prng: Prng): Product[] {
  const catalogue = catalogues[site];
  if (catalogue === undefined) throw new Error(`no catalogue for ${name} ${site}`);
  return catalogue.titles.map((title) => {
    const amount = prng.int(catalogue.prices[0], catalogue.prices[1]) * catalogue.step;
    const itemId = platform === 'tiktok' ? `17294${digits(prng, 14)}` : digits(prng, 10);
    return { itemId, title, amount, price: catalogue.show(amount) };
  });
}
