// What may be said now: pauses, lateness, quiet hours, the day's budget, and how a rush is spread.

import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Due, fitsTheBudget, importanceOf, mayBeSaidNow, type Rival } from '../../src/prompts/decide.ts';
import { holdUntil, takeSlot, workspacePace } from '../../src/prompts/pacing.ts';
import { type Errand, type Notice, usefulFor } from '../../src/prompts/prompts.ts';
import { nextWorkingMoment, workBeginsAfter } from '../../src/time/working-days.ts';
import { aKind, aLead, instant } from '../support/prompts.ts';

// A Monday, 10:00 in Lisbon; work is from 9:00 to 18:00.
const monday = instant('2026-11-16T10:00Z');
const polite = aKind({
  overBudget: 'drop',
  whenQuiet: 'wait',
  usefulUntil: usefulFor({ days: 14 }),
});
const due = (changes: Partial<Due> = {}): Due => ({
  kind: polite,
  subject: '',
  towards: 'lead',
  occurrence: monday,
  requested: false,
  ...changes,
});

test.each([
  ['within hours', '2026-11-16T10:00Z', '2026-11-16T10:00:00Z'],
  ['before work', '2026-11-16T07:00Z', '2026-11-16T09:00:00Z'],
  ['after work', '2026-11-16T18:00Z', '2026-11-17T09:00:00Z'],
  ['on Friday evening', '2026-11-20T20:00Z', '2026-11-23T09:00:00Z'],
  ['the evening before a holiday', '2026-11-30T20:00Z', '2026-12-02T09:00:00Z'],
])('%s, work is at', (_, from, to) => {
  expect(String(nextWorkingMoment(aLead({ holidayRegion: 'PT' }), instant(from)))).toBe(to);
});

test('a lead who never works has no next working moment', () => {
  expect(nextWorkingMoment(aLead({ workingDays: [] }), monday)).toBeUndefined();
});

test('a pause holds even what was asked for', () => {
  const lead = aLead({ pausedUntil: monday.add({ hours: 1 }) });
  expect(mayBeSaidNow(lead, due({ requested: true }), monday)).toEqual({ kind: 'skip', why: 'paused' });
});

test('what comes too late is missed, unless it was asked for', () => {
  const late = due({ occurrence: monday.subtract({ hours: 24 * 15 }) });
  expect(mayBeSaidNow(aLead(), late, monday)).toEqual({ kind: 'miss', why: 'too-late' });
  expect(mayBeSaidNow(aLead(), { ...late, requested: true }, monday)).toEqual({ kind: 'go' });
});

const { name, title, usefulUntil, compose } = polite;
const errand: Errand = { kind: 'errand', name, title, usefulUntil, compose };
const night = instant('2026-11-16T23:00Z');

test('an errand in a channel knows no pause and no quiet hours, and yet it can come too late', () => {
  const away = aLead({ pausedUntil: monday.add({ hours: 24 * 30 }) });
  const inChannel = due({ kind: errand, towards: 'channel' });
  expect(mayBeSaidNow(away, inChannel, night)).toEqual({ kind: 'go' });
  expect(mayBeSaidNow(away, inChannel, monday.add({ hours: 24 * 15 }))).toEqual({
    kind: 'miss',
    why: 'too-late',
  });
});

test('whoever has just asked for an errand has it at once; hours later it wakes nobody', () => {
  const asked = due({ kind: errand, occurrence: night });
  expect(mayBeSaidNow(aLead(), asked, night)).toEqual({ kind: 'go' });
  const waits = { kind: 'wait', until: instant('2026-11-17T09:00Z'), why: 'quiet-hours' };
  expect(mayBeSaidNow(aLead(), asked, night.add({ hours: 3 }))).toEqual(waits);
  const ahead = due({ kind: { ...errand, ahead: true }, occurrence: night });
  expect(mayBeSaidNow(aLead(), ahead, night)).toEqual(waits);
});

