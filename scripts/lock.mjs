// `npm run lock`: writes package-lock.json anew after a dependency changed, complete for every platform.
//
// npm leaves a platform's package out of the lock when the registry at hand does not carry it, and `npm ci` then refuses
// the lock everywhere. The packages that need one say which and in what version, so the entries can be completed.
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { developmentMajor, fetchRuntime, runNpm } from './runtimes.mjs';

const systems = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'win32'];
const processors = ['arm64', 'arm', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'wasm32', 'x64'];

/** The lock with an entry for each optional package that is not in it. */
export function completeLock(lock) {
  const packages = { ...lock.packages };
  for (const [path, entry] of Object.entries(lock.packages)) {
    for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
      if (resolves(packages, path, name)) continue;
      packages[`node_modules/${name}`] = {
        version,
        ...platformOf(name),
        ...(entry.dev && { dev: true }),
        optional: true,
      };
    }
  }
  const sorted = Object.entries(packages).sort(([a], [b]) => (a < b ? -1 : 1));
  return { ...lock, packages: Object.fromEntries(sorted) };
}

/** Looks where Node would: beside the package, then in each folder above. */
function resolves(packages, path, name) {
  for (let at = path; ; at = at.slice(0, Math.max(0, at.lastIndexOf('node_modules/') - 1))) {
    if (packages[`${at === '' ? '' : `${at}/`}node_modules/${name}`]) return true;
    if (at === '') return false;
  }
}

/** Their names say it: `@esbuild/darwin-arm64`, `@rolldown/binding-linux-x64-gnu`. Without one npm tries them everywhere. */
function platformOf(name) {
  const words = name.split(/[/-]/);
  const os = systems.filter((system) => words.includes(system));
  const cpu = processors.filter((processor) => words.includes(processor) || words.includes(`${processor}eabi`));
  const arm = words.some((word) => word.startsWith('arm') && word !== 'arm64') ? ['arm'] : [];
  const libc = words.includes('musl') ? ['musl'] : words.includes('gnu') ? ['glibc'] : [];
  const processorsFound = cpu.length > 0 ? cpu : arm;
  return {
    ...(processorsFound.length > 0 && { cpu: processorsFound }),
    ...(libc.length > 0 && os.includes('linux') && { libc }),
    ...(os.length > 0 && { os }),
  };
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const root = dirname(dirname(fileURLToPath(import.meta.url)));
  const file = join(root, 'package-lock.json');
  runNpm(fetchRuntime(developmentMajor), ['install', '--package-lock-only', '--loglevel=error'], root);
  writeFileSync(file, `${JSON.stringify(completeLock(JSON.parse(readFileSync(file, 'utf8'))), null, 2)}\n`);
}
