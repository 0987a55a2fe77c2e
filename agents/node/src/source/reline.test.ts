import { decodedMappings, originalPositionFor, TraceMap } from '@jridgewell/trace-mapping';
import { transform } from 'esbuild';
import { expect, it } from 'vitest';
import { reline } from './reline.ts';
import { decodeDataUrl, sourceMapUrlOf, splitMapComment } from './source-map.ts';
import { statementStarts } from './statement-starts.ts';
import { guardModule } from './transform.ts';

const original = `enum Kind {
  A = 'a',
}
export class Cart {
  items: string[] = [];
  add(item: string): number {
    const text = \`a;{
      \${item}; b\`;
    if (item === Kind.A)
      return -1;
    else this.items.push(text);
    const count = this.items.map((each) =>
      each.length).length;
    for (const each of this.items) { void each; }
    switch (count) {
      case 1:
        return 1;
      default:
        break;
    }
    return count;
  }
}
`;

async function minified() {
  return await transform(original, {
    loader: 'ts',
    format: 'esm',
    sourcefile: '/app/cart.ts',
    sourcemap: 'external',
    minifyWhitespace: true,
    keepNames: true,
  });
}

const relined = async () => {
  const { code, map } = await minified();
  return { before: { code, map }, after: reline({ code, map }, () => statementStarts(code, 'module')) };
};

const load = (code: string) => import(`data:text/javascript,${encodeURIComponent(code)}`);

it('adds nothing but line breaks, and what the code does stays the same', async () => {
  const { before, after } = await relined();
  expect(before.code.trimEnd().split('\n').length).toBeLessThan(4);
  const { Cart: Before } = await load(before.code);
  const { Cart: After } = await load(after.code);
  for (const item of ['a', 'b', '']) {
    const [one, two] = [new Before(), new After()];
    expect([two.add(item), two.add(item), two.items]).toEqual([one.add(item), one.add(item), one.items]);
  }
});

it('every statement finds its own line in the adjusted map', async () => {
  const { after } = await relined();
  const map = new TraceMap(after.map);
  const lines = after.code.split('\n');
  const lineOf = (text: string) => {
    const index = lines.findIndex((line) => line.startsWith(text));
    expect(index, text).not.toBe(-1);
    return originalPositionFor(map, { line: index + 1, column: 0 });
  };
  expect(lineOf('return-1')).toMatchObject({ line: 10, column: 6 });
  expect(lineOf('const count')).toMatchObject({ line: 12, column: 4 });
  expect(lineOf('for(const each')).toMatchObject({ line: 14, column: 4 });
  expect(lineOf('return count')).toMatchObject({ line: 21, column: 4 });
});

it('keeps every mapping, moved with its text', async () => {
  const { before, after } = await relined();
  // A break adds one character to the offsets behind it, so offsets are counted without line breaks.
  const mapped = ({ code, map }: { code: string; map: string }) => {
    const lines = code.split('\n');
    const starts = lines.map((_, index) => lines.slice(0, index).join('').length);
    return decodedMappings(new TraceMap(map)).flatMap((segments, line) =>
      segments.map(([column, ...rest]) => `${(starts[line] ?? 0) + column}: ${rest}`),
    );
  };
  const kept = new Set(mapped(after));
  expect(mapped(before).length).toBeGreaterThan(20);
  expect(mapped(before).filter((entry) => !kept.has(entry))).toEqual([]);
});

it('gives every line of a whitespace-minified file its guard', async () => {
  const { code, map } = await minified();
  const comment = `//# sourceMappingURL=data:application/json;base64,${Buffer.from(map).toString('base64')}\n`;
  const guarded = guardModule({ code: code + comment, moduleKind: 'module', moduleId: 'm1' });
  const inline = sourceMapUrlOf(splitMapComment(guarded.code).comment) ?? '';
  const adjusted = new TraceMap(decodeDataUrl(inline));
  const lines = guarded.sites.map(
    ({ line, column }) => originalPositionFor(adjusted, { line, column: column - 1 }).line,
  );
  expect([...new Set(lines)]).toEqual(expect.arrayContaining([7, 9, 10, 11, 12, 14, 15, 17, 19, 21]));
});

it('leaves code alone, and does not parse it, where no line mixes lines of the original', async () => {
  const { code, map } = await transform('const a = 1;\nconst b = 2;\n', { sourcemap: 'external' });
  const input = { code, map };
  const starts = () => {
    throw new Error('parsed without need');
  };
  expect(reline(input, starts)).toBe(input);
});
