import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { bundle } from '../../../build.ts';

export interface DeliveryBundle {
  readonly folder: string;
  readonly workerFile: URL;
  readonly clientFile: URL;
  remove(): void;
}

/** Builds the real worker, and the application's side beside it, as plain JavaScript in a folder of its own. */
export async function bundleDelivery(): Promise<DeliveryBundle> {
  const folder = mkdtempSync(join(tmpdir(), 'sonde-delivery-'));
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  const entries = [
    { output: 'worker.js', source: 'src/worker.ts', format: 'esm' },
    { output: 'client.js', source: 'src/delivery/delivery-client.ts', format: 'esm' },
  ] as const;
  await bundle(entries, fileURLToPath(new URL('../../..', import.meta.url)), folder);
  const urlOf = (name: string) => pathToFileURL(join(folder, name));
  return {
    folder,
    workerFile: urlOf('worker.js'),
    clientFile: urlOf('client.js'),
    remove: () => rmSync(folder, { recursive: true }),
  };
}
