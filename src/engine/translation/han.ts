/** Common characters that only simplified, and only traditional texts hold. */
const SIMPLIFIED = new Set(
  '们这个来时说还会对没学国点么吗请问现货运费发单号里买卖价钱谢谢换货退货颜实样让给见觉应该东车长门马风书电话开关间机过进远边气爱总后头网线红绿师听写读诉认识张务动热种类绍约级处备复够尽层带帮师庆库应张归录彻忆怀态战执扩扫扬换据损摆数无旧显晓暂术权来极构标树样桥检楼欢歧残毁每比毕毡气汇汉汤沟没',
);
const TRADITIONAL = new Set(
  '們這個來時說還會對沒學國點麼嗎請問現貨運費發單號裡買賣價錢謝換退顏實樣讓給見覺應該東車長門馬風書電話開關間機過進遠邊氣愛總後頭網線紅綠師聽寫讀訴認識張務動熱種類紹約級處備復夠盡層帶幫慶庫歸錄徹憶懷態戰執擴掃揚據損擺數無舊顯曉暫術權極構標樹橋檢樓歡殘畢匯漢湯溝',
);

/** Which Chinese a text is in; where no character tells, as on its site. */
export function hanVariant(text: string, site: string): 'zh-Hans' | 'zh-Hant' {
  let [simple, full] = [0, 0];
  for (const sign of text) {
    if (SIMPLIFIED.has(sign) && !TRADITIONAL.has(sign)) simple += 1;
    if (TRADITIONAL.has(sign) && !SIMPLIFIED.has(sign)) full += 1;
  }
  if (simple !== full) return simple > full ? 'zh-Hans' : 'zh-Hant';
  return site === 'TW' || site === 'HK' || site === 'MO' ? 'zh-Hant' : 'zh-Hans';
}
