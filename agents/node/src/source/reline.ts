import {
  decodedMappings,
  encodedMappings,
  presortedDecodedMap,
  type SourceMapSegment,
  TraceMap,
  traceSegment,
} from '@jridgewell/trace-mapping';
import type { StatementStart } from './statement-starts.ts';

export interface MappedCode {
  readonly code: string;
  /** The text of its map. */
  readonly map: string;
}

/**
 * Puts what comes from different lines of the original on different lines again, and adjusts the map. tsx writes a
 * whole file on one line, and a guard needs a line to stand on. Breaks are added only at `starts`, which ascend,
 * and where they change nothing. Returns the very input where there is nothing to do.
 */
export function reline(input: MappedCode, starts: () => readonly StatementStart[]): MappedCode {
  const json = JSON.parse(input.map) as { mappings?: unknown; sections?: unknown };
  if (typeof json.mappings !== 'string') {
    return input;
  }
  const map = new TraceMap(input.map);
  if (!decodedMappings(map).some(mixesLines)) {
    return input;
  }
  const lines = input.code.split('\n');
  const breaks = breaksByLine(lines, starts(), map);
  if (breaks.every((columns) => columns.length === 0)) {
    return input;
  }
  const mappings = lines.flatMap((_, line) => splitSegments(map, line, breaks[line] ?? []));
  const { sources, names } = map;
  const encoded = encodedMappings(presortedDecodedMap({ version: 3, sources, names, mappings }));
  return {
    code: lines.map((text, line) => splitText(text, breaks[line] ?? [])).join('\n'),
    map: JSON.stringify({ ...json, mappings: encoded }),
  };
}

function mixesLines(segments: readonly SourceMapSegment[]): boolean {
  const first = segments.find((segment) => segment.length > 1);
  return segments.some((segment) => segment.length > 1 && segment[2] !== first?.[2]);
}

/** For each line the columns, from 0, at which a statement starts that comes from another line than the one before it. */
function breaksByLine(lines: readonly string[], starts: readonly StatementStart[], map: TraceMap): readonly number[][] {
  let offset = 0;
  let next = 0;
  return lines.map((text, line) => {
    const end = offset + text.length;
    const breaks: number[] = [];
    let previous = originalLine(map, line, 0);
    for (let start = starts[next]; start !== undefined && start.offset <= end; start = starts[next]) {
      const current = originalLine(map, line, start.offset - offset);
      if (current !== previous) {
        breaks.push(...start.breaks.map((place) => place - offset).filter((column) => column > 0));
      }
      previous = current;
      next += 1;
    }
    offset = end + 1;
    return breaks;
  });
}

function originalLine(map: TraceMap, line: number, column: number): string {
  const segment = traceSegment(map, line, column);
  return segment === null || segment.length === 1 ? '' : `${segment[1]}:${segment[2]}`;
}

function splitText(text: string, columns: readonly number[]): string {
  return [0, ...columns].map((column, index) => text.slice(column, columns[index])).join('\n');
}

/** One pass: a file that tsx wrote is one line with tens of thousands of segments. */
function splitSegments(map: TraceMap, line: number, columns: readonly number[]): SourceMapSegment[][] {
  const segments = decodedMappings(map)[line] ?? [];
  let next = 0;
  return [0, ...columns].map((start, index) => {
    const end = columns[index] ?? Number.POSITIVE_INFINITY;
    const inside: SourceMapSegment[] = [];
    for (let segment = segments[next]; segment !== undefined && segment[0] < end; segment = segments[next]) {
      inside.push(moved(segment, start));
      next += 1;
    }
    // A line without a mapping at its start belongs to nothing; before the break it belonged to what came before.
    const inherited = start > 0 && inside[0]?.[0] !== 0 ? traceSegment(map, line, start) : null;
    return inherited === null ? inside : [moved(inherited, start), ...inside];
  });
}

function moved(segment: Readonly<SourceMapSegment>, start: number): SourceMapSegment {
  const [column, ...rest] = segment;
  return [Math.max(0, column - start), ...rest] as SourceMapSegment;
}
