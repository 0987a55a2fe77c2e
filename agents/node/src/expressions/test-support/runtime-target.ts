import inspector from 'node:inspector';
import { defaultCaptureLimits } from '@sonde/protocol/agent';
import { createCapture } from '../../capture/capture-value.ts';
import { createStackCapture } from '../../capture/stack.ts';
import { createRedaction } from '../../redaction/redaction.ts';
import { createEvaluator } from '../evaluator.ts';
import { prepareExpression } from '../prepare-expression.ts';
import { createSandbox } from '../sandbox.ts';

// What depends on the Node that runs it, as one program: bundled like the agent is, run by each Node, answers in JSON.

class Order {
  id = 7;
  total = 1_200;
  password = 'hunter2';
  getId() {
    return `O-${this.id}`;
  }
  get tax() {
    return this.total / 5;
  }
  self() {
    return this;
  }
  write() {
    this.id = 8;
  }
  loop() {
    for (;;);
  }
  boom() {
    throw new TypeError('no');
  }
}

let formatted = 0;
const expressions = [
  ...['order.getId()', 'calculateTax(order)', 'order.tax', 'order.self() === order', 'order.total > 1000'],
  ...['order.write()', 'order.loop()', 'order.boom()', 'order[key]', 'order.getId()[key]'],
];

function main(): object {
  const redaction = createRedaction({ version: 0, names: [], exceptNames: [] });
  const sandbox = createSandbox({ inspector, timeoutMs: 100 });
  const order = new Order();
  const values = { order, key: 'pass_word', calculateTax: (subject: Order) => subject.total * 0.2 };
  const names = Object.keys(values);
  const error = new RangeError('too much', { cause: order });
  const capture = createCapture({ redaction, nowMs: () => 0 }).begin(defaultCaptureLimits);
  const plainError = capture.captureValue(error);
  Object.defineProperty(Error, 'prepareStackTrace', {
    value: () => {
      formatted += 1;
      return 'mine';
    },
    configurable: true,
  });
  const results = expressions.map((text) => {
    const prepared = prepareExpression(text, { redaction, knownNames: names });
    if (prepared.kind === 'refused') return prepared.problems[0]?.code;
    const evaluator = createEvaluator({ expressions: [prepared], names, sandbox, redaction });
    const [result] = evaluator.evaluate(Object.values(values));
    return result?.kind === 'value' ? result.value : result?.problem.code;
  });
  const hidden = createCapture({ redaction, nowMs: () => 0 })
    .begin(defaultCaptureLimits)
    .captureValue(new Error('x'));
  const { captureStack } = createStackCapture(() => false);
  const outermost = function outermost() {
    return captureStack(outermost, 5).length > 0;
  };
  return {
    results,
    id: order.id,
    stack: outermost(),
    formatted,
    plainStack: plainError.fields?.find(({ name }) => name === 'stack')?.value.text?.startsWith('RangeError: too much'),
    hiddenStack: hidden.fields?.find(({ name }) => name === 'stack')?.value.missing,
    leaked: JSON.stringify(plainError).includes('hunter2'),
  };
}

// The sandbox stays open: it must not keep the process alive.
process.stdout.write(JSON.stringify(main()));
