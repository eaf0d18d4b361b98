// What leads do to their own prompts: put off, skip, move, change, switch off, send now, pause and resume.

import { expect, test } from '@jest/globals';
import { inWorkspace } from '../../src/db/tenancy.ts';
import { findLead, savePause } from '../../src/leads/leads.store.ts';
import { promptsRoom } from '../../src/prompts/index.ts';
import { type Action, type Modal, readCarried } from '../../src/slack/actions.ts';
import type { Answer, Doors, Handler, Request } from '../../src/slack/doors.ts';
import { FormValues } from '../../src/slack/forms.ts';
import { useWorkspace } from '../support/prompt-workspace.ts';
import { aKind, instant } from '../support/prompts.ts';

const kinds = [
  aKind({ title: 'Ping' }),
  aKind({
    name: 'question',
    title: 'Weekly question',
    overBudget: 'drop',
    usefulUntil: (occurrence) => occurrence.add({ hours: 72 }),
  }),
];
kinds.push(
  aKind({
    name: 'patient',
    title: 'Patient',
    whenPaused: 'wait',
    whenQuiet: 'wait',
    usefulUntil: (occurrence) => occurrence.add({ hours: 24 * 30 }),
  }),
);
const here = useWorkspace(kinds);

const handlers = new Map<string, Handler<never>>();
const open = (name: string, handler: Handler<never>) => void handlers.set(name, handler);
const outdated: Answer = { message: { text: 'from an older version', blocks: [] } };
promptsRoom({
  kinds: () => kinds,
  findLead,
  savePause,
}).listen({
  command: open,
  event: open,
  action: (to: Action, handler: Handler<never>) =>
    open(to.id, async ({ value, ...request }: { value: string }) => {
      const carried = readCarried(to, value, '');
      return carried ? handler({ ...request, carried } as never) : outdated;
    }),
  submission: (to: Modal, handler: Handler<never>) => open(to.id, handler),
} as unknown as Doors);

/** Goes through a door as the lead, in a real transaction. */
async function goes(door: string, more: object): Promise<Answer> {
  const inside: Request['inTransaction'] = (work) =>
    inWorkspace(here.database.db, here.lead.workspaceId, work);
  const request = {
    workspaceId: here.lead.workspaceId,
    personId: here.lead.id,
    now: here.clock.now,
    once: inside,
    inTransaction: inside,
    ...more,
  };
  return handlers.get(door)!(request as never);
}
const types = async (command: string, text = '') => (await goes(command, { text })).message!.text;
const clicks = (door: string, value: string) => goes(door, { value });
const submits = (callbackId: string, data: unknown, fields: Record<string, object>) =>
  goes(callbackId, {
    data,
    values: new FormValues(
      Object.fromEntries(Object.entries(fields).map(([name, state]) => [name, { [name]: state }])),
    ),
  });

const friday = {
  rule: 'FREQ=WEEKLY;BYDAY=FR',
  starts: Temporal.PlainDateTime.from('2026-11-16T15:00'),
  timeZone: 'Europe/Lisbon',
};
const theSchedule = async () => (await here.schedules()).find(({ kind }) => kind === 'ping')!.schedule_id;
/** What the menu of the latest message carries, as Slack hands it back. */
const menu = async (what: string) => {
  const sent = (await here.deliveries()).findLast(({ sent_at }) => sent_at !== null)!;
  return `${sent.delivery_id} ${sent.round} ${what}`;
};

test('a prompt put off for an hour comes again then, once, and the series stays', async () => {
  await here.plan('ping', friday);
  await here.until('2026-11-20T15:00Z');
  const oldMenu = await menu('1-hour');
  expect((await clicks('prompt-menu', oldMenu)).replace!.text).toContain('comes again today at 16:00');
  await here.until('2026-11-20T23:00Z');
  expect(here.said()).toEqual(['2026-11-20T15:00 ping', '2026-11-20T16:00 ping']);
  // The first message's menu is an old one now.
  expect((await clicks('prompt-menu', oldMenu)).message!.text).toContain('has come again since');
  await here.until('2026-11-28T00:00Z');
  expect(here.said().at(-1)).toBe('2026-11-27T15:00 ping');
  expect(here.said()).toHaveLength(3);
});

