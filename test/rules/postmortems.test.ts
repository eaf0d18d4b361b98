// The rules of post-mortems: order across days and zones, review dates, facilitators, trends, search and the document.

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { inMarkdown, toMarkdown } from '../../src/rooms/postmortems/postmortems.export.ts';
import { searchIn } from '../../src/rooms/postmortems/postmortems.search.ts';
import { median, trendsOf } from '../../src/rooms/postmortems/postmortems.trends.ts';
import {
  isMember,
  minutesToResolve,
  type Postmortem,
  problemWithTimes,
  reviewBy,
  sortTimeline,
  suggestFacilitator,
  wholeTimeline,
} from '../../src/rooms/postmortems/postmortems.ts';

const at = (text: string) => Temporal.Instant.from(text);
const day = (text: string) => Temporal.PlainDate.from(text);

const one: Postmortem = {
  workspaceId: 'T1',
  id: 'x',
  number: 1,
  ownerId: 'UOWNER',
  timeZone: 'Europe/Lisbon',
  title: 'checkout was down',
  severity: 1,
  startedAt: at('2026-11-18T09:12Z'),
  detectedAt: at('2026-11-18T09:14Z'),
  resolvedAt: at('2026-11-18T09:37Z'),
  services: ['checkout'],
  factors: [],
  facilitatorId: null,
  responders: ['UHELP'],
  channelId: null,
  status: 'draft',
  people: ['UOWNER'],
  reviewAt: null,
  createdAt: at('2026-11-18T11:00Z'),
  changedAt: at('2026-11-18T11:00Z'),
};

const weekdays = { timeZone: 'Europe/Lisbon', workingDays: [1, 2, 3, 4, 5], holidayRegion: null };

describe('times', () => {
  test('to resolve is from the first effect to the end', () => {
    expect(minutesToResolve(one)).toBe(25);
    expect(minutesToResolve({ startedAt: one.startedAt, resolvedAt: null })).toBeUndefined();
  });

  test('an incident that runs over the end of summer time has its real length', () => {
    const zone = 'Europe/Lisbon';
    const local = (text: string) => Temporal.PlainDateTime.from(text).toZonedDateTime(zone).toInstant();
    expect(
      minutesToResolve({ startedAt: local('2026-10-25T00:30'), resolvedAt: local('2026-10-25T02:30') }),
    ).toBe(180);
  });

  test.each([
    [{ resolvedAt: at('2026-11-18T09:00Z') }, { field: 'resolvedAt', why: 'before-the-start' }],
    [{ detectedAt: at('2026-11-18T09:40Z') }, { field: 'detectedAt', why: 'after-the-end' }],
    [{ resolvedAt: at('2026-11-19T09:40Z') }, { field: 'resolvedAt', why: 'in-the-future' }],
    // Found before it had any effect.
    [{ detectedAt: at('2026-11-18T09:00Z') }, undefined],
    [{ resolvedAt: null }, undefined],
  ])('%#: what cannot be is named', (times, problem) => {
    expect(problemWithTimes({ ...one, ...times }, at('2026-11-18T12:00Z'))).toEqual(problem);
  });
});

describe('the timeline', () => {
  test('is in order whatever zone and day a line came from, and stays in order when shuffled', () => {
    const moments = fc.integer({ min: 0, max: 4_000_000 }).map((seconds) => ({
      at: Temporal.Instant.fromEpochMilliseconds(1_790_000_000_000 + seconds * 1000),
    }));
    fc.assert(
      fc.property(fc.array(moments, { maxLength: 40 }), (entries) => {
        const sorted = sortTimeline(entries);
        expect(sorted).toHaveLength(entries.length);
        for (const [index, entry] of sorted.entries()) {
          const before = sorted[index - 1];
          if (before) expect(Temporal.Instant.compare(before.at, entry.at)).toBeLessThanOrEqual(0);
        }
        expect(sortTimeline(entries.toReversed()).map((entry) => entry.at.toString())).toEqual(
          sorted.map((entry) => entry.at.toString()),
        );
      }),
    );
  });

  test('has the incident’s own moments, save where a line tells of that minute', () => {
    const entry = { id: 'a', at: at('2026-11-18T09:14:40Z'), text: 'paged', link: null, addedBy: null };
    expect(wholeTimeline([entry], one).map(({ text }) => text)).toEqual([
      'The incident begins',
      'paged',
      'The incident is over',
    ]);
  });
});

