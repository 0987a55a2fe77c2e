import type { MessagePort } from 'node:worker_threads';
import type { ApplicationScope } from './application-scope.ts';
import type { LoadedModule } from './loaded-module.ts';
import type { OutsideSource, SourceDiagnostic } from './loaded-source.ts';

/** From the hooks thread of Node 20 to the thread that runs the application. */
export type HooksThreadMessage =
  | { readonly kind: 'module'; readonly module: LoadedModule }
  | { readonly kind: 'outside'; readonly source: OutsideSource }
  | { readonly kind: 'diagnostic'; readonly diagnostic: SourceDiagnostic };

/** To the hooks thread, at each registration; the port travels with the first. */
export interface HooksThreadStart {
  readonly generation: number;
  readonly scope: ApplicationScope;
  readonly guards: 'full' | 'off';
  readonly port?: MessagePort;
}