test('put off until tomorrow or next week: when work begins', async () => {
  await here.plan('ping', '2026-11-20T15:00Z');
  await here.until('2026-11-20T15:00Z');
  expect((await clicks('prompt-menu', await menu('tomorrow'))).replace!.text).toContain('Monday at 09:00');
  await here.until('2026-11-23T09:00Z');
  expect((await clicks('prompt-menu', await menu('next-week'))).replace!.text).toContain(
    'Mon 30 Nov at 09:00',
  );
});

test('what was put off counts against no budget and knows no quiet hours', async () => {
  await here.leadIs({ promptsPerDay: 1 });
  await here.plan('question', '2026-11-16T17:30Z');
  await here.until('2026-11-16T17:30Z');
  await clicks('prompt-menu', await menu('3-hours'));
  await here.until('2026-11-16T21:00Z');
  expect(here.said()).toEqual(['2026-11-16T17:30 ping', '2026-11-16T20:30 ping']);
});

test('skipped, with a reason that is kept; a second click explains itself', async () => {
  await here.plan('ping', '2026-11-16T11:00Z');
  await here.until('2026-11-16T11:00Z');
  expect((await clicks('prompt-menu', await menu('skip'))).replace!.text).toContain('Skipped');
  const [delivery] = await here.deliveries();
  await submits(
    'prompt-skip-reason-form',
    { deliveryId: delivery!.delivery_id },
    { why: { value: 'on leave' } },
  );
  expect(await here.deliveries()).toMatchObject([
    { state: 'skipped', reason: 'by-the-lead', answer: 'skipped: on leave' },
  ]);
  expect((await clicks('prompt-menu', await menu('1-hour'))).message!.text).toContain('you skipped');
});

test('an old menu of a prompt that came to nothing since says only what is so', async () => {
  await here.plan('ping', friday);
  await here.until('2026-11-20T15:00Z');
  const old = await menu('1-hour');
  await clicks('prompt-menu', old);
  await clicks('prompt-schedule', `off ${await theSchedule()}`);
  const { text } = (await clicks('prompt-menu', old)).message!;
  expect(text).not.toContain('you skipped');
  expect(text).toBe('Nothing changed: that “Ping” is over by now. `/keel prompts` shows what is coming.');
});

test('nobody else can touch a prompt, and nonsense does nothing', async () => {
  await here.plan('ping', '2026-11-16T11:00Z');
  await here.until('2026-11-16T11:00Z');
  const value = await menu('skip');
  await expect(goes('prompt-menu', { value, personId: 'U9' })).resolves.toMatchObject({
    message: { text: expect.stringContaining('no longer know') },
  });
  const nobodys = value.replace(/^[0-9a-f-]+/, '00000000-0000-0000-0000-000000000000');
  expect((await clicks('prompt-menu', nobodys)).message!.text).toContain('no longer know');
  for (const nonsense of ['', 'x', `${value}x`, `' 1 skip`]) {
    expect((await clicks('prompt-menu', nonsense)).message!.text).toBe('from an older version');
  }
  expect(await here.deliveries()).toMatchObject([{ state: 'sent', answered_at: null }]);
});

test('the list tells what is coming in words', async () => {
  await here.plan('ping', friday);
  await here.plan('question', {
    ...friday,
    rule: 'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU',
    starts: Temporal.PlainDateTime.from('2026-11-17T10:00'),
  });
  const text = await types('/keel prompts');
  expect(text).toContain('*Fri 20 Nov*\n15:00  Ping, every Friday at 15:00');
  expect(text).toContain('10:00  Weekly question, every second Tuesday at 10:00');
});

test('a list too long for a message shows what is coming rather than what is not', async () => {
  for (let count = 0; count < 60; count += 1) {
    await here.plan('ping', '2027-11-16T15:00Z', { subject: `a${count}` });
  }
  await here.plan('question', friday);
  const text = await types('/keel prompts');
  expect(text).toContain('15:00  Weekly question, every Friday');
  expect(text).toContain('And 60 more after these seven days.');
});

