import { InvalidArgumentError } from 'commander';

/** A reader of whole numbers within the bounds. */
export function wholeNumber(min: number, max: number): (text: string) => number {
  return (text) => {
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (value >= min && value <= max) return value;
    throw new InvalidArgumentError(`Say a whole number from ${min} to ${max}.`);
  };
}
