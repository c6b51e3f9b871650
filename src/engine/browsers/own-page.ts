import type { PlatformId } from '../../contract/models.ts';
import type { AccountFacts } from './parts.ts';

/** The platforms' colours, as in the panel. */
const colours: Readonly<Record<PlatformId, string>> = {
  shopee: '#d33b17',
  lazada: '#3a2bd0',
  tiktok: '#16181d',
};
const names: Readonly<Record<PlatformId, string>> = {
  shopee: 'Shopee',
  lazada: 'Lazada',
  tiktok: 'TikTok Shop',
};

/** Whose browser it is, in names alone: they are the same in every language. */
export function labelOf({ platform, stores }: Pick<AccountFacts, 'platform' | 'stores'>): string {
  const sites = [...new Set(stores.map((store) => store.site))].join(' ');
  const shops = [...new Set(stores.map((store) => store.name))].join(' + ');
  return oneLine(`${names[platform]} ${sites} · ${shops}`);
}

/** The first tab of a store's window: whose it is, large and in its platform's colour. It loads nothing. */
export function ownPage(facts: Pick<AccountFacts, 'platform' | 'stores'>): string {
  const rows = facts.stores
    .map((store) => `<li><b>${escaped(store.site)}</b> ${escaped(oneLine(store.name))}</li>`)
    .join('');
  return `<!doctype html><meta charset="utf-8"><title>${escaped(labelOf(facts))}</title>
<style>
  :root { color-scheme: light dark; font: 1.5rem system-ui, sans-serif; }
  body { margin: 0; min-height: 100vh; display: grid; place-content: center; border-top: 1rem solid ${colours[facts.platform]}; box-sizing: border-box; }
  h1 { margin: 0; font-size: 3rem; overflow-wrap: anywhere; }
  ul { margin: 1.5rem 0 0; padding: 0; list-style: none; line-height: 1.6; }
  li { overflow-wrap: anywhere; }
  b { display: inline-block; min-width: 2.5em; padding: 0 .4em; border-radius: .3em; color: #fff; background: ${colours[facts.platform]}; text-align: center; }
</style>
<h1>${escaped(names[facts.platform])}</h1><ul>${rows}</ul>`;
}

/** A name can hold anything: in a title it is one line, read in one direction. */
function oneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ').trim();
}

function escaped(text: string): string {
  const entities: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
  };
  return text.replaceAll(/[&<>"]/g, (sign) => entities[sign] ?? sign);
}