test('sent now, the next one is used up and the one after comes as usual', async () => {
  await here.plan('ping', friday);
  await clicks('prompt-schedule', `now ${await theSchedule()}`);
  await here.until('2026-11-28T00:00Z');
  expect(here.said()).toEqual(['2026-11-16T10:00 ping', '2026-11-27T15:00 ping']);
});

test('the next one moved, and only that', async () => {
  await here.plan('ping', friday);
  const { form } = await clicks('prompt-schedule', `move ${await theSchedule()}`);
  const answer = await submits(form!.callbackId, form!.data, {
    day: { selected_date: '2026-11-24' },
    time: { selected_time: '11:30' },
  });
  expect(answer.message!.text).toContain('Tue 24 Nov at 11:30');
  await here.until('2026-12-05T00:00Z');
  expect(here.said()).toEqual(['2026-11-24T11:30 ping', '2026-11-27T15:00 ping', '2026-12-04T15:00 ping']);
});

test('one that comes once stays on the list when it was moved or put off, and can be moved again', async () => {
  await here.plan('ping', '2026-11-18T15:00Z');
  const data = { scheduleId: await theSchedule() };
  const moveTo = (day: string) =>
    submits('prompt-move-form', data, { day: { selected_date: day }, time: { selected_time: '11:30' } });
  await moveTo('2026-11-19');
  expect(await types('/keel prompts')).toContain('*Thu 19 Nov*\n11:30  Ping');
  const { form } = await clicks('prompt-schedule', `move ${await theSchedule()}`);
  expect(JSON.stringify(form)).toContain('2026-11-19');
  expect((await moveTo('2026-11-17')).message!.text).toContain('tomorrow at 11:30');
  await here.until('2026-11-17T12:00Z');
  await clicks('prompt-menu', await menu('next-week'));
  expect(await types('/keel prompts')).toContain('*Mon 23 Nov*\n09:00  Ping');
  await clicks('prompt-schedule', `now ${await theSchedule()}`);
  await here.until('2026-11-24T00:00Z');
  expect(here.said()).toEqual(['2026-11-17T11:30 ping', '2026-11-17T12:00 ping']);
});

test('moved twice, it is the same one that moves', async () => {
  await here.plan('ping', friday);
  const data = { scheduleId: await theSchedule() };
  for (const day of ['2026-11-24', '2026-11-23']) {
    await submits('prompt-move-form', data, {
      day: { selected_date: day },
      time: { selected_time: '11:30' },
    });
  }
  await here.until('2026-11-28T00:00Z');
  expect(here.said()).toEqual(['2026-11-23T11:30 ping', '2026-11-27T15:00 ping']);
});

test('moved and switched off, one that comes once is there again when switched on', async () => {
  await here.plan('ping', '2026-11-18T15:00Z');
  const schedule = await theSchedule();
  await submits(
    'prompt-move-form',
    { scheduleId: schedule },
    { day: { selected_date: '2026-11-19' }, time: { selected_time: '11:30' } },
  );
  await clicks('prompt-schedule', `off ${schedule}`);
  await clicks('prompt-switch-on', schedule);
  await here.until('2026-11-20T00:00Z');
  expect(here.said()).toEqual(['2026-11-18T15:00 ping']);
  // Said once, it is over: switching it off and on again brings nothing back.
  await clicks('prompt-schedule', `off ${schedule}`);
  await clicks('prompt-switch-on', schedule);
  await here.until('2026-11-21T00:00Z');
  expect(here.said()).toHaveLength(1);
});

test('moved into the past: refused at its field', async () => {
  await here.plan('ping', friday);
  const data = { scheduleId: await theSchedule() };
  const answer = await submits('prompt-move-form', data, {
    day: { selected_date: '2026-11-10' },
    time: { selected_time: '11:30' },
  });
  expect(answer.errors).toHaveProperty('day');
});

