// The corners of 1:1s: two windows at once, a lead who moves zone or is away, questions of one's own, old invitations.

import { expect } from '@jest/globals';
import { inWorkspace } from '../../src/db/tenancy.ts';
import { useHouse } from '../support/house.ts';
import { test } from '../support/story.ts';

const house = useHouse({ at: '2026-11-16T09:00' });

const agenda = (name: string) => {
  const { lead } = house.current;
  return lead.dm().filter(({ text, ephemeral }) => !ephemeral && new RegExp(`, @${name}\\.`).test(text));
};

test('who begins with 1:1s is told, once, what was set up for them', async () => {
  const { lead, slack } = house.current;
  await lead.types('/oneonone add @duarte weekly tuesday 10:00');
  expect(lead.sees()).toContain('You meet @duarte every Tuesday');
  expect(lead.sees()).toContain('You are set up with the defaults: 4 engineers');
  await lead.types('/oneonone');
  expect(lead.sees()).not.toContain('defaults');
  const bikash = slack.person('bikash');
  await bikash.types('/oneonone add');
  expect(bikash.modal()?.text).not.toContain('defaults');
  await bikash.closes({ all: true });
  await bikash.types('/oneonone');
  expect(bikash.sees()).not.toContain('defaults');
});

test('two windows with the same form: the second overwrites nothing and keeps what was typed', async () => {
  const { lead, goTo } = house.current;
  await goTo('2026-11-17T10:31');
  const asked = lead.dm().at(-1)!;
  await lead.clicks('It happened', { in: asked.ts });
  const first = lead.modal()!.id;
  await lead.submits({ notes: 'From the first window' }, { viewId: first });
  expect(lead.sees()).toContain('Kept.');
  const meeting = await inWorkspace(house.current.database.db, lead.workspaceId, (trx) =>
    trx.selectFrom('one_on_ones').selectAll().where('state', '=', 'held').executeTakeFirstOrThrow(),
  );
  const elsewhere = (state: 'planned' | 'held') =>
    inWorkspace(house.current.database.db, lead.workspaceId, (trx) =>
      trx.updateTable('one_on_ones').set({ state }).where('meeting_id', '=', meeting.meeting_id).execute(),
    );
  // The second window: its form was opened while the meeting was still planned.
  await elsewhere('planned');
  await lead.types('/oneonone held @duarte');
  await elsewhere('held');
  await lead.submits({ notes: 'From the second window', promise_what_1: 'Twice' });
  expect(lead.modal()?.errors.day).toContain('kept already');
  expect(lead.modal()?.text).toContain('From the second window');
  await lead.closes({ all: true });
  await lead.types('/oneonone @duarte');
  expect(lead.sees()).not.toContain('Twice');
  await lead.clicks('Notes');
  expect(lead.modal()?.text).toContain('From the first window');
  // What was taken back elsewhere says so beside the page, which stays.
  await elsewhere('planned');
  await lead.clicks('Edit');
  expect(lead.dm().at(-1)?.text).toContain('nothing was changed');
  expect(lead.dm().at(-2)?.text).toContain('So far');
  await lead.closes({ all: true });
  await elsewhere('held');
});

test('two clicks on Skipped at once skip once', async () => {
  const { lead, goTo, slack } = house.current;
  await goTo('2026-11-24T10:31');
  const asked = lead.dm().at(-1)!;
  const raw = JSON.stringify(asked.raw);
  expect(raw).toContain('one-on-ones.skip');
  await Promise.all([
    lead.clicks('We didn’t meet', { in: asked.ts }),
    lead.clicks('We didn’t meet', { in: asked.ts }),
  ]);
  await lead.closes({ all: true });
  const meetings = await inWorkspace(house.current.database.db, lead.workspaceId, (trx) =>
    trx.selectFrom('one_on_ones').selectAll().execute(),
  );
  expect(meetings.filter(({ state }) => state === 'skipped')).toHaveLength(1);
  const planned = meetings
    .filter(({ state }) => state === 'planned')
    .map(({ planned_for }) => String(planned_for));
  expect(new Set(planned).size).toBe(planned.length);
  expect(slack.violations).toEqual([]);
});

