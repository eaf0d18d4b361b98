// The grammar of /postmortem: what a line means, what is refused and why, and that nothing typed can break it.

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { timelineInstant } from '../../src/rooms/postmortems/postmortems.parse.times.ts';
import {
  parsePostmortemCommand,
  plainWords,
  withNames,
} from '../../src/rooms/postmortems/postmortems.parse.ts';
import { readMoment } from '../../src/time/moments.ts';

const zone = 'Europe/Lisbon';
const at = (local: string, where = zone) =>
  Temporal.PlainDateTime.from(local).toZonedDateTime(where).toInstant();
const now = at('2026-11-18T14:00');
const writer = { now, zone, channelId: 'C1' };
const parse = (line: string) => parsePostmortemCommand(line, writer);

function started(line: string) {
  const command = parse(line);
  if (command.kind !== 'start') throw new Error(`${line}: ${JSON.stringify(command)}`);
  const local = (instant: Temporal.Instant | null) =>
    instant?.toZonedDateTimeISO(zone).toPlainDateTime().toString({ smallestUnit: 'minute' }) ?? null;
  const { draft } = command;
  return {
    title: draft.title,
    ...(draft.severity !== null && { severity: draft.severity }),
    ...(draft.startedAt && { started: local(draft.startedAt) }),
    ...(draft.detectedAt && { detected: local(draft.detectedAt) }),
    ...(draft.resolvedAt && { resolved: local(draft.resolvedAt) }),
    ...(draft.services.length > 0 && { services: draft.services }),
    ...(draft.channelId !== null && { channel: draft.channelId }),
    ...(draft.facilitatorId !== null && { facilitator: draft.facilitatorId }),
    ...(draft.responders.length > 0 && { responders: draft.responders }),
  };
}