describe('reviews', () => {
  test.each([
    // Wednesday: three days are Saturday, so Friday; five working days the Wednesday after.
    [1, '2026-11-20'],
    [2, '2026-11-25'],
    [3, '2026-11-25'],
  ] as const)('severity %i is reviewed by %s', (severity, expected) => {
    expect(reviewBy({ ...one, severity }, weekdays)).toEqual(day(expected));
  });

  test('holidays and days off do not count, and who never works has calendar days', () => {
    // The 18th is Saxony’s day of penance.
    const saxony = { ...weekdays, holidayRegion: 'DE-SN' };
    const before = { ...one, resolvedAt: at('2026-11-17T10:00Z'), severity: 2 } as const;
    expect(reviewBy(before, weekdays)).toEqual(day('2026-11-24'));
    expect(reviewBy(before, saxony)).toEqual(day('2026-11-25'));
    expect(reviewBy(before, { ...weekdays, workingDays: [] })).toEqual(day('2026-11-22'));
  });

  test('the day is counted where the owner is', () => {
    const late = {
      ...one,
      createdAt: at('2026-11-16T09:00Z'),
      resolvedAt: at('2026-11-15T23:30Z'),
    };
    expect(reviewBy(late, { ...weekdays, timeZone: 'Pacific/Auckland' })).toEqual(day('2026-11-19'));
  });

  test('one that is started weeks later still has its days ahead', () => {
    const late = { ...one, createdAt: at('2026-12-07T09:00Z') };
    expect(reviewBy({ ...late, severity: 1 }, weekdays)).toEqual(day('2026-12-10'));
    expect(reviewBy({ ...late, severity: 2 }, weekdays)).toEqual(day('2026-12-14'));
    const nextDay = { ...one, createdAt: at('2026-11-19T09:00Z') };
    expect(reviewBy({ ...nextDay, severity: 1 }, weekdays)).toEqual(day('2026-11-20'));
  });

  test('the facilitator was not in it, and it is their turn', () => {
    const candidates = [
      { id: 'UOWNER', times: 0, last: null },
      { id: 'UHELP', times: 0, last: null },
      { id: 'UOFTEN', times: 2, last: at('2026-01-01T00:00Z') },
      { id: 'ULATE', times: 1, last: at('2026-10-01T00:00Z') },
      { id: 'UEARLY', times: 1, last: at('2026-02-01T00:00Z') },
    ];
    expect(suggestFacilitator(candidates, one)).toBe('UEARLY');
    expect(suggestFacilitator(candidates.slice(0, 2), one)).toBeUndefined();
  });

  test('it is its owner’s and whoever was invited’s; a channel’s people are Slack’s to know', () => {
    expect(isMember(one, 'UOWNER')).toBe(true);
    expect(isMember(one, 'UHELP')).toBe(false);
    expect(isMember({ ...one, people: ['UHELP'] }, 'UHELP')).toBe(true);
    const inAChannel: Postmortem = { ...one, channelId: 'C1' };
    expect(isMember(inAChannel, 'UHELP')).toBe(false);
  });
});

describe('trends', () => {
  const incident = (
    number: number,
    from: string,
    minutes: number | undefined,
    more: Partial<Postmortem> = {},
  ) => ({
    ...one,
    number,
    startedAt: at(from),
    resolvedAt: minutes === undefined ? null : at(from).add({ minutes }),
    ...more,
  });

  test('the median by month, empty months among them, and what came back', () => {
    const found = trendsOf(
      [
        incident(1, '2026-08-03T10:00Z', 240, { services: ['Checkout'], factors: ['configuration'] }),
        incident(2, '2026-10-05T10:00Z', 60, { services: ['checkout', 'mail'], factors: ['configuration'] }),
        incident(3, '2026-10-07T10:00Z', 20, { factors: ['capacity'] }),
        incident(4, '2026-10-09T10:00Z', undefined),
        incident(5, '2025-01-01T10:00Z', 5),
      ],
      'Europe/Lisbon',
      at('2026-11-18T12:00Z'),
    );
    expect(
      found.months.map(({ month, incidents, median: middle }) => [month.toString(), incidents, middle]),
    ).toEqual([
      ['2026-08', 1, 240],
      ['2026-09', 0, undefined],
      ['2026-10', 3, 40],
      ['2026-11', 0, undefined],
    ]);
    expect(found.services).toEqual([
      { of: 'checkout', incidents: 4 },
      { of: 'mail', incidents: 1 },
    ]);
    expect(found.cameBack).toEqual([{ service: 'Checkout', factor: 'configuration', numbers: [1, 2] }]);
  });

  test('a month is the reader’s, and none means none', () => {
    const lastMinute = incident(1, '2026-10-31T23:30Z', 10);
    expect(
      trendsOf([lastMinute], 'Asia/Kathmandu', at('2026-11-18T12:00Z')).months[0]?.month.toString(),
    ).toBe('2026-11');
    expect(trendsOf([], 'UTC', at('2026-11-18T12:00Z')).months).toEqual([]);
    expect(median([])).toBeUndefined();
  });
});

