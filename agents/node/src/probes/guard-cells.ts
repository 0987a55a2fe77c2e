/** What a guard calls once its cell is active: the site, then the values in the order that the site describes. */
export type GuardHook = (site: number, ...values: unknown[]) => void;

/** The global properties that guards look at: `if(typeof CELL==='function')CELL(site,…)`, one for each function. */
export interface GuardCells {
  /** Makes cells known to V8 before the code that names them runs, so that a dormant guard folds away. */
  declare(cells: readonly string[]): void;
  /** Puts a hook into a cell, or takes it out with `undefined`. False: the global object refuses it. */
  set(cell: string, hook: GuardHook | undefined): boolean;
}

/**
 * V8 treats a global property that never changed as a constant and compiles a dormant guard to nothing. A property that
 * was written is a variable for good: the function stays two to three times slower after its probe has gone. So a cell
 * is never written: it is deleted and defined anew, which gives V8 a fresh constant. Non-enumerable, because programs
 * list their globals.
 */
export function createGuardCells(global: object): GuardCells {
  const { defineProperty, deleteProperty, getOwnPropertyDescriptor } = Reflect;
  const define = (cell: string, value: GuardHook | undefined) =>
    defineProperty(global, cell, { value, writable: true, configurable: true, enumerable: false });
  return {
    declare(cells) {
      for (const cell of cells) if (!getOwnPropertyDescriptor(global, cell)) define(cell, undefined);
    },
    set(cell, hook) {
      const present = getOwnPropertyDescriptor(global, cell);
      if (present && present.value === hook) return true;
      // Both in one synchronous step: no guard can run in between.
      return deleteProperty(global, cell) && define(cell, hook);
    },
  };
}
