import { type Tags, tags } from './tags.ts';

/** Names a target: an agent matches when it carries every tag with just that value. Empty: every agent. */
export const selector = tags;
export type Selector = Tags;

export function matchesSelector(selector: Selector, carried: Tags): boolean {
  return Object.entries(selector).every(([key, value]) => Object.hasOwn(carried, key) && carried[key] === value);
}
