// How a rush is spread, and what a clock that is set back does to a line. No clock and no database.

import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { destinationPace, holdUntil, takeSlot, workspacePace } from '../../src/prompts/pacing.ts';

const now = Temporal.Instant.from('2026-10-07T08:20Z');

test('a burst goes at once, and the rest one after the other', () => {
  let next: Temporal.Instant | undefined;
  const waits = Array.from({ length: 4 }, () => {
    const slot = takeSlot(destinationPace, next, now);
    next = slot.next;
    return now.until(slot.at).total('seconds');
  });
  expect(waits).toEqual([0, 0, 1.1, 2.2]);
});

test('a line held for as long as Slack may ask stays held', () => {
  const until = now.add({ hours: 12 });
  expect(takeSlot(workspacePace, holdUntil(workspacePace, until), now).at.equals(until)).toBe(true);
});

test('a line left behind by a clock that was set back holds nobody up', () => {
  fc.assert(
    fc.property(fc.integer({ min: 25, max: 24 * 400 }), (hours) => {
      const slot = takeSlot(destinationPace, now.add({ hours }), now);
      expect(slot.at.equals(now)).toBe(true);
      expect(slot.next.equals(now.add(destinationPace.every))).toBe(true);
    }),
  );
});
