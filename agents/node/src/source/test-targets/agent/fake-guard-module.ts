// Stands in for the transform: every mark becomes a call. The mark stays, so that a second pass shows as a second hit.
const mark = /\/\* probe \*\/|String\(["']probe["']\);/g;

export function guardModule({ code, moduleKind, moduleId }) {
  if (code.includes('/* refuse */')) {
    throw new Error('refused');
  }
  const guarded = code.replace(mark, (text) => `${text};typeof hit==='function'&&hit('${moduleId}:${moduleKind}');`);
  const lines = code.split('\n').flatMap((text, index) => (text.search(mark) === -1 ? [] : [index + 1]));
  return {
    code: guarded,
    functions: [{ cell: `hit('${moduleId}:`, name: 'f', line: 1, endLine: 1, async: false, generator: false }],
    sites: lines.map((line) => ({ functionIndex: 0, line, column: 1, names: [], outer: [], hasThis: false })),
    moduleNames: [],
    skipped: [],
  };
}
