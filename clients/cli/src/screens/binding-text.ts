import type { Binding } from '@sonde/protocol';
import { placeText } from './place-text.ts';

/** Where a probe stands and by what means, with the code that really runs where that is another. */
export function bindingText(binding: Binding): string {
  const generated = binding.generated ? `, in what runs ${placeText(binding.generated)}` : '';
  return `${binding.mechanism} at ${placeText(binding)}${generated}`;
}
