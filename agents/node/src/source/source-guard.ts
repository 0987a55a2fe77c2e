import type { GuardedModule } from '../instrument/guard-module.ts';
import { describeModule, type GuardOutcome, type LoadedModule } from './loaded-module.ts';
import { type LoadedSource, messageOf, type SourceDiagnostic } from './loaded-source.ts';

export type GuardModule = (input: Pick<LoadedSource, 'code' | 'moduleKind'> & { moduleId: string }) => GuardedModule;

export interface SourceGuardDeps {
  /** Called at the first file: the parser behind it is large, and many processes load no file of their own. */
  readonly guardModule: () => GuardModule;
  readonly nextModuleId: () => string;
  readonly readText: (path: string) => string | undefined;
  readonly onModule: (module: LoadedModule) => void;
  readonly onDiagnostic: (diagnostic: SourceDiagnostic) => void;
}

/** Where guards are turned off: the file runs as it is, and its record says so. */
export function sourceRecord(deps: Pick<SourceGuardDeps, 'nextModuleId' | 'readText' | 'onModule'>) {
  return (source: LoadedSource): undefined => {
    const outcome = { kind: 'failed', reason: 'guards-are-off' } as const;
    deps.onModule(describeModule(source, deps.nextModuleId(), outcome, deps.readText));
  };
}

/** Turns a loaded file into guarded text and a record of it. A file that cannot be guarded is recorded with the reason. */
export function sourceGuard(deps: SourceGuardDeps): (source: LoadedSource) => string | undefined {
  return (source) => {
    const moduleId = deps.nextModuleId();
    let code: string | undefined;
    let outcome: GuardOutcome;
    try {
      const { code: text, ...module } = deps.guardModule()({
        code: source.code,
        moduleKind: source.moduleKind,
        moduleId,
      });
      code = text;
      outcome = { kind: 'guarded', module };
    } catch (error) {
      outcome = { kind: 'failed', reason: messageOf(error) };
      deps.onDiagnostic({ code: 'transform-failed', message: outcome.reason, path: source.path });
    }
    deps.onModule(describeModule({ ...source, code: code ?? source.code }, moduleId, outcome, deps.readText));
    return code;
  };
}
