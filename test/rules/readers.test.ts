// One table of clocks, days and stretches, tried at every door that reads them: all rooms read alike.

import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readPause } from '../../src/prompts/controls.steps.ts';
import { defaultCategories } from '../../src/rooms/balance/balance.categories.ts';
import { readEntry } from '../../src/rooms/balance/balance.entry.forms.ts';
import { parseLog } from '../../src/rooms/balance/balance.parse.ts';
import { readCheckIns } from '../../src/rooms/delegation/delegation.check-ins.ts';
import { parseDelegateCommand } from '../../src/rooms/delegation/delegation.parse.ts';
import { parseCommand, readRhythm } from '../../src/rooms/one-on-ones/one-on-ones.parse.ts';
import { parsePostmortemCommand } from '../../src/rooms/postmortems/postmortems.parse.ts';
import { parseRetroCommand } from '../../src/rooms/retros/retros.parse.ts';
import { FormValues } from '../../src/slack/forms.ts';
import { dateInWords, dayInWords, longDate, momentInWords, timeInWords } from '../../src/time/days.ts';
import { readDay, readMoment } from '../../src/time/moments.ts';
import { parseRecurrence } from '../../src/time/recurrence.parse.ts';

const timeZone = 'Asia/Kathmandu';
// A Thursday, late in the evening.
const today = Temporal.PlainDate.from('2026-11-19');
const now = today.toZonedDateTime({ timeZone, plainTime: '22:00' }).toInstant();
const lead = {
  workspaceId: 'T1',
  id: 'ULEAD',
  timeZone,
  workingDays: [1, 2, 3, 4, 5],
  workdayStarts: Temporal.PlainTime.from('09:00'),
  workdayEnds: Temporal.PlainTime.from('17:00'),
  holidayRegion: null,
  promptsPerDay: 2,
  pausedUntil: null,
  pauses: [],
  leftAt: null,
  engineers: 4,
  targetPercent: null,
  offeredTimeZone: null,
  digestDay: 5,
  digestTime: Temporal.PlainTime.from('15:00'),
  setUpAt: null,
};
const localNow = now.toZonedDateTimeISO(timeZone).toPlainDateTime();
const local = (at: Temporal.Instant | null | undefined) => at?.toZonedDateTimeISO(timeZone).toPlainDateTime();
const person = '<@U0A|duarte>';

const log = (line: string) => {
  const reading = parseLog(line, { categories: defaultCategories, now, life: lead });
  return reading.kind === 'parsed' ? reading.drafts[0] : undefined;
};
const logForm = (time: string, day = today.subtract({ days: 1 })) => {
  const reading = readEntry(
    new FormValues({
      time: { time: { value: time } },
      category: { category: { selected_option: { value: 'review' } } },
      day: { day: { selected_date: day.toString() } },
    }),
    { lead, now, categories: defaultCategories },
  );
  return reading.kind === 'entry' ? reading.draft : undefined;
};
const oneOnOne = (line: string) => parseCommand(line, localNow);
const incident = (line: string) => {
  const command = parsePostmortemCommand(line, { now, zone: timeZone, channelId: 'C1' });
  return command.kind === 'start' ? command.draft : undefined;
};
const rhythmTime = (reading: { kind: string; rhythm?: { time: Temporal.PlainTime } }) => reading.rhythm?.time;

/** Where a clock is read, by room; undefined where it is refused. */
const clockDoors: Record<string, Record<string, (clock: string) => Temporal.PlainTime | undefined>> = {
  balance: {
    line: (clock) => local(log(`0:00-${clock} review yesterday`)?.endsAt)?.toPlainTime(),
    form: (clock) => local(logForm(`0:00 to ${clock}`)?.endsAt)?.toPlainTime(),
  },
  'one-on-ones': {
    move: (clock) => {
      const command = oneOnOne(`move ${person} tomorrow ${clock}`);
      return command.kind === 'move' ? command.to?.toPlainTime() : undefined;
    },
    add: (clock) => {
      const command = oneOnOne(`add ${person} weekly tuesday ${clock}`);
      return command.kind === 'add' ? command.rhythm.time : undefined;
    },
    form: (clock) => rhythmTime(readRhythm(`every 2 weeks tuesday at ${clock}`)),
  },
  retros: {
    line: (clock) => {
      const command = parseRetroCommand(`in <#C1|team> fridays ${clock} named`);
      const when = command.kind === 'set-up' ? command.wish.when : undefined;
      return when?.kind === 'rhythm' ? when.time : undefined;
    },
  },
  postmortems: {
    since: (clock) => local(incident(`mail stopped, since yesterday ${clock}`)?.startedAt)?.toPlainTime(),
    stretch: (clock) => local(incident(`mail stopped, yesterday 0:00-${clock}`)?.resolvedAt)?.toPlainTime(),
    note: (clock) => {
      const command = parsePostmortemCommand(`note yesterday ${clock} rolled back`, {
        now,
        zone: timeZone,
        channelId: 'C1',
      });
      return command.kind === 'note' ? command.moment?.time : undefined;
    },
    form: (clock) => {
      const moment = readMoment(`yesterday ${clock}`, today, 'past');
      return moment.kind === 'moment' ? moment.moment.time : undefined;
    },
  },
  prompts: {
    pause: (clock) => {
      const reading = readPause({ lead, now }, `until tomorrow at ${clock}`);
      return reading.kind === 'until' ? local(reading.until)?.toPlainTime() : undefined;
    },
    rhythm: (clock) => {
      const reading = parseRecurrence(`every tuesday at ${clock}`);
      return reading.kind === 'understood' ? reading.time : undefined;
    },
  },
};

