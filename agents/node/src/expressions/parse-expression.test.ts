import type { ErrorCode } from '@sonde/protocol/agent';
import { describe, expect, it } from 'vitest';
import { createRedaction } from '../redaction/redaction.ts';
import { prepareExpression } from './prepare-expression.ts';

const redaction = createRedaction({ version: 0, names: [], exceptNames: [] });
const knownNames = ['order', 'items', 'total', 'key', 'headers', 'this', 'calculateTax', 'a'];

function prepare(text: string) {
  return prepareExpression(text, { redaction, field: 'condition', knownNames });
}

describe('an expression', () => {
  it.each<[string, 'compiled' | 'sandboxed', readonly string[]]>([
    ['total > 1e12', 'compiled', ['total']],
    ['order.total > 1000 && items.length < total', 'compiled', ['order', 'items', 'total']],
    ['this?.a?.[0]', 'compiled', ['this']],
    ['items.some(item => item.price > total)', 'compiled', ['items', 'total']],
    [`\`\${order.id}: \${total}\` // comment`, 'compiled', ['order', 'total']],
    ['Math.max(total, 3)', 'compiled', ['total']],
    ['typeof undefined === typeof total', 'compiled', ['total']],
    ['({ a: total }).a + [1][0]', 'compiled', ['total']],
    ['((total))', 'compiled', ['total']],
    ['items.includes("token") || key.startsWith("pass")', 'compiled', ['items', 'key']],
    ['(order.getId)()', 'sandboxed', ['order']],
    ['order.getId()', 'sandboxed', ['order']],
    ['calculateTax(order)', 'sandboxed', ['calculateTax', 'order']],
    ['order instanceof Map', 'sandboxed', ['order']],
    ['/x/.test(total)', 'sandboxed', ['total']],
    ['process.pid', 'sandboxed', []],
    ['Math.PI * total', 'sandboxed', ['total']],
    ['Math.random()', 'sandboxed', []],
    ['items.reduce((sum, item) => sum + item.price, 0)', 'sandboxed', ['items']],
  ])('%s goes to the %s gear', (text, gear, names) => {
    expect(prepare(text)).toMatchObject({ kind: 'ok', gear, names });
  });

  it.each<[string, ErrorCode, string, string]>([
    ['', 'expression.syntax', '', 'no expression'],
    ['total +', 'expression.syntax', '', 'ends too early'],
    ['total ) + (a', 'expression.syntax', ') + (a', 'after the end'],
    ['a b', 'expression.syntax', 'b', 'after the end'],
    ['total; a', 'expression.syntax', '; a', 'after the end'],
    ['total = 3', 'expression.refused', 'total = 3', '==='],
    ['a || (order.total += 1)', 'expression.refused', 'order.total += 1', '==='],
    ['total++', 'expression.refused', 'total++', '+ 1'],
    ['delete order.total', 'expression.refused', 'delete order.total', 'in'],
    ['new Date()', 'expression.refused', 'new Date()', 'name a value'],
    ['await total', 'expression.refused', 'await total', 'awaited'],
    ['import("fs")', 'expression.refused', 'import("fs")', 'variable'],
    ['import.meta', 'expression.refused', 'import.meta', 'variable'],
    ['(total, a)', 'expression.refused', 'total, a', 'one expression'],
    ['a`x`', 'expression.refused', 'a`x`', 'plain template'],
    ['() => total', 'expression.refused', '() => total', 'items.some'],
    ['items.some(function (i) { return i })', 'expression.refused', 'function (i) { return i }', 'item => item.price'],
    ['[Object.values][0](order)', 'expression.refused', 'values', 'redaction'],
    ['(Object.values)(order)', 'expression.refused', 'values', 'redaction'],
    ['items.some(i => { return i })', 'expression.refused', 'i => { return i }', 'one expression'],
    ['items.some(({ price }) => price)', 'expression.refused', '{ price }', 'one name'],
    ['calculateTax(() => 1)', 'expression.refused', '() => 1', 'first argument'],
    ['[...items]', 'expression.refused', '...items', 'iterator'],
    ['super.x', 'expression.refused', 'super', 'this'],
    ['eval("1")', 'expression.refused', 'eval', 'variable'],
    ['globalThis.a', 'expression.refused', 'globalThis', 'variable'],
    ['order.constructor.constructor("x")()', 'expression.refused', 'constructor', 'constructor.name'],
    ['order["__proto__"]', 'expression.refused', '"__proto__"', 'not readable'],
    ['Object.values(order)', 'expression.refused', 'values', 'redaction'],
    ['JSON.stringify(order)', 'expression.refused', 'stringify', 'redaction'],
    ['JSON.x', 'expression.refused', 'JSON', 'not available'],
    ['order.password', 'expression.redacted', 'password', 'redacted'],
    ['order?.["pass" + `word`]', 'expression.redacted', '"pass" + `word`', 'redacted'],
    ['order.getPassword()', 'expression.redacted', 'getPassword', 'redacted'],
    ['headers.get("authorization")', 'expression.redacted', '"authorization"', 'redacted'],
    ['"password" in order', 'expression.redacted', '"password"', 'redacted'],
    ['token', 'expression.redacted', 'token', 'redacted'],
    ['items.some(password => password)', 'expression.redacted', 'password => password', 'redacted'],
    ['total > nothing', 'expression.unknown-name', 'nothing', 'cannot be read on this line'],
  ])('%s is refused: %s', (text, code, at, message) => {
    const prepared = prepare(text);
    if (prepared.kind === 'ok') throw new Error(`${text} was accepted`);
    const [problem] = prepared.problems;
    expect(problem).toMatchObject({ code, field: 'condition' });
    expect(problem?.message).toContain(message);
    expect(text.slice(problem?.range?.start, problem?.range?.end)).toBe(at);
  });

  it('counts ranges from the start of the text that its author sees', () => {
    const prepared = prepareExpression('total = 1', { redaction, field: 'template', offset: 10 });
    expect(prepared).toMatchObject({ problems: [{ range: { start: 10, end: 19 } }] });
  });

  it('takes a name for a variable of the line before it takes it for a global', () => {
    const shadowed = prepareExpression('Math.max(1, 2)', { redaction, knownNames: ['Math'] });
    expect(shadowed).toMatchObject({ gear: 'sandboxed', names: ['Math'] });
    expect(prepareExpression('whatever > 1', { redaction })).toMatchObject({ gear: 'compiled', names: ['whatever'] });
  });
});
