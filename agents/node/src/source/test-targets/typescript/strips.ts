import { stripTypeScriptTypes } from 'node:module';
function run(code: string): string {
  /* probe */
  return stripTypeScriptTypes(code);
}
process.emitWarning('mine', 'ExperimentalWarning');
console.log(typeof run('let a: 1'));
