import type { Binding, Problem } from '@sonde/protocol/agent';
import type { SiteValue } from './visible-names.ts';

/** One place in the running code where a probe can stand, and what can be read there. */
export interface ProbeTarget {
  readonly binding: Binding;
  readonly stand: GuardStand | BreakpointStand;
  /** What is handed over at each hit, in this order. */
  readonly values: readonly SiteValue[];
  /** Whether the application binds the name here while this stand cannot hand it over: a breakpoint can. */
  readonly isOutOfReach: (name: string) => boolean;
  /** Why it is a breakpoint, in words for a person. */
  readonly note?: string;
}

export interface GuardStand {
  readonly kind: 'guard';
  readonly cell: string;
  readonly site: number;
  /** The same line by way of a breakpoint, for an expression that names what is out of reach. */
  readonly breakpoint: BreakpointStand;
}

export interface BreakpointStand {
  readonly kind: 'breakpoint';
  readonly url: string;
  readonly line: number;
  readonly column: number;
}

/** Where a location leads. */
export type Targeting =
  | { readonly kind: 'bound'; readonly targets: readonly ProbeTarget[] }
  | { readonly kind: 'pending'; readonly file: string }
  | { readonly kind: 'refused'; readonly problem: Problem };
