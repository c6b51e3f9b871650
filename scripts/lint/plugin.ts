import { posix, relative, sep } from 'node:path';
import { judgeFile, judgePackage } from './zones.ts';

/** The parts of an ESTree node these rules look at. */
interface Node {
  readonly type: string;
  readonly source?: { readonly type: string; readonly value?: unknown } | null;
  readonly callee?: { readonly name?: string };
  readonly arguments?: readonly { readonly type: string; readonly value?: unknown }[];
  readonly specifiers?: readonly {
    readonly type: string;
    readonly imported?: { readonly name?: string };
    readonly local?: { readonly name?: string };
  }[];
}
interface Context {
  readonly cwd: string;
  readonly filename: string;
  report(finding: { node: unknown; message: string }): void;
}

/** Names an import or re-export takes; a namespace or default import takes all, so it is given as none. */
function namesOf(node: Node): string[] {
  const specifiers = node.specifiers ?? [];
  return specifiers.map(
    (one) => one.imported?.name ?? (node.type === 'ExportNamedDeclaration' ? one.local?.name : '') ?? '',
  );
}

function checkImport(context: Context, node: Node, source = node.source): void {
  const specifier = source?.value;
  if (source == null || typeof specifier !== 'string') return;
  const file = relative(context.cwd, context.filename).split(sep).join('/');
  const path = specifier.split('?')[0] ?? specifier;
  const message = path.startsWith('.')
    ? judgeFile(file, posix.join(posix.dirname(file), path))
    : judgePackage(file, path, namesOf(node));
  if (message !== undefined) context.report({ node: source, message });
}

/** Every way to name another module counts: values, types, re-exports, dynamic imports and `require`. */
const layers = {
  create(context: Context) {
    const check = (node: Node): void => checkImport(context, node);
    return {
      ImportDeclaration: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
      ImportExpression: check,
      TSImportType: check,
      CallExpression: (node: Node): void => {
        if (node.callee?.name === 'require') checkImport(context, node, node.arguments?.[0]);
      },
    };
  },
};

export default { meta: { name: 'counterdesk' }, rules: { layers } };
