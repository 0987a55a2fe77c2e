import { type Comment, type Program, parse } from 'acorn';
import { TransformError } from './transform-error.ts';

export type ModuleKind = 'module' | 'commonjs';

export interface ParsedModule {
  readonly program: Program;
  readonly comments: readonly Comment[];
  /** Offsets just behind a token after which the parser had to insert a semicolon. */
  readonly insertedSemicolons: ReadonlySet<number>;
}

/** Parses what Node would compile. @throws TransformError with code `syntax` */
export function parseModule(code: string, moduleKind: ModuleKind): ParsedModule {
  const comments: Comment[] = [];
  const insertedSemicolons = new Set<number>();
  try {
    const program = parse(code, {
      ecmaVersion: 'latest',
      // `commonjs` is a function body: `return` and `new.target` stand at its top, `await` is an ordinary name.
      sourceType: moduleKind,
      allowHashBang: true,
      onComment: comments,
      onInsertedSemicolon: (tokenEnd) => insertedSemicolons.add(tokenEnd),
    });
    return { program, comments, insertedSemicolons };
  } catch (error) {
    if (error instanceof SyntaxError) throw new TransformError('syntax', error.message, error);
    throw error;
  }
}
