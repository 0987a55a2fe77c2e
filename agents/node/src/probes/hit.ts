/** What a probe does with a hit that was admitted: the part that differs between the kinds of probe. */
export interface Hit {
  /**
   * Sends the event. `values` are what the guard passed, `atMs` is when the line ran. False: there was no room, and the
   * event is gone. It throws only for faults of the agent itself.
   */
  emit(values: readonly unknown[], atMs: number): boolean;
}
