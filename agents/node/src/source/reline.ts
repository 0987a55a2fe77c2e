import {
  decodedMappings,
  encodedMappings,
  presortedDecodedMap,
  type SourceMapSegment,
  TraceMap,
  traceSegment,
} from '@jridgewell/trace-mapping';

export interface MappedCode {
  readonly code: string;
  /** The text of its map. */
  readonly map: string;
}

/**
 * Puts what comes from different lines of the original on different lines again, and adjusts the map. tsx writes a
 * whole file on one line, and a guard needs a line to stand on. Breaks are added at `starts` only, ascending offsets
 * at which they change nothing. Returns the very input where there is nothing to do.
 */
export function reline(input: MappedCode, starts: () => readonly number[]): MappedCode {
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
function breaksByLine(lines: readonly string[], starts: readonly number[], map: TraceMap): readonly number[][] {
  let offset = 0;
  let next = 0;
  return lines.map((text, line) => {
    const end = offset + text.length;
    const breaks: number[] = [];
    let previous = originalLine(map, line, 0);
    for (; next < starts.length && (starts[next] ?? 0) <= end; next += 1) {
      const column = (starts[next] ?? 0) - offset;
      const current = originalLine(map, line, column);
      if (current !== previous && column > 0) {
        breaks.push(column);
      }
      previous = current;
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

function splitSegments(map: TraceMap, line: number, columns: readonly number[]): SourceMapSegment[][] {
  const segments = decodedMappings(map)[line] ?? [];
  return [0, ...columns].map((start, index) => {
    const end = columns[index] ?? Number.POSITIVE_INFINITY;
    const inside = segments.filter(([column]) => start <= column && column < end);
    // A line without a mapping at its start belongs to nothing; before the break it belonged to what came before.
    const inherited = start > 0 && inside[0]?.[0] !== start ? traceSegment(map, line, start) : null;
    return [...(inherited === null ? [] : [inherited]), ...inside].map((segment) => moved(segment, start));
  });
}

function moved(segment: Readonly<SourceMapSegment>, start: number): SourceMapSegment {
  const [column, ...rest] = segment;
  return [Math.max(0, column - start), ...rest] as SourceMapSegment;
}