/** Where a day is read, by the way it is looked for. */
const dayDoors: Record<'past' | 'future', Record<string, (day: string) => Temporal.PlainDate | undefined>> = {
  past: {
    '/logtime': (day) => log(`1h review ${day}`)?.day,
    '/oneonone held': (day) => {
      const command = oneOnOne(`held ${person} ${day}`);
      return command.kind === 'held' ? command.day : undefined;
    },
    '/postmortem': (day) => local(incident(`mail stopped, ${day} 9.00`)?.startedAt)?.toPlainDate(),
  },
  future: {
    '/oneonone move': (day) => {
      const command = oneOnOne(`move ${person} ${day} 9.00`);
      return command.kind === 'move' ? command.to?.toPlainDate() : undefined;
    },
    '/delegate': (day) => {
      const command = parseDelegateCommand(`${person} the parser at advise until ${day}`, {
        now,
        zone: timeZone,
        leadId: 'ULEAD',
      });
      return command.kind === 'give' ? (command.line.until ?? undefined) : undefined;
    },
    'check-ins': (day) => {
      const reading = readCheckIns(day, { today, until: null, life: lead });
      return reading.kind === 'days' ? reading.days[0] : undefined;
    },
    '/keel pause': (day) => {
      const reading = readPause({ lead, now }, `until ${day} 9:00`);
      return reading.kind === 'until' ? local(reading.until)?.toPlainDate() : undefined;
    },
  },
};

/** Rooms where nobody types a time: their forms have pickers. */
const withoutClocks = ['commitments', 'delegation'];

