// `/logtime` where it is pressed: two clicks at once, timers that cannot be logged, long lines, and forms that come back.

import { afterEach, expect, test } from '@jest/globals';
import pg from 'pg';
import { inWorkspace } from '../../src/db/tenancy.ts';
import { saveCategory } from '../../src/rooms/balance/balance.store.ts';
import { type House, openHouse } from '../support/house.ts';

let house: House | undefined;
afterEach(async () => {
  const { slack, log } = house ?? { slack: undefined, log: [] };
  await house?.close();
  house = undefined;
  expect(slack?.violations ?? []).toEqual([]);
  expect(log.filter(({ level }) => Number(level) >= 50)).toEqual([]);
});

/** Holds the lead's row until all of `work` waits for something, so that it really happens at the same moment. */
async function atTheSameMoment(url: string, work: (() => Promise<unknown>)[]): Promise<void> {
  const holder = new pg.Client(url.replace('evenkeel_owner:owner', 'postgres:postgres'));
  await holder.connect();
  await holder.query('begin; select from leads for update');
  const running = Promise.all(work.map((each) => each()));
  const waiting = `select from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`;
  // Within a transaction Postgres goes on showing the sessions of its first look.
  while ((await holder.query(waiting)).rows.length < work.length) {
    await holder.query('select pg_stat_clear_snapshot()');
  }
  await holder.query('commit');
  await holder.end();
  await running;
}

test('a timer stopped twice at the same moment is logged once', async () => {
  house = await openHouse();
  const { lead, goTo, database } = house;
  await lead.types('/logtime start review');
  await goTo('2026-11-16T13:30');
  await lead.types('/logtime stop');
  const [question] = lead.dm().slice(-1);
  const stop = () => lead.clicks('Stop now', { in: question?.ts ?? '' });
  await atTheSameMoment(database.url, [stop, stop]);
  await lead.types('/logtime today');
  expect(lead.sees()).toContain('Today: 4 h 30 min\n');
});

test('a form that Slack does not open is said, instead of a button that seems dead', async () => {
  house = await openHouse();
  const { lead, slack } = house;
  const fault = slack.faults.add({ method: 'views.open', kind: 'error', error: 'expired_trigger_id' });
  await lead.types('/logtime');
  expect(lead.sees()).toContain('Slack did not open the form in time. Please try once more.');
  fault.remove();
});

test('a timer that finds no room in its day keeps running when another is asked for', async () => {
  house = await openHouse();
  const { lead, clock } = house;
  await lead.types('/logtime start review');
  clock.advance({ hours: 2 });
  await lead.types('/logtime 23h coding');
  await lead.clicks('Log it all the same');
  await lead.types('/logtime start planning');
  expect(lead.sees()).toContain('That would make it 25 h for today');
  expect(lead.sees()).not.toContain('Timing planning');
  await lead.types('/logtime undo');
  await lead.types('/logtime stop');
  expect(lead.sees()).toContain('2 h review, today, 09:00 to 11:00');
});

test('a forgotten timer is asked about, also when the same is started again, and says its day', async () => {
  house = await openHouse({ at: '2026-11-16T16:00' });
  const { lead, goTo } = house;
  await lead.types('/logtime start review');
  await goTo('2026-11-17T09:00');
  await lead.types('/logtime start review');
  expect(lead.sees()).toContain('Your review timer has been running since yesterday, 16:00, for 17 h.');
  await lead.clicks('It ended at…');
  await lead.submits({});
  expect(lead.sees()).toContain('2 h review, yesterday, 16:00 to 18:00');
});

test('a mended line clicked twice is logged once', async () => {
  house = await openHouse();
  const { lead } = house;
  await lead.types('/logtime 30m mentorng');
  const [refusal] = lead.dm().slice(-1);
  const click = () => lead.clicks('mentoring', { in: refusal?.ts ?? '' });
  await Promise.all([click(), click()]);
  expect(lead.sees()).toContain('30 min mentoring, today');
  expect(lead.sees()).toContain('[Undo]');
  await lead.types('/logtime today');
  expect(lead.sees()).toContain('Today: 30 min\n');
});

