import { deliveryGauge } from './channel.ts';

type GaugeField = Exclude<keyof typeof deliveryGauge, 'length'>;

/** The shared numbers by name. Every access is atomic: both threads write. */
export interface GaugeView {
  readonly buffer: SharedArrayBuffer;
  get(field: GaugeField): number;
  set(field: GaugeField, value: number): void;
  add(field: GaugeField, amount: number): void;
  notify(field: GaugeField): void;
  /** Blocks the calling thread until the field is not `value` any more, at most `timeoutMs`. */
  waitWhile(field: GaugeField, value: number, timeoutMs: number): void;
}

export function gaugeView(
  buffer = new SharedArrayBuffer(deliveryGauge.length * Int32Array.BYTES_PER_ELEMENT),
): GaugeView {
  const numbers = new Int32Array(buffer);
  return {
    buffer,
    get: (field) => Atomics.load(numbers, deliveryGauge[field]),
    set: (field, value) => void Atomics.store(numbers, deliveryGauge[field], value),
    add: (field, amount) => void Atomics.add(numbers, deliveryGauge[field], amount),
    notify: (field) => void Atomics.notify(numbers, deliveryGauge[field]),
    waitWhile: (field, value, timeoutMs) => void Atomics.wait(numbers, deliveryGauge[field], value, timeoutMs),
  };
}