test("a rhythm of the lead's own outlives its room planning the old one again", async () => {
  await here.plan('ping', friday);
  const data = { scheduleId: await theSchedule() };
  expect(
    (await submits('prompt-rhythm-form', data, { rhythm: { value: 'whenever' } })).errors,
  ).toHaveProperty('rhythm');
  const answer = await submits('prompt-rhythm-form', data, {
    rhythm: { value: 'every second thursday at 9:30' },
  });
  expect(answer.message!.text).toContain('every second Thursday at 9:30');
  await here.plan('ping', friday);
  await here.until('2026-12-05T00:00Z');
  expect(here.said()).toEqual(['2026-11-19T09:30 ping', '2026-12-03T09:30 ping']);
});

test('switched off it stays off, whatever its room plans; switched on it comes from the next one on', async () => {
  await here.plan('ping', friday);
  await clicks('prompt-schedule', `off ${await theSchedule()}`);
  await here.plan('ping', { ...friday, starts: Temporal.PlainDateTime.from('2026-11-16T16:00') });
  await here.until('2026-11-21T00:00Z');
  expect(here.said()).toEqual([]);
  expect(await types('/keel prompts')).toContain('switched off');
  await clicks('prompt-switch-on', await theSchedule());
  await here.until('2026-11-28T00:00Z');
  expect(here.said()).toEqual(['2026-11-27T16:00 ping']);
});

test('paused until a day: nothing comes, and at the end one message says what was held back', async () => {
  await here.plan('ping', { ...friday, rule: 'FREQ=DAILY' });
  expect(await types('/keel pause', 'until 19 nov')).toContain('until Thursday at 00:00');
  await here.until('2026-11-19T12:00Z');
  expect(here.said()).toEqual([
    expect.stringContaining(
      '2026-11-19T09:00 Your prompts are on again. Meanwhile I held back:\n• Ping, 3 times\n',
    ),
  ]);
});

test('resumed early: the summary is the answer, and no second one comes', async () => {
  await here.plan('ping', { ...friday, rule: 'FREQ=DAILY' });
  await types('/keel pause', 'until 19 nov');
  await here.until('2026-11-17T12:00Z');
  expect(await types('/keel resume')).toContain('• Ping, yesterday at 15:00');
  expect(await types('/keel resume')).toContain('not paused');
  await here.until('2026-11-19T12:00Z');
  expect(here.said()).toEqual(['2026-11-17T15:00 ping', '2026-11-18T15:00 ping']);
});

test('a pause made longer, or begun again before its summary came, forgets nothing it held back', async () => {
  await here.plan('ping', { ...friday, rule: 'FREQ=DAILY' });
  await types('/keel pause', 'until 18 nov');
  await here.until('2026-11-17T12:00Z');
  await types('/keel pause', 'until 19 nov');
  await here.until('2026-11-19T07:00Z');
  // The summary waits for the morning.
  await types('/keel pause', 'until 20 nov');
  await here.until('2026-11-20T12:00Z');
  expect(here.said()).toHaveLength(1);
  expect(here.posts()[0]!.text).toContain('• Ping, 4 times');
  // Told is told.
  await types('/keel pause', 'until 21 nov');
  expect(await types('/keel resume')).toContain('Nothing was held back');
});

test.each([
  ['resumed', '2026-11-18T10:00Z'],
  ['over', '2026-11-20T10:00Z'],
])('what I must ask of a lead about a lost post waits until the pause is %s', async (how, at) => {
  here.slack.unreadable.add('C9');
  here.slack.mishaps.push({ status: 500 });
  await here.plan('ping', '2026-11-16T19:00Z', { destination: { channel: 'C9' } });
  await here.until('2026-11-16T20:00Z');
  await types('/keel pause', 'until 20 nov');
  await here.until('2026-11-18T10:00Z');
  expect(here.said()).toEqual([]);
  if (how === 'resumed') await types('/keel resume');
  await here.until(instant(at).add({ minutes: 1 }).toString());
  expect(here.posts().map(({ text }) => text)).toEqual([expect.stringContaining('I can post it now')]);
});