test('who logs first by the form is told of the defaults as well, once it is sent', async () => {
  house = await openHouse();
  const { lead } = house;
  await lead.types('/logtime');
  expect(lead.modal()?.text).not.toContain('defaults');
  await lead.submits({ time: '30m', category: 'mentoring' });
  expect(lead.sees()).toContain('You are set up with the defaults: 4 engineers');
  await lead.types('/logtime');
  expect(lead.modal()?.text).not.toContain('defaults');
});

test('who was forgotten and presses an old button is not set up again by that', async () => {
  house = await openHouse();
  const { lead } = house;
  await lead.types('/logtime 45m review');
  const [logged] = lead.dm().slice(-1);
  await lead.types('/keel forget');
  await lead.clicks('Forget everything');
  await lead.clicks('Undo', { in: logged?.ts ?? '' });
  expect(lead.sees()).toContain('That was taken back already.');
  expect(lead.sees()).not.toContain('defaults');
  await lead.types('/logtime today');
  expect(lead.sees()).not.toContain('defaults');
});

test('who was forgotten while a form was open is set up when it is sent, and not while it is refused', async () => {
  house = await openHouse();
  const { lead } = house;
  await lead.types('/logtime 45m review');
  await lead.types('/keel forget');
  const [question] = lead.dm().slice(-1);
  await lead.types('/logtime');
  await lead.clicks('Forget everything', { in: question?.ts ?? '' });
  await lead.submits({ time: 'soon', category: 'mentoring' });
  expect(lead.modal()?.errors.time).toContain('I cannot read “soon” as a time.');
  expect(lead.dm().at(-1)?.text).not.toContain('defaults');
  await lead.submits({ time: '30m', category: 'mentoring' });
  expect(lead.sees()).toContain('30 min mentoring, today');
  expect(lead.sees()).toContain('You are set up with the defaults: 4 engineers');
});

test('changing only the note of an entry leaves its time as it was, to the second', async () => {
  house = await openHouse();
  const { lead, clock } = house;
  clock.advance({ seconds: 10 });
  await lead.types('/logtime start review');
  clock.advance({ seconds: 40 });
  await lead.types('/logtime stop');
  await lead.clicks('Edit');
  await lead.submits({ note: 'a quick one' });
  expect(lead.modal()).toBeUndefined();
  expect(lead.sees()).toContain('Changed to 1 min review, today, 09:00 to 09:00 · “a quick one”');
});

test('a range that runs into tomorrow is refused in the form as in a line', async () => {
  house = await openHouse();
  const { lead } = house;
  await lead.types('/logtime');
  await lead.submits({ time: '22:00-2:00', category: 'coding' });
  expect(lead.modal()?.errors).toEqual({
    time: '“22:00-2:00” runs into tomorrow, which has not been yet. Log it once it is over.',
  });
});

test('a word too long for a name can still be added, shortened', async () => {
  house = await openHouse();
  const { lead } = house;
  await lead.types('/logtime 15m quarterly compliance questionnaire for the auditors');
  await lead.clicks('Add “quarterly compliance questionnaire for the auditors”');
  expect(lead.modal()?.raw).toMatchObject({
    blocks: expect.arrayContaining([
      expect.objectContaining({
        element: expect.objectContaining({ initial_value: 'quarterly compliance questionnaire for t' }),
      }),
    ]),
  });
});

test('the word is mended where it stands, not where its letters come first', async () => {
  house = await openHouse();
  const { lead } = house;
  await lead.types('/logtime half an hour a');
  await lead.clicks('architecture');
  expect(lead.sees()).toContain('30 min architecture, today');
});

test('many entries with long notes are said back, every one, and so is the day', async () => {
  house = await openHouse();
  const { lead } = house;
  const line = Array.from({ length: 7 }, (_, index) => `1${index}m review "${'x'.repeat(450)}"`).join(', ');
  await lead.types(`/logtime ${line}`);
  for (let index = 0; index < 7; index += 1) expect(lead.sees()).toContain(`1${index} min review, today`);
  await lead.types(`/logtime ${line}`);
  await lead.types('/logtime today');
  expect(lead.sees().match(/16 min review, today/g)).toHaveLength(2);
});

