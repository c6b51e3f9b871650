import { parseSync } from 'vite';

/** What one source file of the page says about texts. */
export interface TextScan {
  /** Keys asked for by name, with the locale file of the `useT` they belong to; null where `t` came from outside. */
  readonly asked: readonly { readonly key: string; readonly file: string | null; readonly line: number }[];
  /** Every string in the file: a key may be chosen in one place and looked up in another. */
  readonly strings: readonly string[];
  /** Keys put together at run time, as patterns. */
  readonly patterns: readonly RegExp[];
  /** Words for people that stand in the source itself. */
  readonly literals: readonly { readonly text: string; readonly line: number }[];
}

type Node = Readonly<Record<string, unknown>> & { readonly type: string; readonly start: number };
type Scope = ReadonlyMap<string, string>;

/** Attributes whose text a person sees or hears. */
const SPOKEN =
  /^(title|alt|label|placeholder|description|aria-(label|description|valuetext|roledescription))$/;
const WORDS = /\p{L}{2,}/u;

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof Reflect.get(value, 'type') === 'string';

function* childrenOf(node: Node): Generator<Node> {
  for (const value of Object.values(node)) {
    for (const item of Array.isArray(value) ? (value as unknown[]) : [value]) if (isNode(item)) yield item;
  }
}

const nameOf = (value: unknown): string =>
  isNode(value) && typeof value['name'] === 'string' ? value['name'] : '';
const stringOf = (value: unknown): string | null =>
  isNode(value) && value.type === 'Literal' && typeof value['value'] === 'string' ? value['value'] : null;

function quasis(node: Node): string[] {
  return [...childrenOf(node)]
    .filter((child) => child.type === 'TemplateElement')
    .map((child) => String(Reflect.get(child['value'] as object, 'cooked')));
}

/** The strings an expression may come to, as far as they stand in it. */
function outcomes(value: unknown): string[] {
  if (!isNode(value)) return [];
  const own = stringOf(value);
  if (own !== null) return [own];
  if (value.type === 'ConditionalExpression') {
    return [...outcomes(value['consequent']), ...outcomes(value['alternate'])];
  }
  if (value.type === 'LogicalExpression') return [...outcomes(value['left']), ...outcomes(value['right'])];
  if (value.type === 'TemplateLiteral') return quasis(value);
  return value.type === 'JSXExpressionContainer' ? outcomes(value['expression']) : [];
}

/** The `const t = useT('file')` directly in a body, over those around it. */
function scopeWithin(node: Node, around: Scope): Scope {
  const found = new Map(around);
  const body = node.type === 'BlockStatement' || node.type === 'Program' ? [...childrenOf(node)] : [];
  for (const statement of body.filter((child) => child.type === 'VariableDeclaration')) {
    for (const { id, init } of [...childrenOf(statement)] as (Node & { id: unknown; init: unknown })[]) {
      if (!isNode(init) || init.type !== 'CallExpression' || nameOf(init['callee']) !== 'useT') continue;
      const file = stringOf((init['arguments'] as unknown[])[0]);
      if (file !== null) found.set(nameOf(id), file);
    }
  }
  return found;
}

const escape = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Reads one file of the page; throws when it does not parse. */
export function scanTexts(name: string, source: string): TextScan {
  const { program, errors } = parseSync(name, source);
  if (errors.length > 0) throw new Error(`${name}: ${errors[0]?.message ?? 'does not parse'}`);
  const asked: { key: string; file: string | null; line: number }[] = [];
  const literals: { text: string; line: number }[] = [];
  const strings: string[] = [];
  const patterns: RegExp[] = [];
  const lineOf = (node: Node): number => source.slice(0, node.start).split('\n').length;
  const spoken = (node: Node, texts: readonly string[]): void => {
    for (const text of texts) if (WORDS.test(text)) literals.push({ text: text.trim(), line: lineOf(node) });
  };

  const visit = (node: Node, around: Scope, inJsx: boolean): void => {
    const scope = scopeWithin(node, around);
    const text = stringOf(node);
    if (text !== null) strings.push(text);
    if (node.type === 'TemplateLiteral') {
      const parts = quasis(node);
      if (/^[\w-]+\./.test(parts[0] ?? '')) patterns.push(new RegExp(`^${parts.map(escape).join('.+')}$`));
    }
    if (
      node.type === 'CallExpression' &&
      (nameOf(node['callee']) === 't' || scope.has(nameOf(node['callee'])))
    ) {
      const key = (node['arguments'] as unknown[])[0];
      const file = scope.get(nameOf(node['callee'])) ?? null;
      if (isNode(key) && key.type !== 'TemplateLiteral') {
        for (const one of outcomes(key)) asked.push({ key: one, file, line: lineOf(node) });
      }
    }
    if (node.type === 'JSXText') spoken(node, [String(node['value'])]);
    if (node.type === 'JSXAttribute' && SPOKEN.test(nameOf(node['name'])))
      spoken(node, outcomes(node['value']));
    if (node.type === 'JSXExpressionContainer' && inJsx) spoken(node, outcomes(node));
    const isElement = node.type === 'JSXElement' || node.type === 'JSXFragment';
    for (const child of childrenOf(node)) visit(child, scope, isElement);
  };
  visit(program as unknown as Node, new Map(), false);
  return { asked, strings, patterns, literals };
}
