import { compileDispatcher, type SiteProgram } from './dispatcher.ts';
import type { GuardCells } from './guard-cells.ts';

interface ActiveCell {
  readonly programs: Map<SiteProgram, number>;
}

/** Which programs stand in which cell. A cell's dispatcher is compiled anew whenever its programs change. */
export class Dispatchers {
  readonly #cells: GuardCells;
  readonly #isBusy: () => boolean;
  readonly #active = new Map<string, ActiveCell>();

  /**
   * `isBusy`: code of the application runs under V8's side-effect check. A guard that it reaches must do nothing then,
   * for counting is a side effect too, and the evaluation would be stopped for it.
   */
  constructor(cells: GuardCells, isBusy: () => boolean) {
    this.#cells = cells;
    this.#isBusy = isBusy;
  }

  /**
   * Puts a program into a cell; `arity` is how many values its guard passes. Returns what takes it out again, or
   * undefined when the application has locked its global object.
   */
  install(cell: string, arity: number, program: SiteProgram): (() => void) | undefined {
    const active = this.#active.get(cell) ?? { programs: new Map() };
    active.programs.set(program, arity);
    this.#active.set(cell, active);
    const take = () => this.#take(cell, active, program);
    try {
      if (this.#renew(cell, active)) return take;
    } catch (error) {
      // Left in, it would take every other program of the cell with it.
      take();
      throw error;
    }
    take();
    return undefined;
  }

  #take(cell: string, active: ActiveCell, program: SiteProgram): void {
    if (!active.programs.delete(program)) return;
    this.#renew(cell, active);
    if (active.programs.size === 0) this.#active.delete(cell);
  }

  #renew(cell: string, { programs }: ActiveCell): boolean {
    if (programs.size === 0) return this.#cells.set(cell, undefined);
    // What stood there must not go on standing when compiling fails, as it does where built-in functions are broken.
    this.#cells.set(cell, undefined);
    const hook = compileDispatcher([...programs.keys()], Math.max(...programs.values()), this.#isBusy);
    return this.#cells.set(cell, hook);
  }
}
