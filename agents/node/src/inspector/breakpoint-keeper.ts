import type { BreakpointReport, BreakpointRequest } from '../delivery/channel.ts';
import { type BreakpointPlace, placesOf } from './breakpoint-place.ts';
import type { ConnectDebugger, DebuggerConnection, ZeroBasedLocation } from './debugger-connection.ts';
import { scriptUrlPattern } from './script-url.ts';

export interface BreakpointKeeperOptions {
  /** Undefined: the application's thread cannot be reached from here. */
  readonly connect: ConnectDebugger | undefined;
  onReport(report: BreakpointReport): void;
  onInspecting(inspecting: boolean): void;
}

/**
 * Keeps V8's breakpoints equal to the list that was asked for last. The session is open only while there are any: the
 * application runs slower and keeps more in memory under a debugger, even one that never pauses it.
 */
export class BreakpointKeeper {
  readonly #options: BreakpointKeeperOptions;
  #wanted: readonly BreakpointPlace[] = [];
  #connection: DebuggerConnection | undefined;
  /** By identity. Without an id while V8 has not answered yet. */
  readonly #standing = new Map<string, { readonly place: BreakpointPlace; breakpointId?: string }>();
  readonly #scripts = new Set<string>();
  #reconciling = false;
  #outdated = false;
  #closed = false;

  constructor(options: BreakpointKeeperOptions) {
    this.#options = options;
  }

  set(breakpoints: readonly BreakpointRequest[]): void {
    if (this.#closed) return;
    this.#wanted = placesOf(breakpoints);
    this.#outdated = true;
    if (!this.#reconciling) void this.#reconcile();
  }

  /** For good, and at once: the process is about to end. */
  close(): void {
    this.#closed = true;
    this.#wanted = [];
    this.#disconnect();
  }

  async #reconcile(): Promise<void> {
    this.#reconciling = true;
    while (this.#outdated) {
      this.#outdated = false;
      const wanted = this.#wanted;
      try {
        if (wanted.length === 0) this.#disconnect();
        else await this.#apply(await this.#connected(), wanted);
      } catch (error) {
        // The session did not open, or was closed meanwhile. The next list tries anew.
        this.#disconnect();
        if (!this.#closed) for (const place of wanted) this.#failed(place, error);
      }
    }
    this.#reconciling = false;
  }

  async #connected(): Promise<DebuggerConnection> {
    if (this.#connection) return this.#connection;
    const { connect, onInspecting } = this.#options;
    if (!connect) throw new Error('breakpoints are possible in the main thread only');
    const connection = await connect({
      onResolved: (breakpointId, location) => this.#resolved(breakpointId, location),
      onScript: (url) => this.#scripts.add(url),
    });
    if (this.#closed) {
      connection.disconnect();
      throw new Error('closed');
    }
    this.#connection = connection;
    onInspecting(true);
    await connection.enable();
    return connection;
  }

  async #apply(connection: DebuggerConnection, wanted: readonly BreakpointPlace[]): Promise<void> {
    const identities = new Set(wanted.map((place) => place.identity));
    for (const [identity, { breakpointId }] of this.#standing) {
      if (identities.has(identity)) continue;
      this.#standing.delete(identity);
      if (breakpointId) connection.removeBreakpoint(breakpointId);
    }
    // Not one after the other: V8 then does all in one go, and a changed condition leaves hardly a gap.
    await Promise.all(
      wanted.filter(({ identity }) => !this.#standing.has(identity)).map((place) => this.#place(connection, place)),
    );
  }

  async #place(connection: DebuggerConnection, place: BreakpointPlace): Promise<void> {
    const entry: { readonly place: BreakpointPlace; breakpointId?: string } = { place };
    this.#standing.set(place.identity, entry);
    const urlRegex = scriptUrlPattern(place.url);
    try {
      const { breakpointId, locations } = await connection.setBreakpoint({
        urlRegex,
        lineNumber: place.line - 1,
        ...(place.column !== undefined && { columnNumber: place.column - 1 }),
        condition: place.condition,
      });
      entry.breakpointId = breakpointId;
      const [location] = locations;
      if (location) this.#stands(place, location);
      else if (this.#isLoaded(urlRegex)) this.#failed(place, new Error(`no code at line ${place.line} or behind it`));
    } catch (error) {
      this.#standing.delete(place.identity);
      if (!this.#closed) this.#failed(place, error);
    }
  }

  #isLoaded(urlRegex: string): boolean {
    const pattern = new RegExp(urlRegex);
    return [...this.#scripts].some((url) => pattern.test(url));
  }

  #resolved(breakpointId: string, location: ZeroBasedLocation): void {
    for (const entry of this.#standing.values())
      if (entry.breakpointId === breakpointId) this.#stands(entry.place, location);
  }

  #stands(place: BreakpointPlace, { lineNumber, columnNumber }: ZeroBasedLocation): void {
    for (const key of place.keys)
      this.#options.onReport({ kind: 'breakpoint-set', key, line: lineNumber + 1, column: columnNumber + 1 });
  }

  #failed(place: BreakpointPlace, error: unknown): void {
    const message = error instanceof Error ? error.message : String(error);
    for (const key of place.keys) this.#options.onReport({ kind: 'breakpoint-failed', key, message });
  }

  #disconnect(): void {
    this.#standing.clear();
    this.#scripts.clear();
    if (!this.#connection) return;
    this.#connection.disconnect();
    this.#connection = undefined;
    this.#options.onInspecting(false);
  }
}