test('an errand to somebody else waits for their hours, their pause and their day; what was sent on purpose does not', () => {
  const toThem = due({ kind: errand, towards: 'other', occurrence: night });
  expect(mayBeSaidNow(aLead(), toThem, night)).toEqual({
    kind: 'wait',
    until: instant('2026-11-17T09:00Z'),
    why: 'quiet-hours',
  });
  const back = instant('2026-11-18T09:00Z');
  expect(mayBeSaidNow(aLead({ pausedUntil: back }), toThem, night)).toEqual({
    kind: 'wait',
    until: back,
    why: 'paused',
  });
  expect(mayBeSaidNow(aLead(), { ...toThem, requested: true }, night)).toEqual({ kind: 'go' });
  const spent = { spent: 2, rivals: [] };
  expect(fitsTheBudget(aLead(), { ...toThem, occurrence: monday }, spent, monday)).toEqual({
    kind: 'wait',
    until: instant('2026-11-17T09:00Z'),
    why: 'over-budget',
  });
  const continues = { ...toThem, kind: { ...errand, continues: () => true } };
  expect(fitsTheBudget(aLead(), continues, spent, monday)).toEqual({ kind: 'go' });
});

test('at an hour that was chosen it comes even at night, and late it waits for the morning', () => {
  const early = due({
    kind: aKind({ usefulUntil: usefulFor({ days: 1 }) }),
    occurrence: instant('2026-11-16T05:30Z'),
  });
  expect(mayBeSaidNow(aLead(), early, instant('2026-11-16T05:31Z'))).toEqual({ kind: 'go' });
  const waits = { kind: 'wait', until: instant('2026-11-16T09:00Z'), why: 'quiet-hours' };
  expect(mayBeSaidNow(aLead(), early, instant('2026-11-16T06:30Z'))).toEqual(waits);
  const byDay = { ...early, kind: aKind({ whenQuiet: 'by-day' }) };
  expect(mayBeSaidNow(aLead(), byDay, instant('2026-11-16T05:31Z'))).toEqual(waits);
  const evening = instant('2026-11-16T20:00Z');
  expect(mayBeSaidNow(aLead(), { ...byDay, occurrence: evening }, evening)).toEqual({ kind: 'go' });
});

test('a notice waits for working hours and for the end of a pause, and knows no budget', () => {
  const notice: Notice = { kind: 'notice', name, title, usefulUntil, compose };
  const back = monday.add({ hours: 48 });
  expect(mayBeSaidNow(aLead({ pausedUntil: back }), due({ kind: notice }), monday)).toEqual({
    kind: 'wait',
    until: back,
    why: 'paused',
  });
  expect(mayBeSaidNow(aLead(), due({ kind: notice }), instant('2026-11-16T20:00Z'))).toEqual({
    kind: 'wait',
    until: instant('2026-11-17T09:00Z'),
    why: 'quiet-hours',
  });
  const spent = { spent: 9, rivals: [] };
  expect(fitsTheBudget(aLead(), due({ kind: notice }), spent, monday)).toEqual({ kind: 'go' });
});

test('in a rush errands and notices go before every question', () => {
  for (const kind of ['errand', 'notice'] as const) {
    expect(importanceOf({ kind, name, title, usefulUntil, compose })).toBeGreaterThanOrEqual(
      importanceOf(aKind({ importance: 100 })),
    );
  }
});

test('quiet hours put off, and never past what is useful', () => {
  const evening = instant('2026-11-16T20:00Z');
  expect(mayBeSaidNow(aLead(), due(), evening)).toEqual({
    kind: 'wait',
    until: instant('2026-11-17T09:00Z'),
    why: 'quiet-hours',
  });
  const brief = aKind({ whenQuiet: 'wait', usefulUntil: (occurrence) => occurrence.add({ hours: 1 }) });
  expect(mayBeSaidNow(aLead(), due({ kind: brief, occurrence: evening }), evening)).toEqual({
    kind: 'miss',
    why: 'quiet-hours',
  });
});

const rival = (importance: number, hoursLater: number): Rival => ({
  kind: aKind({ importance, overBudget: 'drop' }),
  subject: '',
  towards: 'lead',
  occurrence: monday.add({ hours: hoursLater }),
  dueAt: monday.add({ hours: hoursLater }),
});

