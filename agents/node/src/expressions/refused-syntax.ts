import { Refusal } from './refusal.ts';

interface Refused {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly operator?: unknown;
}

/** What stands there, and what would be accepted instead. */
const reasons: { readonly [type: string]: string } = {
  AssignmentExpression: 'an assignment would change the application; compare with === instead',
  UpdateExpression: 'counting up or down would change the application; write + 1 or - 1',
  NewExpression: 'new would run a constructor; name a value that is already there',
  AwaitExpression: 'await would stop the line; name the value that was awaited before',
  YieldExpression: 'yield would stop the line; name a value',
  ImportExpression: 'import would load code; name a variable of this line',
  MetaProperty: 'import.meta is not available here; name a variable of this line',
  SequenceExpression: 'only one expression is accepted; place a second watch for the other',
  ArrowFunctionExpression:
    'a function is accepted only as the first argument of some, every, find, filter, map or reduce, ' +
    'with one expression as its body: items.some(item => item.price > 3)',
  FunctionExpression:
    'a function body is not accepted; write item => item.price > 3 inside some, every, find or filter',
  ClassExpression: 'a class is not accepted; name a value',
  TaggedTemplateExpression: 'a tagged template calls a function; write a plain template',
  Super: 'super is not available here; use this',
  SpreadElement: 'spreading runs an iterator; name the elements that you want',
  ObjectPattern: 'a parameter must be one name: item => item.price, not ({ price }) => price',
  ArrayPattern: 'a parameter must be one name: pair => pair[0], not ([key]) => key',
  AssignmentPattern: 'a parameter must be one name without a default',
  RestElement: 'a parameter must be one name',
  PrivateIdentifier: 'a private field cannot be read here; name a method that returns it',
  EmptyElement: 'an array with holes is not accepted; write undefined',
};

export function refuseNode(node: Refused): never {
  const operator = typeof node.operator === 'string' ? node.operator : undefined;
  const reason = reasons[node.type] ?? reasonForOperator(operator);
  throw new Refusal('expression.refused', reason, { start: node.start, end: node.end });
}

function reasonForOperator(operator: string | undefined): string {
  if (operator === 'delete') return 'delete would change the application; test for the field with in';
  if (operator === 'void') return 'void gives nothing; leave it out';
  return 'this is not accepted; use field reads, operators, literals and calls';
}
