import { messages } from '../messages.ts';
import { routeTable } from './route-table.ts';
import { schemaDocument } from './schema-document.ts';

/** What `protocol/schema/` holds: the text of each file by its name. */
export function schemaFiles(): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  for (const [name, schema] of Object.entries(messages)) files.set(`${name}.json`, text(schemaDocument(name, schema)));
  files.set('routes.json', text(routeTable()));
  return files;
}

function text(document: unknown): string {
  return `${JSON.stringify(document, undefined, 2)}\n`;
}
