// What somebody typed can turn the direction of nothing: neither of what stands around it nor of itself.

import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { escaped, plain, quoted } from '../../src/slack/blocks.ts';

const turning = [...'\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069'];
const typed = fc.array(fc.oneof(fc.constantFrom(...turning), fc.string({ unit: 'grapheme' })));

test.each([
  ['escaped', escaped],
  ['quoted', quoted],
  ['plain', (text: string) => plain(text).text],
])('%s leaves out what turns the line, and nothing else', (_, written) => {
  fc.assert(
    fc.property(typed, (pieces) => {
      const text = written(pieces.join(''));
      expect(turning.filter((one) => text.includes(one))).toEqual([]);
      expect(text).toBe(written(pieces.filter((one) => !turning.includes(one)).join('')));
    }),
  );
});
