import { describe, expect, it } from 'vitest';
import { parseTemplate, type TemplatePart } from './template.ts';

const text = (value: string): TemplatePart => ({ kind: 'text', text: value });
const expression = (value: string, start: number): TemplatePart => ({ kind: 'expression', text: value, start });

describe('a template', () => {
  it.each<[string, readonly TemplatePart[]]>([
    ['', []],
    ['only text', [text('only text')]],
    ['{a}', [expression('a', 1)]],
    ['x {a.b} y {c}', [text('x '), expression('a.b', 3), text(' y '), expression('c', 11)]],
    ['{{a}} {b}', [text('{a} '), expression('b', 7)]],
    ['{a}}}', [expression('a', 1), text('}')]],
    ['{ {a: 1}.a }', [expression(' {a: 1}.a ', 1)]],
    ['{"}"}', [expression('"}"', 1)]],
    [`{\`\${a}}\`}!`, [expression(`\`\${a}}\``, 1), text('!')]],
    ['{a /* } */}', [expression('a /* } */', 1)]],
    ["it's {a}, isn't it", [text("it's "), expression('a', 6), text(", isn't it")]],
  ])('%s', (template, parts) => expect(parseTemplate(template)).toEqual({ kind: 'ok', parts }));

  it.each<[string, number, number, string]>([
    ['x {a', 2, 4, 'never closed'],
    ['x {', 2, 3, 'never closed'],
    ['x } y', 2, 3, 'closes nothing'],
    ['x {} y', 2, 4, 'no expression'],
    ['{`a}', 0, 3, ''],
  ])('%s is refused or left to its expression', (template, start, end, message) => {
    const result = parseTemplate(template);
    if (result.kind === 'ok') {
      // The expression itself is broken, so its own parser reports it.
      expect(result.parts).toEqual([expression(template.slice(start + 1, end), start + 1)]);
    } else {
      expect(result.problem).toMatchObject({ code: 'template.syntax', range: { start, end } });
      expect(result.problem.message).toContain(message);
    }
  });
});
