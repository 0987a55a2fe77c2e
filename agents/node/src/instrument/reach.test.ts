import { describe, expect, it } from 'vitest';
import { guardModule } from './guard-module.ts';
import { siteAt, sitesNear } from './nearest-sites.ts';
import { type Reach, reach } from './reach.ts';

const code = `import { rate } from 'rates';
let total = 0;
const alone = 1;
function outer(order, total2) {
  const used = order.id; let free = 1; return () => {
    count(used, late, total);
    {
      item();
      let rate = 1;
    }
  }; const late = 2;
}
`;
const module = guardModule({ code, moduleKind: 'module', moduleId: 'm' });

function reachOnLine(line: number, name: string): Reach | undefined {
  const site = siteAt(module.sites, line);
  return site && reach(module, site, name);
}

describe('a name at a site', () => {
  it('is an argument when its value is passed', () => {
    expect(reachOnLine(5, 'total2')).toEqual({ kind: 'value', argument: 2 });
    expect(reachOnLine(6, 'used')).toEqual({ kind: 'value', argument: 1 });
  });

  it('is read through the accessor of the function or of the module', () => {
    expect(reachOnLine(6, 'late')).toEqual({ kind: 'accessor', argument: 2 });
    expect(reachOnLine(6, 'total')).toEqual({ kind: 'accessor', argument: 3 });
    expect(reachOnLine(6, 'rate')).toEqual({ kind: 'unreachable' });
    expect(reachOnLine(5, 'rate')).toEqual({ kind: 'accessor', argument: 3 });
  });

  it('is never taken from further out when a nearer one cannot be read', () => {
    expect(reachOnLine(8, 'rate')).toEqual({ kind: 'unreachable' });
    expect(reachOnLine(6, 'free')).toEqual({ kind: 'unreachable' });
    expect(reachOnLine(6, 'alone')).toEqual({ kind: 'unreachable' });
    expect(reachOnLine(6, 'arguments')).toEqual({ kind: 'unreachable' });
    expect(reachOnLine(6, 'this')).toEqual({ kind: 'unreachable' });
  });

  it('is unbound when the module does not bind it', () => {
    expect(reachOnLine(6, 'Math')).toEqual({ kind: 'unbound' });
  });
});

describe('sites near a line', () => {
  it('are the closest on either side', () => {
    const near = sitesNear(module.sites, 7);
    expect([near.above?.line, near.below?.line]).toEqual([6, 8]);
    expect(sitesNear(module.sites, 1).above).toBeUndefined();
  });

  it('are found by line, and by column when one is given', () => {
    expect(siteAt(module.sites, 6)?.column).toBe(5);
    expect(siteAt(module.sites, 6, 4)).toBeUndefined();
    expect(siteAt(module.sites, 6, 20)?.line).toBe(6);
    expect(siteAt(module.sites, 3)).toBeUndefined();
  });
});