describe('starting one', () => {
  test.each([
    [
      'checkout was down, sev1, 09:12-09:37 today',
      { title: 'checkout was down', severity: 1, started: '2026-11-18T09:12', resolved: '2026-11-18T09:37' },
    ],
    ['checkout was down', { title: 'checkout was down' }],
    [
      'checkout was down sev1 since 09:12',
      { title: 'checkout was down', severity: 1, started: '2026-11-18T09:12' },
    ],
    [
      'cart, search and login were slow, severity 2',
      { title: 'cart, search and login were slow', severity: 2 },
    ],
    [
      'mail stopped, yesterday 23:50-00:20',
      { title: 'mail stopped', started: '2026-11-17T23:50', resolved: '2026-11-18T00:20' },
    ],
    [
      'mail stopped, 23:50-00:20',
      { title: 'mail stopped', started: '2026-11-17T23:50', resolved: '2026-11-18T00:20' },
    ],
    [
      'mail stopped, 23.50-0.20 yesterday',
      { title: 'mail stopped', started: '2026-11-17T23:50', resolved: '2026-11-18T00:20' },
    ],
    ['mail stopped until 31 dec 2025 at 23:59', { title: 'mail stopped', resolved: '2025-12-31T23:59' }],
    ['it broke with release 3.14', { title: 'it broke with release 3.14' }],
    ['slow until the deploy', { title: 'slow until the deploy' }],
    [
      'queue full from 9 to 10.30',
      { title: 'queue full', started: '2026-11-18T09:00', resolved: '2026-11-18T10:30' },
    ],
    [
      'mail stopped, 15:00-16:00',
      { title: 'mail stopped', started: '2026-11-17T15:00', resolved: '2026-11-17T16:00' },
    ],
    [
      'mail stopped, 20 nov 2025 9:00 am to 10:30 am',
      { title: 'mail stopped', started: '2025-11-20T09:00', resolved: '2025-11-20T10:30' },
    ],
    [
      'mail stopped, 17 nov 22:00-18 nov 01:00',
      { title: 'mail stopped', started: '2026-11-17T22:00', resolved: '2026-11-18T01:00' },
    ],
    [
      'queue full, 09:00-09:30 America/New_York yesterday',
      { title: 'queue full', started: '2026-11-17T14:00', resolved: '2026-11-17T14:30' },
    ],
    [
      'queue full, 09:00 UTC, detected 09:05, resolved 09:40',
      {
        title: 'queue full',
        started: '2026-11-18T09:00',
        detected: '2026-11-18T09:05',
        resolved: '2026-11-18T09:40',
      },
    ],
    [
      'queue full, services checkout, payments and mail, here, facilitator <@U7|leyla>, with <@U1> <@U2|bo>',
      {
        title: 'queue full',
        services: ['checkout', 'payments', 'mail'],
        channel: 'C1',
        facilitator: 'U7',
        responders: ['U1', 'U2'],
      },
    ],
    ['queue full, in <#C9|incidents>', { title: 'queue full', channel: 'C9' }],
    ['queue full, private, p3', { title: 'queue full', severity: 3 }],
    ['1,400 orders were lost, sev2', { title: '1,400 orders were lost', severity: 2 }],
    ['down for 1,5h, sev2', { title: 'down for 1,5h', severity: 2 }],
    ['down for ,5h,sev2', { title: 'down for ,5h', severity: 2 }],
    ['a &lt;b&gt; &amp; c broke', { title: 'a <b> & c broke' }],
    ['list of orders was empty', { title: 'list of orders was empty' }],
    ['start search was down', { title: 'search was down' }],
    ['search was empty, sev2', { title: 'search was empty', severity: 2 }],
    ['export was slow, sev3', { title: 'export was slow', severity: 3 }],
  ])('%s', (line, expected) => {
    expect(started(line)).toEqual(expected);
  });

  test.each([
    ['sev1, 09:12-09:37', [{ why: 'no-title' }]],
    ['mail stopped, sev4', [{ why: 'no-such-severity', text: 'sev4' }]],
    ['mail stopped, sev1, sev2', [{ why: 'twice', what: 'severity' }]],
    ['mail stopped, 09:75', [{ why: 'time', text: '09:75', problem: 'no-such-time' }]],
    [
      'mail stopped, 16:00-17:00 today',
      [{ why: 'time', text: '16:00-17:00 today', problem: 'in-the-future' }],
    ],
    ['mail stopped, 30 feb 09:00', [{ why: 'time', text: '30 feb', problem: 'no-such-day' }]],
    [
      'mail stopped, 09:00 Europe/Atlantis',
      [{ why: 'time', text: 'Europe/Atlantis', problem: 'no-such-zone' }],
    ],
    // An end or a beginning that isn't wholly read is no part of the title.
    [
      'mail stopped until 31 dec 2025 at 23:59 or so',
      [{ why: 'time', text: 'until 31 dec 2025 at 23:59 or so', problem: 'unread' }],
    ],
    ['mail stopped until 31 Nov', [{ why: 'time', text: '31 Nov', problem: 'no-such-day' }]],
    ['mail stopped since 25:00', [{ why: 'time', text: '25:00', problem: 'no-such-time' }]],
    ['mail stopped since monday', [{ why: 'time', text: 'since monday', problem: 'no-time' }]],
    ['mail stopped, yesterday', [{ why: 'time', text: 'yesterday', problem: 'no-time' }]],
    // Over midnight, a day that is said once is the day it began.
    [
      'mail stopped, 23:50-00:20 today',
      [{ why: 'time', text: '23:50-00:20 today', problem: 'in-the-future' }],
    ],
    ['mail stopped, 11:00-02:00', [{ why: 'time', text: '11:00-02:00', problem: 'backwards' }]],
    [
      'mail stopped, 19 Nov 9.00',
      [
        {
          why: 'which-year',
          text: '19 Nov',
          near: Temporal.PlainDate.from('2026-11-19'),
          far: Temporal.PlainDate.from('2025-11-19'),
        },
      ],
    ],
    ['mail stopped, sev1, and then it rained', [{ why: 'not-understood', text: 'and then it rained' }]],
    ['mail stopped, 09:00, resolved 08:00', [{ why: 'time', text: '', problem: 'before-the-start' }]],
  ])('%s is refused', (line, problems) => {
    expect(parse(line)).toEqual({ kind: 'refused', problems });
  });

  test('a time that no clock showed is refused', () => {
    const spring = { now: at('2026-03-29T12:00'), zone, channelId: 'C1' };
    expect(parsePostmortemCommand('mail stopped, 01:30 today', spring)).toEqual({
      kind: 'refused',
      problems: [{ why: 'time', text: '01:30 today', problem: 'in-a-gap' }],
    });
  });
});

