import { roundMoney, pick } from 'dependency-of-the-target';
import { go } from './work.cjs';

await go();
for (let index = 0; index < 4; index += 1) {
  debugger;
  console.log(roundMoney(1.239 + index, index === 2 ? 'JPY' : 'EUR'), pick([3, 4], index));
}
