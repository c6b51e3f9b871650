import { posix, relative, sep } from 'node:path';
import { judgeFile, judgePackage } from './zones.ts';

/** The parts of an ESTree node these rules look at. */
interface Node {
  readonly type: string;
  readonly source?: { readonly type: string; readonly value?: unknown } | null;
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

function checkImport(context: Context, node: Node): void {
  const specifier = node.source?.value;
  if (node.source == null || typeof specifier !== 'string') return;
  const file = relative(context.cwd, context.filename).split(sep).join('/');
  const path = specifier.split('?')[0] ?? specifier;
  const message = path.startsWith('.')
    ? judgeFile(file, posix.join(posix.dirname(file), path))
    : judgePackage(file, path, namesOf(node));
  if (message !== undefined) context.report({ node: node.source, message });
}

/** Every way to name another module counts: values, types, re-exports and dynamic imports. */
const layers = {
  create(context: Context) {
    const check = (node: Node): void => checkImport(context, node);
    return {
      ImportDeclaration: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
      ImportExpression: check,
      TSImportType: check,
    };
  },
};

export default { meta: { name: 'counterdesk' }, rules: { layers } };