test('with room for all of them it goes', () => {
  expect(fitsTheBudget(aLead(), due(), { spent: 0, rivals: [rival(99, 1)] }, monday)).toEqual({ kind: 'go' });
  expect(fitsTheBudget(aLead(), due(), { spent: 1, rivals: [rival(1, 1)] }, monday)).toEqual({ kind: 'go' });
});

test('the places of two more important ones later that day are kept', () => {
  expect(fitsTheBudget(aLead(), due(), { spent: 0, rivals: [rival(99, 3), rival(98, 2)] }, monday)).toEqual({
    kind: 'wait',
    until: monday.add({ hours: 2 }),
    why: 'more-important-first',
  });
});

test("tomorrow's rivals, and those that quiet hours will move there, take no place today", () => {
  const late = rival(99, 10);
  late.kind = aKind({ importance: 99, overBudget: 'drop', whenQuiet: 'wait' });
  expect(
    fitsTheBudget(aLead({ promptsPerDay: 1 }), due(), { spent: 0, rivals: [rival(99, 24), late] }, monday),
  ).toEqual({ kind: 'go' });
});

test('a spent budget moves or drops, as the kind says', () => {
  expect(fitsTheBudget(aLead(), due(), { spent: 2, rivals: [] }, monday)).toEqual({
    kind: 'skip',
    why: 'over-budget',
  });
  const patient = due({ kind: { ...polite, overBudget: 'next-working-day' } });
  expect(fitsTheBudget(aLead(), patient, { spent: 2, rivals: [] }, monday)).toEqual({
    kind: 'wait',
    until: instant('2026-11-17T09:00Z'),
    why: 'over-budget',
  });
});

test('a digest and what was asked for know no budget', () => {
  const spent = { spent: 5, rivals: [] };
  expect(fitsTheBudget(aLead(), due({ requested: true }), spent, monday)).toEqual({ kind: 'go' });
  expect(fitsTheBudget(aLead(), due({ kind: aKind() }), spent, monday)).toEqual({ kind: 'go' });
});

test('every wait ends later than now, and within use', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 14 * 24 * 60 }),
      fc.array(fc.tuple(fc.integer({ min: 0, max: 20 }), fc.integer({ min: -5, max: 30 })), { maxLength: 6 }),
      fc.integer({ min: 0, max: 5 }),
      (minutes, others, spent) => {
        const now = monday.add({ minutes });
        const one = due();
        const rivals = others.map(([importance, hours]) => rival(importance, hours));
        for (const ruling of [
          mayBeSaidNow(aLead(), one, now),
          fitsTheBudget(aLead(), one, { spent, rivals }, now),
        ]) {
          if (ruling.kind !== 'wait') continue;
          expect(Temporal.Instant.compare(ruling.until, now)).toBe(1);
          expect(
            Temporal.Instant.compare(ruling.until, one.kind.usefulUntil(one.occurrence, aLead())),
          ).toBeLessThan(1);
        }
      },
    ),
  );
});

test('a rush gets its burst at once and the rest evenly; never more than the rate and the burst in any stretch', () => {
  const slots: number[] = [];
  let next: Temporal.Instant | undefined;
  for (let count = 0; count < 600; count++) {
    const slot = takeSlot(workspacePace, next, monday);
    next = slot.next;
    slots.push(monday.until(slot.at).total('seconds'));
  }
  expect(slots.filter((at) => at === 0)).toHaveLength(workspacePace.burst);
  expect(slots.at(-1)).toBeCloseTo((600 - workspacePace.burst) * workspacePace.every.total('seconds'), 1);
});

test('after Slack asked to wait nobody goes before that, and then one at a time', () => {
  const until = monday.add({ seconds: 30 });
  const first = takeSlot(workspacePace, holdUntil(workspacePace, until), monday);
  const second = takeSlot(workspacePace, first.next, monday);
  expect(first.at.equals(until)).toBe(true);
  expect(Temporal.Instant.compare(second.at, first.at)).toBe(1);
});

test('the next working day skips the weekend', () => {
  expect(String(workBeginsAfter(aLead(), Temporal.PlainDate.from('2026-11-20')))).toBe(
    '2026-11-23T09:00:00Z',
  );
});