test('every room has its doors in this table, or nothing to read', () => {
  const rooms = readdirSync('src/rooms', { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
  expect([...Object.keys(clockDoors), ...withoutClocks].filter((name) => name !== 'prompts').sort()).toEqual(
    rooms.sort(),
  );
});

test('no room has a grammar of its own for clocks', () => {
  const files = ['src/rooms', 'src/prompts', 'src/leads'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => `${folder}/${name}`),
  );
  expect(files.length).toBeGreaterThan(100);
  // What marks one half of a day stands in every grammar of clocks.
  const own = files.filter((file) => /\[ap\]|\bam\|pm\b|\(am\|/.test(readFileSync(file, 'utf8')));
  expect(own).toEqual([]);
});

const everyClockDoor = Object.entries(clockDoors).flatMap(([room, doors]) =>
  Object.entries(doors).map(([door, read]) => [`${room}: ${door}`, read] as const),
);

describe.each(everyClockDoor)('%s', (_, read) => {
  test.each([
    ['9:30', '09:30'],
    ['9.30', '09:30'],
    ['09:30', '09:30'],
    ['9:30am', '09:30'],
    ['9.30 AM', '09:30'],
    ['9:30 a.m.', '09:30'],
    ['4pm', '16:00'],
    ['4 p.m.', '16:00'],
    ['16.00', '16:00'],
    ['12:05am', '00:05'],
    ['noon', '12:00'],
    ['９：３０', '09:30'],
  ])('reads %s', (clock, time) => {
    expect(read(clock)).toEqual(Temporal.PlainTime.from(time));
  });

  test.each(['25:00', '9:75', '9.75', '13pm', '0am', '9:3', 'nine'])('refuses %s', (clock) => {
    expect(read(clock)).toBeUndefined();
  });
});

describe.each(Object.entries(dayDoors.past))('%s', (_, read) => {
  test.each([
    ['yesterday', '2026-11-18'],
    ['the day before yesterday', '2026-11-17'],
    ['monday', '2026-11-16'],
    ['on Monday', '2026-11-16'],
    ['last friday', '2026-11-13'],
    ['17 nov', '2026-11-17'],
    ['Nov 17th', '2026-11-17'],
    ['tue 17 november', '2026-11-17'],
    ['2026-11-17', '2026-11-17'],
    ['2 days ago', '2026-11-17'],
    ['end of october', '2026-10-31'],
  ])('reads %s', (typed, day) => {
    expect(read(typed)).toEqual(Temporal.PlainDate.from(day));
  });

  test.each(['20 nov', '31 nov', 'wed 17 nov', 'tomorrow', '3/4', 'smarch 5', 'soon'])(
    'refuses %s',
    (day) => {
      expect(read(day)).toBeUndefined();
    },
  );
});

describe.each(Object.entries(dayDoors.future))('%s', (_, read) => {
  test.each([
    ['tomorrow', '2026-11-20'],
    ['monday', '2026-11-23'],
    ['next Monday', '2026-11-23'],
    ['24 nov', '2026-11-24'],
    ['Nov 24th', '2026-11-24'],
    ['tue 24 november', '2026-11-24'],
    ['2026-11-24', '2026-11-24'],
    ['in 5 days', '2026-11-24'],
    ['in two weeks', '2026-12-03'],
    ['end of november', '2026-11-30'],
    ['end of next month', '2026-12-31'],
  ])('reads %s', (typed, day) => {
    expect(read(typed)).toEqual(Temporal.PlainDate.from(day));
  });

  test.each(['18 nov', '31 nov', 'wed 24 nov', 'yesterday', '3/4', 'smarch 5', 'soon'])(
    'refuses %s',
    (day) => {
      expect(read(day)).toBeUndefined();
    },
  );
});

test.each([
  ['23:50-00:20', '2026-11-18T23:50', '2026-11-19T00:20'],
  ['23.50 to 0.20', '2026-11-18T23:50', '2026-11-19T00:20'],
  ['9-10.30', '2026-11-18T09:00', '2026-11-18T10:30'],
  ['2-3:30pm', '2026-11-18T14:00', '2026-11-18T15:30'],
  ['from 11 to 1pm', '2026-11-18T11:00', '2026-11-18T13:00'],
  ['22:00-24:00', '2026-11-18T22:00', '2026-11-19T00:00'],
  ['10-2', undefined, undefined],
  ['9:00-25:00', undefined, undefined],
])('%s yesterday begins and ends at the same moments in every room', (stretch, from, to) => {
  const moments = [
    log(`${stretch} review yesterday`),
    log(`yesterday ${stretch} review`),
    logForm(stretch),
    ...[`${stretch} yesterday`, `yesterday ${stretch}`].map((times) => {
      const draft = incident(`mail stopped, ${times}`);
      return draft && { startsAt: draft.startedAt, endsAt: draft.resolvedAt };
    }),
  ].map((one) =>
    [local(one?.startsAt), local(one?.endsAt)].map((at) => at?.toString({ smallestUnit: 'minute' })),
  );
  expect(moments).toEqual(moments.map(() => [from, to]));
});

describe('what is said is read back the same', () => {
  const zones = fc.constantFrom(
    'Europe/Berlin',
    'America/New_York',
    'Pacific/Auckland',
    'America/Santiago',
    'Asia/Kathmandu',
    'Australia/Lord_Howe',
    'UTC',
  );
  // Leap days, years of 53 weeks and clocks of both hemispheres lie in it.
  const moment = fc
    .integer({ min: 0, max: 40 * 365 * 24 * 60 })
    .map((minutes) => Temporal.Instant.from('2001-01-01T00:00Z').add({ minutes }));

  test('a moment, by the clock of whoever reads it, on either side of now', () => {
    fc.assert(
      fc.property(moment, fc.integer({ min: -500_000, max: 500_000 }), zones, (at, minutes, zone) => {
        const read = at.add({ minutes });
        const wall = read.toZonedDateTimeISO(zone).toPlainDateTime();
        const day = at.toZonedDateTimeISO(zone).toPlainDate();
        const reading = readMoment(momentInWords(read, at, zone), day, minutes < 0 ? 'past' : 'future');
        expect(reading).toEqual({
          kind: 'moment',
          moment: { day: wall.toPlainDate(), time: wall.toPlainTime(), zone: undefined },
        });
      }),
      { numRuns: 2000 },
    );
  });

  test('a day, however it is written', () => {
    fc.assert(
      fc.property(moment, fc.integer({ min: -900, max: 900 }), (at, days) => {
        const from = at.toZonedDateTimeISO('UTC').toPlainDate();
        const meant = from.add({ days });
        for (const words of [
          dayInWords(meant, from),
          dateInWords(meant, from),
          longDate(meant),
          String(meant),
        ]) {
          expect(readDay(words, from, days <= 0 ? 'past' : 'future')).toEqual({ kind: 'day', day: meant });
        }
      }),
      { numRuns: 2000 },
    );
  });

  test('a clock, at every door', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 23 }),
        fc.integer({ min: 0, max: 59 }),
        fc.constantFrom(...everyClockDoor),
        (hour, minute, [, read]) => {
          const time = Temporal.PlainTime.from({ hour, minute });
          expect(read(timeInWords(time))).toEqual(time);
        },
      ),
      { numRuns: 2000 },
    );
  });
});
