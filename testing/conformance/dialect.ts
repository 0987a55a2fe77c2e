/** The expressions of the behaviours, in the language of a target. All are for the line marked `gross`. */
export interface Dialect {
  /** What the first file of the program is called, as a location names it. */
  readonly file: string;
  /** `order.total`, a field read. */
  readonly total: string;
  /** How many items the order has. */
  readonly itemCount: string;
  /** A call of a method that only reads: gives the order's id. */
  readonly idByCall: string;
  /** A call of a method that writes to the order. */
  readonly writingCall: string;
  /** A call of a function of the file: gives 0.1, or 0.2 where the total is over 1000. */
  readonly taxByCall: string;
  readonly totalOver: (limit: number) => string;
  readonly taxByCallOver: (limit: number) => string;
  /** Reads a field of nothing, and so throws. */
  readonly throwing: string;
  readonly assignment: string;
  /** Names `nowhere`, which the line does not know. */
  readonly unknownName: string;
  /** Breaks off after an operator. */
  readonly broken: string;
  /** Reads `account.password`. */
  readonly redactedField: string;
  /** Asks the map `headers` for `authorization`. */
  readonly redactedKey: string;
  /** The local variable `apiToken`. */
  readonly redactedLocal: string;
  /** Ways round the names: what could hand out the password of `account` without saying so. */
  readonly leaks: readonly string[];
  /** Objects that hold a redacted name further down. */
  readonly account: string;
  readonly headers: string;
  /** For the line marked `spin`: a condition that calls a function of the application and does not hold. */
  readonly costly: string;
  /** For the same line: a comparison that does not hold. */
  readonly never: string;
}
