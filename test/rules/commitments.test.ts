// The rules of commitments: what may be taken on, when its owner hears of it, and any line after the command.

import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  type Commitment,
  isToBeSaid,
  mayChange,
  parseListCommand,
  problemWith,
  reminders,
  standing,
} from '../../src/rooms/commitments/commitments.ts';
import {
  commitmentLine,
  help,
  openList,
  unknownWord,
} from '../../src/rooms/commitments/commitments.views.ts';

const day = (text: string) => Temporal.PlainDate.from(text);
const instant = (text: string) => Temporal.Instant.from(text);
const office = (timeZone: string) => ({
  timeZone,
  workingDays: [1, 2, 3, 4, 5],
  workdayStarts: Temporal.PlainTime.from('09:00'),
  holidayRegion: null,
});

test.each([
  // Friday's reminder on Wednesday, Monday's on the Friday before, Tuesday's too since Sunday is no working day.
  ['2026-11-20', '2026-11-18T09:00', '2026-11-22T09:00'],
  ['2026-11-23', '2026-11-20T09:00', '2026-11-25T09:00'],
  ['2026-11-24', '2026-11-20T09:00', '2026-11-26T09:00'],
  ['2026-11-25', '2026-11-23T09:00', '2026-11-27T09:00'],
])('what is due on %s is spoken of at %s and %s', (due, before, after) => {
  for (const zone of ['Europe/Berlin', 'Pacific/Auckland', 'America/New_York']) {
    const found = reminders(day(due), office(zone));
    const local = (at: Temporal.Instant) =>
      at.toZonedDateTimeISO(zone).toPlainDateTime().toString({ smallestUnit: 'minute' });
    expect([local(found.before), local(found.after)]).toEqual([before, after]);
  }
});

test.each([
  // Good Friday 2026 is 3 April, Easter Monday the 6th.
  ['2026-04-05', '2026-04-02T09:00'],
  ['2026-04-07', '2026-04-02T09:00'],
  ['2026-04-08', '2026-04-02T09:00'],
  ['2026-04-09', '2026-04-07T09:00'],
])('what is due on %s is spoken of at %s, since public holidays use no time up', (due, before) => {
  const germany = { ...office('Europe/Berlin'), holidayRegion: 'DE' };
  const found = reminders(day(due), germany).before;
  expect(found.toZonedDateTimeISO('Europe/Berlin').toPlainDateTime().toString()).toBe(`${before}:00`);
});

test('a reminder comes two days before, or more where those are no working days, and two days after', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 700 }),
      fc.subarray([1, 2, 3, 4, 5, 6, 7], { minLength: 1 }),
      (ahead, workingDays) => {
        const due = day('2026-11-16').add({ days: ahead });
        const { before, after } = reminders(due, { ...office('Europe/Lisbon'), workingDays });
        const on = before.toZonedDateTimeISO('Europe/Lisbon').toPlainDate();
        expect(on.until(due).days).toBeGreaterThanOrEqual(2);
        expect(workingDays).toContain(on.dayOfWeek);
        expect(due.until(after.toZonedDateTimeISO('Europe/Lisbon').toPlainDate()).days).toBe(2);
      },
    ),
  );
});

test.each([
  [' ', '2026-11-20', 'no-words'],
  ['x'.repeat(501), '2026-11-20', 'too-long'],
  ['fine', '2026-11-15', 'in-the-past'],
  ['fine', '2029-11-15', 'too-far'],
  ['fine', '2026-11-16', undefined],
])('%j for %s: %s', (what, due, why) => {
  expect(problemWith({ what, due: day(due) }, day('2026-11-16'))?.why).toBe(why);
});