test('a question of one’s own comes first once it is pinned, and a hidden one never', async () => {
  const { lead, goTo } = house.current;
  await lead.types('/oneonone questions');
  await lead.submits({ words: 'What would the Duarte of last year say?' });
  expect(lead.modal()?.text).toContain('What would the Duarte of last year say? (yours)');
  await lead.clicks('Pin', { nth: 0 });
  expect(lead.modal()?.text).toContain('(pinned, yours)');
  await lead.selects('one-on-ones.theme', 'the team');
  expect(lead.modal()?.text).toContain('Whom do you turn to first');
  await lead.clicks('Hide', { nth: 0 });
  expect(lead.modal()?.text).toContain('(hidden)');
  await lead.closes({ all: true });
  await goTo('2026-11-30T17:30');
  expect(agenda('duarte').at(-1)?.text).toContain('1. What would the Duarte of last year say?');
  // Own questions are sealed like notes.
  expect(String(agenda('duarte').at(-1)?.raw.text)).not.toContain('last year');
});

test('a lead who moves gets the agenda by the new clock, and meets at the hour it has for the other', async () => {
  const { lead, slack, clock } = house.current;
  await lead.types('/oneonone skip @duarte');
  await lead.closes({ all: true });
  await lead.movesTo('America/New_York');
  await lead.types('/oneonone');
  await lead.clicks('Move my days there');
  await lead.types('/oneonone');
  expect(lead.sees()).toContain('next: Tue 8 Dec 04:00');
  const before = agenda('duarte').length;
  const inNewYork = (local: string) =>
    Temporal.PlainDateTime.from(local).toZonedDateTime('America/New_York').toInstant();
  await slack.moveClock(inNewYork('2026-12-07T17:29'));
  expect(agenda('duarte')).toHaveLength(before);
  await slack.moveClock(inNewYork('2026-12-07T17:30'));
  expect(agenda('duarte')).toHaveLength(before + 1);
  expect(agenda('duarte').at(-1)?.text).toContain('Tomorrow 04:00, @duarte.');
  expect(clock.now()).toEqual(inNewYork('2026-12-07T17:30'));
});

test('somebody asked for points is asked in their hours, sees their own words only, and can take them back', async () => {
  const { lead, slack } = house.current;
  const bikash = slack.person('bikash');
  await lead.types('/oneonone add @bikash weekly thursday 9:00');
  await lead.types('/oneonone change @bikash');
  await lead.submits({ invites: ['invites'] });
  await lead.types('/oneonone point @bikash a secret of the lead');
  await slack.moveClock(
    Temporal.PlainDateTime.from('2026-12-09T12:00').toZonedDateTime('America/New_York').toInstant(),
  );
  const asked = bikash.dm().at(-1)!;
  const hour = Temporal.Instant.fromEpochMilliseconds(Math.floor(Number(asked.ts) * 1000)).toZonedDateTimeISO(
    'Asia/Kathmandu',
  ).hour;
  expect(hour).toBe(10);
  expect(asked.text).toContain('Is there anything');
  expect(asked.text).not.toContain('Snooze');
  await bikash.clicks('Add a point', { in: asked.ts });
  await bikash.submits({ words: 'A raise <!channel> *now*' });
  expect(bikash.sees()).toContain('A raise <!channel> now');
  expect(bikash.sees()).not.toContain('secret');
  await bikash.clicks('Take it back');
  expect(bikash.sees()).not.toContain('A raise');
  expect(bikash.sees()).toContain('Add a point');
  await lead.types('/oneonone @bikash');
  expect(lead.sees()).not.toContain('A raise');
  expect(lead.sees()).toContain('a secret of the lead');
});

test('somebody who leaves while an invitation is on its way gets none', async () => {
  const { lead, slack } = house.current;
  await lead.types('/oneonone add @aroha weekly friday 9:00');
  await lead.types('/oneonone change @aroha');
  await lead.submits({ invites: ['invites'] });
  await slack.deactivate('aroha');
  await house.current.app.idle();
  await slack.moveClock(Temporal.Instant.from('2026-12-18T20:00Z'));
  expect(slack.person('aroha').dm()).toEqual([]);
  await lead.types('/oneonone');
  expect(lead.sees()).toContain('Left Slack');
});

test('a series whose lead was silent for months is taken up again when they look', async () => {
  const { lead, slack } = house.current;
  await slack.moveClock(Temporal.Instant.from('2027-03-15T15:00Z'));
  await lead.types('/oneonone');
  expect(lead.sees()).toContain('next: tomorrow 04:00');
  const planned = await inWorkspace(house.current.database.db, lead.workspaceId, (trx) =>
    trx.selectFrom('one_on_ones').selectAll().where('state', '=', 'planned').execute(),
  );
  const ahead = planned.filter(
    ({ person_id, planned_for }) =>
      person_id === slack.person('duarte').id &&
      Temporal.PlainDateTime.compare(planned_for!, Temporal.PlainDateTime.from('2027-03-15T11:00')) > 0,
  );
  expect(ahead.length).toBeGreaterThanOrEqual(6);
  for (const { questions } of ahead) expect(questions).toHaveLength(3);
});
