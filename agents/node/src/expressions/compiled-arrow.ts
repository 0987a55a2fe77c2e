export type Test = (element: unknown, index: number) => unknown;

/** A function that was compiled from an expression: the only kind that the compiled gear calls. */
export class CompiledArrow {
  readonly #test: Test;

  constructor(test: Test) {
    this.#test = test;
  }

  /** Undefined for everything else, functions of the application among them. Asks a slot, so nothing can pretend. */
  static testOf(value: unknown): Test | undefined {
    return typeof value === 'object' && value !== null && #test in value ? value.#test : undefined;
  }
}
