import { go } from './work.cjs';
import { roundMoney } from 'dependency-of-the-target';

await go();
for (let index = 0; index < 3; index += 1) {
  debugger;
  console.log(roundMoney(1.005 + index, 'EUR'));
}