test('a lead who works every day finds a button for every empty one', async () => {
  house = await openHouse({ at: '2026-11-16T09:00' });
  const { lead, clock } = house;
  await lead.types('/keel settings');
  await lead.submits({ working_days: ['1', '2', '3', '4', '5', '6', '7'] });
  clock.set(Temporal.Instant.from('2026-11-22T14:00Z'));
  await lead.types('/logtime week');
  expect(lead.sees()).toContain('[Log Monday]');
  expect(lead.sees()).toContain('[Log Sunday]');
});

test('a category added for a timer starts it', async () => {
  house = await openHouse();
  const { lead } = house;
  await lead.types('/logtime start quidditch');
  await lead.clicks('Add “quidditch”');
  await lead.submits({ name: 'quidditch', side: 'neither' });
  expect(lead.sees()).toContain('Timing quidditch from 09:00.');
});

test('a category with as many other words as it may have can be changed again', async () => {
  house = await openHouse();
  const { lead } = house;
  const aliases = Array.from({ length: 20 }, (_, index) => `word number ${index} of a really long one`).join(
    ',',
  );
  await lead.types('/logtime 15m quidditch');
  await lead.clicks('Add “quidditch”');
  await lead.submits({ name: 'quidditch', side: 'neither', aliases });
  expect(lead.modal()).toBeUndefined();
  await lead.types('/logtime 15m word number 19 of a really long one');
  expect(lead.sees()).toContain('15 min quidditch, today');
});

test('with many categories both sides of the week stay in sight', async () => {
  house = await openHouse();
  const { lead, slack, database } = house;
  const workspaceId = slack.workspace().id;
  await lead.types('/logtime 20m coding');
  await inWorkspace(database.db, workspaceId, async (trx) => {
    const owner = { workspaceId, leadId: lead.id };
    for (let index = 0; index < 100; index += 1) {
      const id = `kind-${index}`;
      const name = `a kind of leading with a longish name ${index}`;
      await saveCategory(trx, owner, { id, name, side: 'leading', aliases: [], archived: false });
    }
  });
  const lines = Array.from(
    { length: 100 },
    (_, index) => `1m a kind of leading with a longish name ${index}`,
  );
  for (let at = 0; at < 100; at += 20) await lead.types(`/logtime ${lines.slice(at, at + 20).join(', ')}`);
  await lead.types('/logtime week');
  expect(lead.sees()).toContain('90 others 1 h 30 min');
  expect(lead.sees()).toContain('Coding 20 min');
});

test('a line too long for a button still offers its word as a category', async () => {
  house = await openHouse();
  const { lead } = house;
  await lead.types(`/logtime 15m quidditch -- ${'"<&'.repeat(160)}`);
  await lead.types(
    `/logtime 15m quidditch\n${Array.from({ length: 6 }, () => `1m review -- ${'x'.repeat(400)}`).join('\n')}`,
  );
  await lead.clicks('Add “quidditch”');
  expect(lead.modal()?.text).toContain('quidditch');
  await lead.submits({ name: 'quidditch', side: 'neither' });
  expect(lead.sees()).toContain('Added quidditch.');
});

test('a day of forty long notes is an answer that Slack takes, and says what it leaves out', async () => {
  house = await openHouse();
  const { lead } = house;
  for (let each = 0; each < 8; each += 1) {
    const notes = Array.from({ length: 5 }, (_, at) => `10m review -- ${each}.${at} ${'a & b '.repeat(80)}`);
    await lead.types(`/logtime ${notes.join('\n')}`);
  }
  await lead.types('/logtime today');
  expect(lead.sees()).toContain('Today: 6 h 40 min\n');
  expect(lead.sees()).toMatch(/And \d+ more\. \/logtime edit shows what you logged last\./);
  expect(lead.sees()).toContain('This week: leading 6 h 40 min of 6 h 40 min');
  await lead.types('/logtime edit');
  expect(lead.sees()).toContain('What you logged last');
});
