import { serve } from '../driver.cjs';
import * as dependency from 'dependency-of-the-target';
import './billing/rules.mjs';
import { hostile, hostileKinds } from './hostile.mjs';
import * as hot from './hot.mjs';
import * as oneLiners from './one-liners.mjs';
import * as orders from './orders.mjs';
import * as pauses from './pauses.mjs';
import './shipping/rules.mjs';
import { tracedCheckout } from './traced.mjs';

async function checkoutSteadily(count) {
  for (let index = 0; index < count; index += 1) {
    orders.checkout(`o-${index}`, index);
    if (index % 1000 === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

async function loadLate(value) {
  const { double } = await import('./late.mjs');
  return double(value);
}

/** What a debugger or a probe would have left behind in the process. */
async function traces() {
  const { default: inspector } = await import('node:inspector');
  const active = Object.getOwnPropertyNames(globalThis).filter((name) => {
    const { value, enumerable } = Object.getOwnPropertyDescriptor(globalThis, name);
    return /sonde/i.test(name) && (value !== undefined || enumerable);
  });
  return { active, url: inspector.url() ?? null };
}

function stopHere(times) {
  let passed = 0;
  for (let index = 0; index < times; index += 1) {
    debugger;
    passed += 1;
  }
  return passed;
}

const own = { checkoutSteadily, hostile, hostileKinds, loadLate, stopHere, traces, tracedCheckout };
serve({ ...orders, ...hot, ...oneLiners, ...pauses, ...dependency, ...own });
