import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { runtimePath } from '../../../../../testing/src/node-runtimes.ts';
import type { LoadedModule } from '../loaded-module.ts';
import type { SourceDiagnostic } from '../loaded-source.ts';

export const targets = fileURLToPath(new URL('../test-targets/', import.meta.url));

export interface TargetRun {
  readonly major: number;
  /** Arguments of Node; `AGENT` stands for `--import <the test agent>`. */
  readonly args: readonly string[];
  /** A folder of the test targets. */
  readonly cwd: string;
  readonly env?: NodeJS.ProcessEnv;
}

export interface TargetResult {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** What the test agent wrote at exit, if it ran. */
  readonly report: AgentReport | undefined;
}

export interface AgentReport {
  readonly mechanism: string;
  readonly installMs: number;
  /** `<module id>:<module kind>` for each probe mark that ran. */
  readonly hits: readonly string[];
  readonly modules: readonly (LoadedModule & { readonly own: boolean; readonly mapped?: readonly string[] })[];
  readonly diagnostics: readonly SourceDiagnostic[];
}

/** The same run with an import that does nothing in the agent's place: what a user sees without the agent. */
export function withoutAgent(run: TargetRun): TargetRun {
  const nothing = '--import=data:text/javascript,';
  const env = Object.entries(run.env ?? {}).map(([name, value]) => [name, value?.replaceAll('AGENT', nothing)]);
  return { ...run, args: run.args.map((arg) => arg.replaceAll('AGENT', nothing)), env: Object.fromEntries(env) };
}

/** Runs a target program to its end, with the bundled test agent of that folder wherever AGENT stands. */
export async function runTarget(run: TargetRun, agentFolder: string): Promise<TargetResult> {
  const reportFile = join(agentFolder, `report-${process.pid}-${Math.random().toString(36).slice(2)}.json`);
  const agent = `--import=${pathToFileURL(join(agentFolder, 'register.js')).href}`;
  const withAgent = (text: string) => text.replaceAll('AGENT', agent);
  const { NODE_OPTIONS: _, ...inherited } = process.env;
  const env: NodeJS.ProcessEnv = { ...inherited, TEST_REPORT: reportFile, TEST_ROOT: targets };
  for (const [name, value] of Object.entries(run.env ?? {})) {
    env[name] = withAgent(value ?? '');
  }
  const child = spawn(runtimePath(run.major), run.args.map(withAgent), { cwd: join(targets, run.cwd), env });
  const output = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output.stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    output.stderr += text;
  });
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject).once('close', resolve);
  });
  return { exitCode, ...output, report: takeReport(reportFile) };
}

/** Every process with the agent leaves one (the `tsx` command starts Node itself); that of the application counts. */
function takeReport(reportFile: string): AgentReport | undefined {
  const files = readdirSync(dirname(reportFile)).filter((name) => name.startsWith(basename(reportFile)));
  const reports = files.map((name) => {
    const file = join(dirname(reportFile), name);
    const report = JSON.parse(readFileSync(file, 'utf8')) as AgentReport;
    rmSync(file);
    return report;
  });
  return reports.find(({ modules }) => modules.some(({ own }) => own)) ?? reports[0];
}

/** For each of the application's files the hits of each copy: `{ 'leaf.js': ['commonjs 2'] }`. */
export function hitsByFile(report: AgentReport): { readonly [file: string]: readonly string[] } {
  const files: { [file: string]: string[] } = {};
  for (const module of report.modules.filter(({ own }) => own)) {
    const name = basename(module.path);
    const count = report.hits.filter((hit) => hit === `${module.moduleId}:${module.moduleKind}`).length;
    files[name] = [...(files[name] ?? []), `${module.moduleKind} ${count}`];
  }
  return files;
}
