import type { Debugger } from 'node:inspector';

/** The part of V8's debugger protocol that is used here, towards the main thread. Lines and columns count from 0. */
export interface DebuggerConnection {
  /** To be awaited before the first breakpoint. */
  enable(): Promise<void>;
  /** Rejects with V8's words. */
  setBreakpoint(place: {
    readonly urlRegex: string;
    readonly lineNumber: number;
    readonly columnNumber?: number;
    readonly condition: string;
  }): Promise<{ readonly breakpointId: string; readonly locations: readonly ZeroBasedLocation[] }>;
  removeBreakpoint(breakpointId: string): void;
  /** Every breakpoint is gone with it, and what is awaited rejects. Does not wait for the main thread. */
  disconnect(): void;
}

export interface ZeroBasedLocation {
  readonly lineNumber: number;
  readonly columnNumber: number;
}

export interface DebuggerListener {
  /** A script was loaded in which a breakpoint that was set before now stands. */
  onResolved(breakpointId: string, location: ZeroBasedLocation): void;
  onScript(url: string): void;
}

export type ConnectDebugger = (listener: DebuggerListener) => Promise<DebuggerConnection>;

/** Connects from a worker thread. Rejects where Node has no inspector or may not use it. */
export const connectDebugger: ConnectDebugger = async (listener) => {
  // Not at the top: a Node built without the inspector would refuse to load this whole file.
  const inspector = await import('node:inspector');
  const session = new inspector.Session();
  session.connectToMainThread();
  session.on('Debugger.breakpointResolved', ({ params }) =>
    listener.onResolved(params.breakpointId, withColumn(params.location)),
  );
  session.on('Debugger.scriptParsed', ({ params }) => listener.onScript(params.url));
  // Never, because pauses are skipped; if V8 paused nevertheless, the application would stand still for ever.
  session.on('Debugger.paused', () => session.post('Debugger.resume'));
  return {
    async enable() {
      // Before enabling, so that there is no moment in which a `debugger` statement could pause. Conditions are
      // evaluated all the same. It holds for this session only: a person's own debugger still pauses.
      await posted((done) => session.post('Debugger.setSkipAllPauses', { skip: true }, done));
      await posted((done) => session.post('Debugger.enable', {}, done));
    },
    setBreakpoint: (place) =>
      new Promise((resolve, reject) =>
        session.post('Debugger.setBreakpointByUrl', { ...place }, (error, result) => {
          if (error) reject(error);
          else resolve({ ...result, locations: result.locations.map(withColumn) });
        }),
      ),
    removeBreakpoint: (breakpointId) => session.post('Debugger.removeBreakpoint', { breakpointId }),
    disconnect: () => session.disconnect(),
  };
};

function posted(post: (done: (error: Error | null) => void) => void): Promise<void> {
  return new Promise((resolve, reject) => post((error) => (error ? reject(error) : resolve())));
}

function withColumn({ lineNumber, columnNumber }: Debugger.Location): ZeroBasedLocation {
  return { lineNumber, columnNumber: columnNumber ?? 0 };
}