const commitment = (changes: Partial<Commitment> = {}): Commitment => ({
  id: '7d0d0b7e-0000-4000-8000-000000000000',
  leadId: 'ULEAD',
  owner: { id: 'UOWNER', name: 'Ada', left: false },
  withId: null,
  what: 'Fix the pipeline',
  due: day('2026-11-20'),
  source: { kind: 'retro', id: 's1', words: 'the retrospective in <#C1>' },
  state: 'open',
  reason: null,
  moved: 0,
  madeAt: instant('2026-11-10T10:00Z'),
  saidAt: instant('2026-11-10T10:00Z'),
  saidIn: null,
  closedAt: null,
  ...changes,
});
const reader = { member: { id: 'ULEAD', timeZone: 'Europe/Berlin' }, now: instant('2026-11-16T10:00Z') };

test.each([
  // Due on Friday 20 November: spoken of on the 18th and the 22nd, at 9:00 in Berlin.
  [null, '2026-11-10T10:00Z', 'new'],
  ['2026-11-10T10:00Z', '2026-11-17T12:00Z', undefined],
  ['2026-11-10T10:00Z', '2026-11-18T08:00Z', 'soon'],
  ['2026-11-18T08:00Z', '2026-11-18T08:01Z', undefined],
  ['2026-11-18T08:00Z', '2026-11-21T08:00Z', undefined],
  ['2026-11-18T08:00Z', '2026-11-23T08:00Z', 'late'],
  // Taken on for tomorrow: no word before its day.
  ['2026-11-19T10:00Z', '2026-11-19T12:00Z', undefined],
  // Put down for tomorrow by somebody else: that is news first.
  [null, '2026-11-19T12:00Z', 'new'],
  [null, '2026-11-23T12:00Z', 'late'],
])('last heard of at %s, at %s there is to be said: %s', (said, at, how) => {
  const one = commitment({ saidAt: said === null ? null : instant(said) });
  const owner = office('Europe/Berlin');
  expect(isToBeSaid(one, owner, instant(at)) ? standing(one, owner, instant(at)) : undefined).toBe(how);
  for (const closed of [{ state: 'done' } as const, { owner: { ...one.owner, left: true } }]) {
    expect(isToBeSaid({ ...one, ...closed }, owner, instant(at))).toBe(false);
  }
});

test('only its owner and the lead it was made with may change it', () => {
  expect(['UOWNER', 'ULEAD', 'UOTHER'].map((id) => mayChange(commitment(), id))).toEqual([true, true, false]);
  expect(mayChange(commitment({ owner: { id: null, name: 'someone', left: true } }), 'UOWNER')).toBe(false);
});

test('people’s words cannot mention, link or break the line they stand in', () => {
  const line = commitmentLine(commitment({ what: '<!channel> *_~`' }), reader);
  expect(line).not.toContain('<!channel>');
  expect(line).toContain('&lt;!channel&gt;');
});

test('a hundred open commitments fit a message, and say how many are left out', () => {
  const many = Array.from({ length: 100 }, () => commitment({ what: 'x'.repeat(500) }));
  const words = openList(many.slice(0, 50), many.slice(50), reader);
  expect(words.blocks.length).toBeLessThanOrEqual(50);
  expect(words.text.length).toBeLessThanOrEqual(4000);
  const rows = words.blocks.filter(({ type }) => type === 'actions').length - 1;
  expect(rows).toBeGreaterThan(10);
  expect(JSON.stringify(words.blocks)).toContain(`And ${100 - rows} more`);
});

test('ten thousand lines of anything are read or refused with what to do', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.string({ unit: 'grapheme' }),
        fc.constantFrom('done', ' HELP ', 'open', 'closed', 'done done', 'add', ' Add call the vendor'),
      ),
      (line) => {
        const command = parseListCommand(line);
        expect(['open', 'closed', 'add', 'help', 'refused']).toContain(command.kind);
        if (command.kind === 'refused') expect(unknownWord(command.text).text).toContain('/keel commitments');
      },
    ),
    { numRuns: 10_000 },
  );
  expect(help().text).toContain('Not doing');
});
