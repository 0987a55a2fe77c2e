import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { hashText } from './source-hash.ts';

it('is what sha256sum says of the file', () => {
  expect(hashText('é\n')).toBe(createHash('sha256').update(Buffer.from('é\n')).digest('hex'));
  expect(hashText('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
});
