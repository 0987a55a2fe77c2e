import type { GuardArgument } from '../instrument/site-arguments.ts';
import { parameterNames } from './dispatcher.ts';

/** What a guard passes after its id: by position a value, or a function that reads one of several names. */
export type SiteValue = Exclude<GuardArgument, { kind: 'id' }>;

type Accessor = (name: string) => unknown;

/** The names an expression may use at one site, and how each is read there. `this` is one of them. */
export class VisibleNames {
  readonly #positions = new Map<
    string,
    { readonly index: number; readonly deferred: boolean; readonly kind: SiteValue['kind'] }
  >();
  readonly #isHidden: (name: string) => boolean;
  readonly arity: number;

  /** `isHidden`: the name is bound nearer by than where it would be read from, and cannot be read there. */
  constructor(values: readonly SiteValue[], isHidden: (name: string) => boolean) {
    this.#isHidden = isHidden;
    this.arity = values.length;
    for (const [index, value] of values.entries()) {
      if (value.kind === 'value') this.#add(value.name, { index, deferred: false, kind: 'value' });
      else if (value.kind === 'this') this.#add('this', { index, deferred: false, kind: 'this' });
      else for (const name of value.names) this.#add(name, { index, deferred: true, kind: value.kind });
    }
  }

  /** The nearest scope comes first and hides what is farther out. */
  #add(name: string, position: { index: number; deferred: boolean; kind: SiteValue['kind'] }): void {
    if (!this.#positions.has(name) && !this.#isHidden(name)) this.#positions.set(name, position);
  }

  has(name: string): boolean {
    return this.#positions.has(name);
  }

  all(): string[] {
    return [...this.#positions.keys()];
  }

  /** JavaScript that reads the name in a dispatcher. It may throw while the variable is in its dead zone. */
  source(name: string): string | undefined {
    const position = this.#positions.get(name);
    if (!position) return undefined;
    const parameter = parameterNames(this.arity)[position.index];
    return position.deferred ? `${parameter}(${JSON.stringify(name)})` : parameter;
  }

  /** The value of the name; throws a ReferenceError while the variable is in its dead zone. */
  read(name: string, values: readonly unknown[]): unknown {
    const position = this.#positions.get(name);
    if (!position) throw new ReferenceError(`${name} cannot be read here`);
    const value = values[position.index];
    return position.deferred ? (value as Accessor)(name) : value;
  }

  /** What a snapshot shows by itself: variables of the function and of those around it, not of the whole module. */
  locals(): string[] {
    return [...this.#positions].filter(([, { kind }]) => kind !== 'module').map(([name]) => name);
  }
}
