import { expect, it } from 'vitest';
import { checkLayers } from './check-layers.ts';
import { findImports } from './find-imports.ts';

const faults = (file: string, code: string) => checkLayers([file], () => code);

it('lets a folder import itself, Node and what its rule names', () => {
  const code = `import { a } from './a.ts';\nimport fs from 'node:fs';\nimport { Kysely } from 'kysely';`;
  expect(faults('server/src/storage/sqlite/state.ts', code)).toEqual([]);
});

it.each([
  ['protocol/src/probe/probe.ts', '../../../server/src/main.ts'],
  ['agents/node/src/probes/a.ts', '@sonde/protocol'],
  ['agents/node/src/inspector/a.ts', '../capture/capture-value.ts'],
  ['server/src/probes/probe-service.ts', '../storage/sqlite/store.ts'],
  ['server/src/probes/probe-service.ts', '../http/router.ts'],
  ['clients/cli/src/main.ts', '../../../server/src/storage/sqlite/store.ts'],
  ['clients/api/src/index.ts', '@sonde/server'],
  ['examples/shop/gateway/src/main.ts', '@sonde/protocol'],
  ['agents/node/src/agent.ts', '@sonde/testing'],
  ['server/src/agents/agent-service.ts', 'lodash'],
])('refuses %s importing %s', (file, specifier) => {
  expect(faults(file, `import type { X } from '${specifier}';`)).toHaveLength(1);
});

it('lets tests, and only tests, import the testing equipment', () => {
  const code = `import { startFakeServer } from '../../../../testing/src/fake-server.ts';`;
  expect(faults('agents/node/src/delivery/a.test.ts', code)).toEqual([]);
  expect(faults('agents/node/src/delivery/a.ts', code)).toHaveLength(1);
});

it('asks for a rule where there is none', () => {
  expect(faults('elsewhere/a.ts', '')).toEqual([
    'elsewhere/a.ts: no layer rule covers this file; add its folder to scripts/layers/rules.ts',
  ]);
});

it('finds every form of import and leaves comments alone', () => {
  const code = `import 'a';\n// import 'no';\n/* import 'no'; */ import {\n  b,\n} from "b";\nexport { c } from 'c';\nconst d = await import('d');\nimport.meta.resolve('e');`;
  expect(findImports(code)).toEqual([
    { specifier: 'a', line: 1 },
    { specifier: 'b', line: 5 },
    { specifier: 'c', line: 6 },
    { specifier: 'd', line: 7 },
    { specifier: 'e', line: 8 },
  ]);
});