test('a pause without a day, or in the past, says how', async () => {
  for (const text of ['', 'until', 'for '])
    expect(await types('/keel pause', text)).toContain('Say until when');
  expect(await types('/keel pause', 'for a While')).toContain('I cannot read “for a While”');
  expect(await types('/keel pause', 'until 31 Feb')).toContain('There is no such day as “31 Feb”');
  expect(await types('/keel pause', 'until monday 25:00')).toContain('There is no such time as “25:00”');
  expect(await types('/keel pause', 'until 2020-01-01')).toContain('“until 2020-01-01” has passed');
});

test('in doubt where I cannot read: posted again only because the lead says so', async () => {
  here.slack.unreadable.add('C9');
  here.slack.mishaps.push({ status: 500 });
  await here.plan('ping', '2026-11-16T11:00Z', { destination: { channel: 'C9' } });
  await here.until('2026-11-16T13:00Z');
  const doubted = (await here.deliveries()).find(({ state }) => state === 'unknown')!;
  expect((await clicks('prompt-post-now', doubted.delivery_id)).replace!.text).toContain('on its way');
  await here.until('2026-11-16T14:00Z');
  expect(here.posts().filter(({ channel }) => channel === 'C9')).toHaveLength(1);
  expect((await clicks('prompt-post-now', doubted.delivery_id)).replace!.text).toContain('Nothing changed');
});

test('everything a lead may have again is told when they leave', async () => {
  await here.plan('ping', '2026-11-16T11:00Z');
  await here.until('2026-11-16T12:00Z');
  const owner = { workspaceId: here.lead.workspaceId, leadId: here.lead.id };
  const room = promptsRoom({ kinds: () => kinds, findLead, savePause });
  const [schedules, sent] = await here.inside((trx) => room.export(trx, owner));
  expect([schedules!.rows.length, sent!.rows.length]).toEqual([1, 1]);
  await here.inside((trx) => room.erase(trx, owner));
  expect([await here.schedules(), await here.deliveries()]).toEqual([[], []]);
  expect(instant('2026-11-16T12:00Z').equals(here.clock.now)).toBe(true);
});

/** Moves the next one, then switches the prompt off and on again. */
async function movesAndSwitches(day: string): Promise<void> {
  await moves(day);
  await clicks('prompt-schedule', `off ${await theSchedule()}`);
  await clicks('prompt-switch-on', await theSchedule());
}
const moves = async (day: string) =>
  submits(
    'prompt-move-form',
    { scheduleId: await theSchedule() },
    { day: { selected_date: day }, time: { selected_time: '11:00' } },
  );

test('one that was moved, switched off and on, and moved again comes when it was moved to', async () => {
  await here.plan('ping', '2026-11-20T15:00Z');
  await movesAndSwitches('2026-11-18');
  await moves('2026-11-19');
  await here.until('2026-11-23T12:00Z');
  expect(here.said()).toEqual(['2026-11-19T11:00 ping']);
});

test('the same, sent now, is on its way', async () => {
  await here.plan('ping', '2026-11-20T15:00Z');
  await movesAndSwitches('2026-11-18');
  await clicks('prompt-schedule', `now ${await theSchedule()}`);
  await here.until('2026-11-23T12:00Z');
  expect(here.said()).toHaveLength(1);
});

test('a series that is switched on again has the one that was moved, at its own time', async () => {
  await here.plan('ping', friday);
  await movesAndSwitches('2026-11-18');
  await here.until('2026-11-24T12:00Z');
  expect(here.said()).toEqual(['2026-11-20T15:00 ping']);
});

test('a pause made shorter holds nothing back any longer', async () => {
  await here.plan('patient', '2026-11-16T11:00Z');
  await types('/keel pause', 'until 27 nov');
  await here.until('2026-11-16T12:00Z');
  expect(await types('/keel pause', 'until 18 nov')).toContain('until Wednesday');
  await here.until('2026-11-18T12:00Z');
  expect(here.said()).toHaveLength(1);
});