describe('everything else', () => {
  test.each([
    ['', { kind: 'form' }],
    ['start', { kind: 'form' }],
    ['help', { kind: 'help' }],
    ['list', { kind: 'list' }],
    ['trends', { kind: 'trends' }],
    ['search full disk', { kind: 'search', words: 'full disk' }],
    ['search', { kind: 'refused', problems: [{ why: 'no-search' }] }],
    ['export PM-3', { kind: 'export', number: 3 }],
    ['export', { kind: 'export', number: undefined }],
    ['show 12', { kind: 'show', number: 12 }],
    ['show me', { kind: 'refused', problems: [{ why: 'no-such-number', text: 'me' }] }],
    ['note', { kind: 'refused', problems: [{ why: 'no-note' }] }],
    ['note 09:20', { kind: 'refused', problems: [{ why: 'no-note' }] }],
    [
      'note 29:20 x',
      { kind: 'refused', problems: [{ why: 'time', text: '29:20', problem: 'no-such-time' }] },
    ],
  ])('%s', (line, expected) => {
    expect(parse(line)).toEqual(expected);
  });

  test.each([
    ['note 09:20 rolled back', '09:20', null, null, 'rolled back'],
    ['note 09:20: rolled back', '09:20', null, null, 'rolled back'],
    ['note yesterday 23:40 disk at 91 %', '23:40', '2026-11-17', null, 'disk at 91 %'],
    ['note 23:40 yesterday, disk at 91 %', '23:40', '2026-11-17', null, 'disk at 91 %'],
    ['note 9:20 pm UTC yesterday rolled back', '21:20', '2026-11-17', 'UTC', 'rolled back'],
    [
      'note 2026-11-16 09:20 Asia/Kathmandu rolled back',
      '09:20',
      '2026-11-16',
      'Asia/Katmandu',
      'rolled back',
    ],
    ['note 09:20 mon, rolled back', '09:20', '2026-11-16', null, 'rolled back'],
    ['note 9.20 rolled back', '09:20', null, null, 'rolled back'],
    ['note 1.25 million rows were lost', null, null, null, '1.25 million rows were lost'],
    ['note 09:20 12 nodes were gone', '09:20', null, null, '12 nodes were gone'],
    ['note 09:20 3 days of logs were gone', '09:20', null, null, '3 days of logs were gone'],
    ['note rolled back', null, null, null, 'rolled back'],
    ['note 500 errors a second', null, null, null, '500 errors a second'],
  ])('%s', (line, time, day, zoneTyped, words) => {
    const command = parse(line);
    if (command.kind !== 'note') throw new Error(JSON.stringify(command));
    expect(command.text).toBe(words);
    expect(command.moment?.time.toString({ smallestUnit: 'minute' }) ?? null).toBe(time);
    expect(command.moment?.day?.toString() ?? null).toBe(day);
    if (zoneTyped === 'Asia/Katmandu') expect(command.moment?.zone).toMatch(/^Asia\/Kath?mandu$/i);
    else expect(command.moment?.zone ?? null).toBe(zoneTyped);
  });

  test('a note can name its post-mortem', () => {
    expect(parse('note PM-4 09:20 rolled back')).toMatchObject({
      kind: 'note',
      number: 4,
      text: 'rolled back',
    });
  });

  test('mentions in sentences are said by name, and what Slack escapes is what people typed', () => {
    expect(withNames('<@U1|bo> told <@U2> in <#C1|ops>', new Map([['U2', 'Ada']]))).toBe(
      '@bo told Ada in #ops',
    );
    expect(plainWords('see <https://x.example/a|the graph> &amp; <https://y.example>\u200b\n now')).toBe(
      'see the graph (https://x.example/a) & https://y.example now',
    );
  });
});

