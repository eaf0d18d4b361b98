import { expect, test } from '@jest/globals';
import type { Commitment } from '../../src/rooms/commitments/commitments.ts';
import { tooManyOpen } from '../../src/rooms/retros/retros.replies.views.ts';
import { howManyAre } from '../../src/words.ts';

test('one is, and more are', () => {
  expect([howManyAre(1), howManyAre(3)]).toEqual(['one is', '3 are']);
  expect(tooManyOpen([{} as Commitment], 1)).toContain('one is open already');
});
