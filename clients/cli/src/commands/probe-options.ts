import {
  type CreateProbeRequest,
  defaultCaptureLimits,
  type LogLevel,
  logLevels,
  type ProbeDraft,
  type Tags,
} from '@sonde/protocol';
import { type Command, Option } from 'commander';
import { collectTag, collectText } from '../arguments/collect.ts';
import { parseDuration } from '../arguments/duration.ts';
import { wholeNumber } from '../arguments/whole-number.ts';

export const defaultTimeoutMs = 60_000;

/** How a probe is limited and where it goes, for every command that places one. */
export interface PlacingOptions {
  readonly on?: Tags;
  readonly hits?: number;
  readonly perSecond?: number;
  readonly expires?: number;
  readonly wait?: true;
  readonly timeout?: number;
}

export interface CaptureOptions {
  readonly depth?: number;
  readonly fields?: number;
  readonly elements?: number;
  readonly characters?: number;
}

export function addConditionOption(command: Command): Command {
  return command.option('--if <expr>', 'only hits for which this expression of the application’s language is true');
}

export function addSelectorOption(command: Command): Command {
  return command.option('--on <key=value>', 'only agents with this tag (repeatable)', collectTag);
}

export function addWatchOption(command: Command): Command {
  return command.option('--watch <expr>', 'also read this expression (repeatable)', collectText);
}

export function levelOption(): Option {
  return new Option('--level <level>', 'level of the log line').choices(logLevels).default('info' satisfies LogLevel);
}

export function addPlacingOptions(command: Command): Command {
  return addSelectorOption(command)
    .option('--hits <n>', 'remove the probe after this many hits', wholeNumber(1, 1_000_000_000))
    .option('--per-second <n>', 'send at most this many hits a second', wholeNumber(1, 10_000_000))
    .option('--expires <time>', 'remove the probe after this time: 10m, 2h, at most 7d', parseDuration)
    .option('--wait', 'wait for the answer and show it')
    .option('--timeout <time>', 'how long to wait (default: 60s)', parseDuration);
}

export function addCaptureOptions(command: Command): Command {
  const { maxDepth, maxFields, maxElements, maxCharacters } = defaultCaptureLimits;
  return command
    .option('--depth <n>', `levels of objects to read (default: ${maxDepth})`, wholeNumber(0, 20))
    .option('--fields <n>', `fields to read of an object (default: ${maxFields})`, wholeNumber(0, 10_000))
    .option('--elements <n>', `elements to read of a list (default: ${maxElements})`, wholeNumber(0, 10_000))
    .option('--characters <n>', `characters to read of a text (default: ${maxCharacters})`, wholeNumber(0, 1_000_000));
}

/** The request for a draft and its options; what was not said is left to the server. */
export function createRequest(draft: ProbeDraft, options: PlacingOptions & CaptureOptions): CreateProbeRequest {
  const { on, hits, perSecond, expires } = options;
  const capture = captureOf(options);
  const limits = {
    ...(hits !== undefined && { maxHits: hits }),
    ...(perSecond !== undefined && { maxHitsPerSecond: perSecond }),
    ...(capture && { capture }),
  };
  return {
    draft,
    ...(on && { selector: on }),
    ...(Object.keys(limits).length > 0 && { limits }),
    ...(expires !== undefined && { expiresInMs: expires }),
  };
}

function captureOf({ depth, fields, elements, characters }: CaptureOptions) {
  if ([depth, fields, elements, characters].every((value) => value === undefined)) return undefined;
  return {
    ...defaultCaptureLimits,
    ...(depth !== undefined && { maxDepth: depth }),
    ...(fields !== undefined && { maxFields: fields }),
    ...(elements !== undefined && { maxElements: elements }),
    ...(characters !== undefined && { maxCharacters: characters }),
  };
}
