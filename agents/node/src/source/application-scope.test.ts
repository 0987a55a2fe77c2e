import { expect, it } from 'vitest';
import { scopePredicate } from './application-scope.ts';

it.each([
  ['/app/src/a.js', true],
  ['/app/a.js', true],
  ['/app/node_modules/dep/a.js', false],
  ['/app/packages/one/node_modules/dep/a.js', false],
  ['/app/node_modules_of_mine/a.js', true],
  ['/application/a.js', false],
  ['/app/agent/dist/register.js', false],
])('%s is the application: %s', (file, own) => {
  expect(scopePredicate({ root: '/app', excluded: ['/app/agent/dist'] })(file)).toBe(own);
});

it('an application installed as a dependency is an application all the same', () => {
  const own = scopePredicate({ root: '/usr/lib/node_modules/tool', excluded: [] });
  expect(own('/usr/lib/node_modules/tool/main.js')).toBe(true);
  expect(own('/usr/lib/node_modules/tool/node_modules/dep/main.js')).toBe(false);
});