describe('a note without a day belongs to the incident’s night', () => {
  const overnight = { startedAt: at('2026-11-18T00:10'), resolvedAt: at('2026-11-18T01:00') };
  test.each([
    ['23:40', zone, '2026-11-17T23:40'],
    ['00:30', zone, '2026-11-18T00:30'],
    ['01:20', zone, '2026-11-18T01:20'],
    // Kathmandu is 5 h 45 min ahead of Lisbon in winter: their 05:55 is the start.
    ['05:55', 'Asia/Kathmandu', '2026-11-18T00:10'],
    // 19:30 in New York the evening before.
    ['19:30', 'America/New_York', '2026-11-18T00:30'],
  ])('%s in %s', (typed, where, expected) => {
    const reading = readMoment(typed, Temporal.PlainDate.from('2026-11-18'), 'past');
    if (reading.kind !== 'moment') throw new Error(reading.kind);
    expect(timelineInstant(reading.moment, overnight, where, now)).toEqual({
      kind: 'instant',
      at: at(expected),
    });
  });
});

test('ten thousand lines: none crashes, each refusal has a reason, and what is understood is whole', () => {
  const bit = fc.constantFrom(
    ...'checkout was down|sev1|sev 9|09:12-09:37|today|yesterday|since 09:12|25:00|,|, |note|list|search|PM-3|UTC|Europe/Lisbon|<@U1|bo>|<#C1|ops>|<@|here|private|services|and|facilitator|detected 9 pm|-|–|20 nov|30 feb|export|&lt;|12 am|00:00|\u200b|+05:45|resolved|mon'.split(
      '|',
    ),
  );
  const line = fc.oneof(
    { weight: 3, arbitrary: fc.array(bit, { maxLength: 14 }).map((bits) => bits.join(' ')) },
    { weight: 1, arbitrary: fc.string({ maxLength: 120, unit: 'grapheme' }) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(fc.constantFrom('note ', 'search ', 'show '), fc.string({ maxLength: 60 }))
        .map((two) => two.join('')),
    },
  );
  const zones = fc.constantFrom('Europe/Lisbon', 'Pacific/Auckland', 'America/New_York', 'Asia/Kathmandu');
  fc.assert(
    fc.property(line, zones, (typed, where) => {
      const command = parsePostmortemCommand(typed, { now, zone: where, channelId: 'C1' });
      switch (command.kind) {
        case 'refused':
          expect(command.problems.length).toBeGreaterThan(0);
          break;
        case 'note':
          expect(command.text).not.toBe('');
          break;
        case 'start': {
          const { title, startedAt, resolvedAt, detectedAt } = command.draft;
          expect(title.trim()).not.toBe('');
          for (const instant of [startedAt, resolvedAt, detectedAt]) {
            if (instant) expect(Temporal.Instant.compare(instant, now)).toBeLessThanOrEqual(0);
          }
          if (startedAt && resolvedAt)
            expect(Temporal.Instant.compare(startedAt, resolvedAt)).toBeLessThanOrEqual(0);
          break;
        }
      }
    }),
    { numRuns: 10_000 },
  );
});

test.each(['PM-2', 'close PM-2', 'pm2', 'delete #2'])(
  '%s is about the one that is kept, and starts none',
  (line) => {
    expect(parse(line)).toEqual({ kind: 'show', number: 2 });
  },
);
