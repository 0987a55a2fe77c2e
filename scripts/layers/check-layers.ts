import { readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, join, normalize } from 'node:path';
import { findImports } from './find-imports.ts';
import { type LayerRule, sourceRules, testRule } from './rules.ts';

/** Where the packages of the workspace live: an import of the name is an import of that file. */
const workspacePackages: { readonly [name: string]: string } = {
  '@sonde/protocol': 'protocol/src/index.ts',
  '@sonde/protocol/agent': 'protocol/src/agent.ts',
  '@sonde/agent': 'agents/node/src/index.ts',
  '@sonde/server': 'server/src/main.ts',
  '@sonde/api-client': 'clients/api/src/index.ts',
  '@sonde/testing': 'testing/src/index.ts',
};

/** Every import of these files (paths from the root) that its folder's rule does not allow, as a line for a person. */
export function checkLayers(files: readonly string[], read: (file: string) => string): string[] {
  return files.flatMap((file) => {
    const rule = ruleFor(file);
    if (!rule) return [`${file}: no layer rule covers this file; add its folder to scripts/layers/rules.ts`];
    return findImports(read(file)).flatMap(({ specifier, line }) => {
      const fault = judge(file, rule, specifier);
      return fault ? [`${file}:${line}: ${fault}`] : [];
    });
  });
}

function ruleFor(file: string): LayerRule | undefined {
  const rule = sourceRules.find(({ folder }) => file === folder || file.startsWith(`${folder}/`));
  if (!rule) return undefined;
  return /\.test\.ts$|(^|\/)(fake-[^/]*|[^/]*-contract)\.ts$|\/test-[^/]*\//.test(file) ? testRule(rule) : rule;
}

function judge(file: string, rule: LayerRule, specifier: string): string | undefined {
  if (isBuiltin(specifier)) return undefined;
  const target = specifier.startsWith('.') ? normalize(join(dirname(file), specifier)) : workspacePackages[specifier];
  if (target === undefined) {
    const name = specifier
      .split('/')
      .slice(0, specifier.startsWith('@') ? 2 : 1)
      .join('/');
    return rule.packages.includes(name) ? undefined : `${rule.folder} may not import the package ${name}`;
  }
  const covers = (folder: string) => folder === '' || target === folder || target.startsWith(`${folder}/`);
  const inside = ruleFor(target)?.folder === rule.folder || rule.folders.some(covers);
  return inside ? undefined : `${rule.folder} may not import ${target}`;
}

/** Reads a file of the repository. */
export function readFrom(root: string): (file: string) => string {
  return (file) => readFileSync(join(root, file), 'utf8');
}
