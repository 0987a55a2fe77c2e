const prefix = 'e_';
/** 2^53 needs eleven digits in base 36; padded, so that ids sort as their numbers do. */
const digits = 11;

/** The id of the event with this number. */
export function eventIdOf(seq: number): string {
  return prefix + seq.toString(36).padStart(digits, '0');
}

/** The number behind an id, or `undefined` for an id that this server cannot have given. */
export function seqOf(id: string): number | undefined {
  if (!/^e_[0-9a-z]{11}$/.test(id)) return undefined;
  const seq = Number.parseInt(id.slice(prefix.length), 36);
  return Number.isSafeInteger(seq) ? seq : undefined;
}
