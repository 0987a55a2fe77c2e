import type { Reporter, TestModule } from 'vitest/node';

/** Ends a test run with `N passed, N failed` alone on a line, for whoever reads the output by machine. */
// biome-ignore lint/style/noDefaultExport: vitest takes a reporter by its file's default export
export default class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const count = (state: string) => tests.filter((test) => test.result().state === state).length;
    // A file that could not be loaded has no tests, and is a failure all the same.
    const broken = modules.filter((module) => !module.ok() && [...module.children.allTests()].length === 0).length;
    const skipped = count('skipped');
    const line = `${count('passed')} passed, ${count('failed') + broken} failed${skipped > 0 ? `, ${skipped} skipped` : ''}\n`;
    // At the very end, behind what the other reporters still have to say.
    process.once('exit', () => process.stdout.write(line));
  }
}
