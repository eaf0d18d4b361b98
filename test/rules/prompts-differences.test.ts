// What is planned against what should be: each difference, and everything that only looks like one.

import { expect, test } from '@jest/globals';
import { differences } from '../../src/prompts/differences.ts';
import type { Schedule } from '../../src/prompts/prompts.store.ts';
import type { Wanted } from '../../src/prompts/prompts.ts';
import { instant } from '../support/prompts.ts';

const now = instant('2026-11-16T10:00Z');
const at = instant('2026-11-20T14:00Z');
const weekly = {
  rule: 'FREQ=WEEKLY;BYDAY=FR',
  starts: Temporal.PlainDateTime.from('2026-11-16T15:00'),
  timeZone: 'Europe/Lisbon',
};
const wanted = (changes: Partial<Wanted> = {}): Wanted => ({
  leadId: 'U1',
  kind: 'ping',
  destination: { dm: 'U1' },
  when: { at },
  ...changes,
});
const kept = (changes: Partial<Schedule> = {}): Schedule => ({
  workspace_id: 'T1',
  schedule_id: '00000000-0000-4000-8000-000000000001',
  lead_id: 'U1',
  kind: 'ping',
  subject: '',
  destination_type: 'dm',
  destination: 'U1',
  rule: null,
  starts: null,
  time_zone: null,
  once_at: at,
  next_at: at,
  last_local: null,
  state: 'active',
  state_reason: null,
  chosen_by_lead: false,
  changed_at: now,
  tries: 0,
  retry_at: null,
  ...changes,
});
const rhythm = { once_at: null, rule: weekly.rule, starts: weekly.starts, time_zone: weekly.timeZone };

const found = (plans: Wanted[], schedules: Schedule[], moment = now): string[] =>
  differences(plans, schedules, new Set(['ping']), moment).map(({ what }) => what);

test.each<[string, Wanted[], Schedule[], string[]]>([
  ['as it should be', [wanted()], [kept()], []],
  ['not there', [wanted()], [], ['missing']],
  ['at another moment', [wanted()], [kept({ once_at: at.add({ hours: 40 }), next_at: at })], ['different']],
  ['going elsewhere', [wanted({ destination: { channel: 'C1' } })], [kept()], ['different']],
  ['about something else', [wanted({ subject: 'a' })], [kept({ subject: 'b' })], ['missing', 'unwanted']],
  ['wanted by nobody', [], [kept()], ['unwanted']],
  ['wanted by nobody, and over', [], [kept({ next_at: null })], []],
  ['wanted by nobody, and due', [], [kept({ next_at: now })], []],
  ['of a kind that no room speaks for', [], [kept({ kind: 'pong' })], []],
  ['switched off', [wanted()], [kept({ state: 'off', next_at: null })], []],
  [
    'switched off, and at another moment',
    [wanted({ when: weekly })],
    [kept({ state: 'off', next_at: null })],
    [],
  ],
  ['taken back', [wanted()], [kept({ state: 'removed', next_at: null })], ['missing']],
  ['broken', [wanted()], [kept({ state: 'broken', next_at: null, once_at: null })], ['missing']],
  ['as it should be, and nothing to come', [wanted()], [kept({ next_at: null })], ['resting']],
  [
    'whatever moment it has, where that cannot be told',
    [wanted({ asItIs: true })],
    [kept({ once_at: now })],
    [],
  ],
  ['the same, and not there', [wanted({ asItIs: true })], [], ['missing']],
  ['the same, and taken back', [wanted({ asItIs: true })], [kept({ state: 'removed', next_at: null })], []],
  ['paused', [wanted()], [kept({ state: 'paused', next_at: null })], []],
  [
    'paused, and to go elsewhere',
    [wanted({ destination: { channel: 'C2' } })],
    [kept({ state: 'paused', next_at: null, destination_type: 'channel', destination: 'C1' })],
    ['different'],
  ],
  [
    'said this morning, where the lead was before they flew west',
    [wanted({ when: { at: now.add({ hours: 3 }) } })],
    [kept({ once_at: now.subtract({ hours: 1 }), next_at: null })],
    [],
  ],
  [
    'a rhythm counted from an earlier day',
    [wanted({ when: { ...weekly, starts: weekly.starts.add({ days: 3 }) } })],
    [kept(rhythm)],
    [],
  ],
  [
    'a rhythm at another hour',
    [wanted({ when: { ...weekly, starts: weekly.starts.add({ hours: 1 }) } })],
    [kept(rhythm)],
    ['different'],
  ],
  [
    'a rhythm that counts from another day',
    [
      wanted({
        when: { ...weekly, rule: 'FREQ=WEEKLY;INTERVAL=2;BYDAY=FR', starts: weekly.starts.add({ days: 7 }) },
      }),
    ],
    [kept({ ...rhythm, rule: 'FREQ=WEEKLY;INTERVAL=2;BYDAY=FR' })],
    ['different'],
  ],
  [
    'a rhythm of the lead’s own',
    [wanted({ when: weekly })],
    [kept({ ...rhythm, rule: 'FREQ=DAILY', chosen_by_lead: true })],
    [],
  ],
  [
    'a rhythm of the lead’s own, in another zone',
    [wanted({ when: { ...weekly, timeZone: 'Asia/Kathmandu' } })],
    [kept({ ...rhythm, rule: 'FREQ=DAILY', chosen_by_lead: true })],
    ['different'],
  ],
])('%s', (_, plans, schedules, what) => {
  expect(found(plans, schedules)).toEqual(what);
});

test('a person whom Slack could not reach is tried again after a week, a channel is not', () => {
  const paused = kept({ ...rhythm, state: 'paused', next_at: null });
  const nextWeek = now.add({ hours: 24 * 7 });
  expect(found([wanted({ when: weekly })], [paused], nextWeek)).toEqual(['resting']);
  const channel = { ...paused, destination_type: 'channel' as const, destination: 'C1' };
  expect(found([wanted({ when: weekly, destination: { channel: 'C1' } })], [channel], nextWeek)).toEqual([]);
});
