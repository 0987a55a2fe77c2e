// `npm run schemas`: writes protocol/schema/ anew from the descriptions in protocol/src.
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { schemaFiles } from '../protocol/src/documents/schema-files.ts';

const folder = join(import.meta.dirname, '../protocol/schema');
const files = schemaFiles();

mkdirSync(folder, { recursive: true });
for (const name of readdirSync(folder)) if (!files.has(name)) rmSync(join(folder, name), { recursive: true });
for (const [name, text] of files) writeFileSync(join(folder, name), text);
process.stdout.write(`wrote ${files.size} files to protocol/schema\n`);
