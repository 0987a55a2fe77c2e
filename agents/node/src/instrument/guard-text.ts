import type { Site } from './site.ts';
import { type GuardArgument, siteArguments } from './site-arguments.ts';

/** Parameter of the accessors. A variable of this name cannot be read through them. */
export const accessorParameter = '$k';

/** The check and the call of one guard; `typeof` also works where the cell was never defined, as in another realm. */
export function guardText(
  site: Site,
  id: number,
  cell: string,
  moduleNames: readonly string[],
  accessor: string,
): { readonly check: string; readonly call: string } {
  const args = siteArguments(site, moduleNames).map((argument) => argumentText(argument, id, accessor));
  return { check: `typeof ${cell}==='function'`, call: `${cell}(${args.join(',')})` };
}

function argumentText(argument: GuardArgument, id: number, accessor: string): string {
  switch (argument.kind) {
    case 'id':
      return String(id);
    case 'value':
      return argument.name;
    case 'deferred':
      return `${accessorParameter}=>{${readByName(argument.names)}}`;
    case 'this':
      return 'this';
    case 'module':
      return accessor;
  }
}

/** The module's accessor: a hoisted function, so that it can be called from the first line on. */
export function accessorText(accessor: string, names: readonly string[]): string {
  return `function ${accessor}(${accessorParameter}){${readByName(names)}}`;
}

function readByName(names: readonly string[]): string {
  return `switch(${accessorParameter}){${names.map((name) => `case"${name}":return ${name};`).join('')}}`;
}
