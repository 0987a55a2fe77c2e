// A small service: takes an order every few milliseconds until it is told to end.
import './billing/rules.mjs';
import { checkout } from './orders.mjs';
import './shipping/rules.mjs';

let count = 0;
const timer = setInterval(() => {
  count += 1;
  checkout(count, process.env.ORDER_SECRET ?? 'none');
}, 5);
process.once('SIGTERM', () => clearInterval(timer));
process.stdout.write(`${JSON.stringify({ ready: true, pid: process.pid, node: process.version })}\n`);