describe('search', () => {
  const whole = {
    postmortem: one,
    sections: [
      {
        id: 'summary' as const,
        text: 'The naïve limit was too low.',
        version: 1,
        changedBy: null,
        changedAt: null,
      },
    ],
    timeline: [{ id: 'a', at: at('2026-11-18T09:00Z'), text: 'Disk at 91 %', link: null, addedBy: null }],
  };
  test('wants every word, whatever its case or accents, and shows where', () => {
    expect(searchIn(whole, 'NAIVE limit')).toMatchObject({ where: 'Summary' });
    expect(searchIn(whole, 'disk')).toMatchObject({ where: 'Timeline', excerpt: 'Disk at 91 %' });
    expect(searchIn(whole, 'disk limit')).toBeDefined();
    expect(searchIn(whole, 'disk tape')).toBeUndefined();
    expect(searchIn(whole, '   ')).toBeUndefined();
  });
});

describe('the document', () => {
  test('keeps lists and lines, and takes the force out of everything else', () => {
    expect(inMarkdown('First line\nSecond *line*\n• one\n- two\n# not a title\n<b>|</b>')).toBe(
      'First line\n\nSecond \\*line\\*\n\n- one\n- two\n\n\\# not a title\n\n\\<b\\>\\|\\</b\\>',
    );
  });

  test('names of things and addresses stay as they are typed', () => {
    const words = 'payment_limits is read by __init__ at https://wiki.example/run_books/db_full';
    expect(inMarkdown(words)).toBe(
      'payment_limits is read by \\_\\_init\\_\\_ at https://wiki.example/run_books/db_full',
    );
  });

  test('an incident over midnight names both days; nothing empty is left standing', () => {
    const document = toMarkdown({
      postmortem: {
        ...one,
        startedAt: at('2026-11-17T23:50Z'),
        detectedAt: null,
        resolvedAt: at('2026-11-18T00:20Z'),
      },
      sections: [],
      timeline: [],
      commitments: [
        { what: 'Raise the limit', due: day('2026-12-01'), state: 'done' },
        { what: 'Buy disks', due: day('2026-12-02'), state: 'dropped' },
      ],
    });
    expect(document).toBe(`# checkout was down

| | |
| --- | --- |
| When | Tuesday, 17 November 2026, 23:50 to 18 November 2026, 00:20, Europe/Lisbon (UTC+0) |
| Time to resolve | 30 min |
| Severity | 1 of 3, most people affected |
| Services | checkout |
| Status | preliminary, still under review |

## Timeline

### Tuesday, 17 November 2026

| Europe/Lisbon (UTC+0) | |
| --- | --- |
| 23:50 | The incident begins |

### Wednesday, 18 November 2026

| Europe/Lisbon (UTC+0) | |
| --- | --- |
| 00:20 | The incident is over |

## What we are doing about it

- Raise the limit (done)
`);
  });

  test('no text of anybody’s makes a heading, a table row or markup of its own', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200, unit: 'grapheme' }), (text) => {
        const document = toMarkdown({
          postmortem: { ...one, title: `x ${text}` },
          sections: [{ id: 'summary', text: `y ${text}`, version: 1, changedBy: null, changedAt: null }],
          timeline: [],
          commitments: [],
        });
        expect(document.match(/^#{1,6} /gm)).toHaveLength(4);
        expect(document).not.toMatch(/(?<!\\)</);
      }),
      { numRuns: 500 },
    );
  });
});
