import type { RedactionPolicy } from '@sonde/protocol/agent';
import { mapClear, mapGet, mapSet, setHas, slice } from '../intrinsics/intrinsics.ts';
import { createNameNormalizer } from './normalize-name.ts';
import { redactedNames } from './redacted-names.ts';

/** Says what is masked. Built once for a policy; a new policy means a new one. */
export interface Redaction {
  /** For the capture path: remembers what it was asked. */
  readonly isRedactedName: (name: string) => boolean;
  /** The same answer without writing anything, so that it may be asked under V8's side-effect check. */
  readonly isRedactedNamePurely: (name: string) => boolean;
  /** Whether reading or calling something of this name gives a redacted value: `getPassword` does. Writes nothing. */
  readonly isRedactedAccess: (name: string) => boolean;
}

// Field names repeat on every hit; map keys and environment names need not. Beyond this many the memory starts anew, so
// keys made from identifiers cannot make it grow.
const maxRemembered = 2_048;
/** Longer than any name of the list: such a key costs no normalising and is not kept alive. */
const maxNameLength = 256;

const readPrefixes = ['get', 'read', 'fetch', 'load', 'find'] as const;

export function createRedaction(policy: RedactionPolicy): Redaction {
  // What runs under V8's check may read no import, see the normaliser.
  const normalize = createNameNormalizer();
  const has = setHas;
  const part = slice;
  const names = listNames(policy, normalize);
  const remembered = new Map<string, boolean>();
  let count = 0;

  const isRedactedNamePurely = (name: string): boolean => name.length <= maxNameLength && has(names, normalize(name));

  const isRedactedAccess = (name: string): boolean => {
    if (name.length > maxNameLength) return false;
    const normal = normalize(name);
    if (has(names, normal)) return true;
    for (let index = 0; index < readPrefixes.length; index += 1) {
      const prefix = readPrefixes[index] as string;
      if (part(normal, 0, prefix.length) === prefix && has(names, part(normal, prefix.length))) return true;
    }
    return false;
  };

  return {
    isRedactedNamePurely,
    isRedactedAccess,
    isRedactedName(name) {
      if (name.length > maxNameLength) return false;
      const known = mapGet(remembered, name);
      if (known !== undefined) return known;
      const redacted = isRedactedNamePurely(name);
      if (count === maxRemembered) {
        mapClear(remembered as Map<never, never>);
        count = 0;
      }
      mapSet(remembered, name, redacted);
      count += 1;
      return redacted;
    },
  };
}

function listNames(policy: RedactionPolicy, normalize: (name: string) => string): Set<string> {
  const names = new Set<string>();
  for (const name of redactedNames) names.add(name);
  for (const name of policy.names) names.add(normalize(name));
  for (const name of policy.exceptNames) names.delete(normalize(name));
  // A policy name made only of separators would normalise to nothing and mask every nameless thing.
  names.delete('');
  return names;
}
