/** Common characters as they are simplified, each with its traditional form. */
const PAIRS =
  '们們这這个個来來时時说說还還会會对對没沒学學国國点點么麼吗嗎请請问問现現货貨运運费費发發单單号號里裡买買卖賣价價钱錢谢謝换換颜顏实實样樣让讓给給见見觉覺应應该該东東车車长長门門马馬风風书書电電话話开開关關间間机機过過进進远遠边邊气氣爱愛总總后後头頭网網线線红紅绿綠师師听聽写寫读讀诉訴认認识識张張务務动動热熱种種类類绍紹约約级級处處备備复復够夠尽盡层層带帶帮幫庆慶库庫归歸录錄忆憶怀懷态態战戰执執扩擴扫掃扬揚据據损損摆擺数數无無旧舊显顯晓曉暂暫术術权權极極构構标標树樹桥橋检檢楼樓欢歡残殘毕畢汇匯汉漢汤湯沟溝';

const SIMPLIFIED = new Set([...PAIRS].filter((_, index) => index % 2 === 0));
const TRADITIONAL = new Set([...PAIRS].filter((_, index) => index % 2 === 1));

/** Which Chinese a text is in; where no character tells, as on its site. */
export function hanVariant(text: string, site: string): 'zh-Hans' | 'zh-Hant' {
  const count = (of: ReadonlySet<string>): number => [...text].filter((sign) => of.has(sign)).length;
  const [simple, full] = [count(SIMPLIFIED), count(TRADITIONAL)];
  if (simple !== full) return simple > full ? 'zh-Hans' : 'zh-Hant';
  return site === 'TW' || site === 'HK' || site === 'MO' ? 'zh-Hant' : 'zh-Hans';
}
