// What goes differently: reminders, drafts nobody touches, Slack failing, refused lines, people who leave it, other places.

import { expect } from '@jest/globals';
import { asAdministrator } from '../support/database.ts';
import { useHouse } from '../support/house.ts';
import { test } from '../support/story.ts';

const house = useHouse({ at: '2026-11-18T11:00' });

const posted = () =>
  house.current.lead
    .dm()
    .filter(({ ephemeral, raw }) => !ephemeral && 'bot_id' in raw)
    .map(({ text }) => text);

const whatHappened = () =>
  house.current.lead.dm().find(({ text, ephemeral }) => !ephemeral && text.startsWith('What happened'))!;

async function stored(query: string): Promise<Record<string, unknown>[]> {
  const { rows } = await asAdministrator(query, new URL(house.current.database.url).pathname.slice(1));
  return rows;
}

test('what is not understood is refused with a way on, and nothing is kept', async () => {
  const { lead } = house.current;
  await lead.types('/postmortem sev1, 09:12-09:37');
  expect(lead.sees()).toContain('Nothing kept. Say first what happened');
  await lead.types('/postmortem mail stopped, sev7');
  expect(lead.sees()).toContain('severity 1 is the worst');
  await lead.types('/postmortem mail stopped, sev1, 25:00');
  expect(lead.sees()).toContain('There is no such time');
  await lead.types('/postmortem note 09:20 rolled back');
  expect(lead.sees()).toContain('There is no open post-mortem here');
  await lead.types('/postmortem trends');
  expect(lead.sees()).toContain('There is no post-mortem here yet');
  await lead.types('/postmortem help');
  expect(lead.sees()).toContain('Post-mortems without blame');
  expect(await stored('select 1 as one from postmortems')).toEqual([]);
});

test('a channel named in the line must hold both the bot and whoever writes', async () => {
  const { lead } = house.current;
  await lead.types('/postmortem mail stopped in #general');
  expect(lead.sees()).toContain('Nothing is started yet. I am not in that channel yet.');
  expect(await stored('select 1 as one from postmortems')).toEqual([]);
});

test('whoever is not in a private channel does not learn that it is there, nor that the bot is in it', async () => {
  const { lead, slack } = house.current;
  const leyla = slack.person('leyla');
  const told = async (): Promise<string[]> => {
    await leyla.types('/postmortem mail stopped in #incidents');
    const inLine = leyla.sees();
    await leyla.types('/postmortem');
    await leyla.submits({ 'words-0': 'mail stopped', place: 'incidents' });
    const inForm = leyla.modal()?.text ?? '';
    await leyla.closes({ all: true });
    return [inLine, inForm];
  };
  // The first time she also hears what was set up for her.
  await told();
  // Without the bot in it, Slack tells the bot what it tells of a channel that does not exist.
  const unknown = await told();
  expect(unknown[0]).toBe(
    'Nothing is started yet. I am not in that channel yet. Type /invite @Evenkeel there, then send this again.',
  );
  await lead.invites('incidents');
  expect(await told()).toEqual(unknown);
  await slack.archive('incidents');
  expect(await told()).toEqual(unknown);
  expect(await stored('select 1 as one from postmortems')).toEqual([]);
});

test('it can be started by form, whose slips are named under their fields', async () => {
  const { lead, goTo } = house.current;
  await lead.types('/postmortem');
  await lead.submits({ 'words-0': 'mail was late', started: '09:75', resolved: '08:00 today' });
  expect(lead.modal()?.errors).toEqual({ started: 'There is no such time. Write it as 09:20.' });
  await lead.submits({ started: '09:00', resolved: '08:00 today' });
  expect(lead.modal()?.errors).toEqual({
    resolved: 'It was over before it started. Swap the times, or name the days.',
  });
  await lead.submits({ resolved: '10:30', services: 'mail, Mail, queue' });
  expect(lead.sees()).toContain('PM-1: mail was late');
  await goTo('2026-11-18T11:02');
  expect(posted()[0]).toContain('resolved in 1 h 30 min');
  expect(posted()[0]).toContain('Services Mail, queue');
});

test('a title that points at somebody waits before it goes into a channel', async () => {
  const { lead } = house.current;
  await lead.types('/postmortem Jonas broke the login, sev3, here', { in: 'team-platform' });
  expect(lead.sees()).toContain('Nothing is posted yet');
  expect(await stored('select 1 as one from postmortems')).toHaveLength(1);
  await lead.clicks('Keep mine');
  expect(lead.sees()).toContain('PM-2: Jonas broke the login');
});

test('with two sentences that point at people, using what is offered for one does not let the other through', async () => {
  const { lead } = house.current;
  const line =
    '/postmortem note PM-2 09:20 Jonas forgot to restart the worker. Leyla failed to tell support.';
  await lead.types(line, { in: 'team-platform' });
  expect(lead.sees()).toContain('2 sentences point at people');
  expect(lead.sees()).toContain('Leyla failed to tell support.');
  await lead.clicks('Use it');
  expect(lead.sees()).toContain('one sentence points at people');
  expect(await stored('select 1 as one from postmortem_entries')).toEqual([]);
  await lead.clicks('Use it, ask the second');
  expect(lead.sees()).toContain('Added to PM-2');
  expect(lead.sees()).toContain('The worker was not restarted. Support was not told.');
  expect(lead.sees()).not.toContain('Leyla');
  await lead.clicks('Undo');
  await house.current.goTo('2026-11-18T11:04');
  const thread = lead.conversation('team-platform').map(({ text }) => text);
  expect(thread.join('\n')).toContain(
    'What could have reminded us to restart the worker?\nHow did things look from where they stood?',
  );
});

test('a channel without the bot is refused in the form, and takes the post-mortem once the bot is there', async () => {
  const { lead, goTo } = house.current;
  await lead.types('/postmortem disk was full, sev3');
  await goTo('2026-11-18T11:30');
  await lead.types('/postmortem show PM-3');
  expect(lead.modal()?.text).toContain('disk was full');
  await lead.clicks('Share or invite');
  await lead.submits({ channel: 'general' });
  expect(lead.modal()?.errors).toEqual({
    channel: 'I am not in that channel yet. Type /invite @Evenkeel there, then send this again.',
  });
  await lead.invites('general');
  await lead.submits();
  await lead.closes({ all: true });
  await goTo('2026-11-18T11:32');
  const there = lead.conversation('general').filter(({ ephemeral, raw }) => !ephemeral && 'bot_id' in raw);
  expect(there.map(({ text }) => text.split('\n')[0])).toEqual([
    'PM-3: disk was full',
    'What happened',
    'What we learned',
    'Timeline',
    'What follows',
  ]);
});

test('a draft with nothing in it stays one', async () => {
  const { lead } = house.current;
  const overview = lead.dm().find(({ text, ephemeral }) => !ephemeral && text.startsWith('PM-1: mail'))!;
  await lead.clicks('Send for review', { in: overview.ts });
  expect(lead.sees()).toContain('PM-1 stays a draft: there is nothing in it to review yet.');
  await lead.clicks('Write the summary');
  await lead.closes();
  expect(await stored('select status from postmortems where number = 1')).toEqual([{ status: 'draft' }]);
});

test('who is to facilitate a private one cannot read it, and can be invited at once', async () => {
  const { lead, slack } = house.current;
  const overview = lead.dm().find(({ text, ephemeral }) => !ephemeral && text.startsWith('PM-1: mail'))!;
  await lead.clicks('Edit the facts', { in: overview.ts });
  await lead.submits({ facilitator: 'shanice' });
  expect(lead.sees()).toContain('@shanice can’t read it yet: it is private.');
  await lead.clicks('Invite them');
  await lead.submits();
  expect(lead.sees()).toContain('@shanice can read and write PM-1 now');
  await slack.person('shanice').types('/postmortem show PM-1');
  expect(slack.person('shanice').sees()).toContain('mail was late');
});

test('somebody invited reads and writes a private one in their own DM', async () => {
  const { lead, slack, goTo } = house.current;
  const duarte = slack.person('duarte');
  await duarte.types('/postmortem show PM-1');
  expect(duarte.sees()).toContain('I know no PM-1');
  const overview = lead.dm().find(({ text, ephemeral }) => !ephemeral && text.startsWith('PM-1: mail'))!;
  await lead.clicks('Share or invite', { in: overview.ts });
  await lead.submits({ people: ['duarte'] });
  expect(lead.sees()).toContain(
    '@duarte can read and write PM-1 now. It comes to each in a DM, within their own working hours.',
  );
  await goTo('2026-11-18T11:35');
  const learned = duarte.dm().find(({ text }) => text.startsWith('What we learned'))!;
  await duarte.clicks('pm.section:well', { in: learned.ts });
  await duarte.submits({ 'words-0': 'The backup queue took over.' });
  const mine = lead.dm().find(({ text, ephemeral }) => !ephemeral && text.startsWith('What we learned'))!;
  expect(mine.text).toContain('The backup queue took over.');
});

test('where Slack does not take a change, the next one brings it along', async () => {
  const { lead, slack } = house.current;
  // One for each of the two who have it.
  slack.faults.add({ method: 'chat.update', kind: 'error', error: 'internal_error', count: 2 });
  await lead.types('/postmortem note PM-1 09:10 queue at 4,000');
  const timeline = () =>
    lead.dm().find(({ text, ephemeral }) => !ephemeral && text.startsWith('Timeline'))!.text;
  expect(timeline()).not.toContain('queue at 4,000');
  await lead.types('/postmortem note PM-1 09:15 queue at 9,000');
  expect(timeline()).toContain('queue at 4,000');
  expect(timeline()).toContain('queue at 9,000');
});

test('the owner hears of a draft nobody touches and of a review nobody planned, in working hours', async () => {
  const { lead, goTo } = house.current;
  await goTo('2026-11-20T12:00');
  const stalled = posted().filter((text) => text.includes('Nobody has written in PM-1'));
  expect(stalled).toHaveLength(1);
  expect(stalled[0]).toContain('Write one');
  await goTo('2026-11-24T12:00');
  const due = posted().filter((text) => text.includes('PM-1 has no review yet'));
  expect(due).toHaveLength(1);
  expect(due[0]).toContain('Wed 25 Nov');
  await lead.clicks('Plan the review', { in: lead.dm().find(({ text }) => text === due[0])!.ts });
  await lead.submits({ day: '2026-11-25', time: '11:00' });
  expect(lead.sees()).toContain('I send the draft around now.');
  await lead.clicks('Plan the review', { in: lead.dm().find(({ text }) => text === due[0])!.ts });
  await lead.submits({ day: '2026-11-25', time: '16:00' });
  expect(lead.sees()).toContain('A day before it I send the draft around.');
  await goTo('2026-11-24T17:00');
  expect(posted().filter((text) => text.includes('PM-1 is read together'))).toHaveLength(1);
  await goTo('2026-11-26T12:00');
  const held = posted().filter((text) => text.includes('Was it held?'));
  expect(held).toHaveLength(1);
  await lead.clicks('It is reviewed', { in: lead.dm().find(({ text }) => text === held[0])!.ts });
  expect(lead.modal()?.text).toContain(
    '3 parts of PM-1 are empty: summary, impact and contributing factors.',
  );
  await lead.submits();
  expect(lead.sees()).toContain('PM-1 is reviewed.');
  await goTo('2026-12-11T12:00');
  expect(posted().filter((text) => text.includes('PM-1 has no review yet'))).toHaveLength(1);
  expect(posted().filter((text) => text.includes('Was it held?') && text.includes('PM-1'))).toHaveLength(1);
});

test('nothing is closed with parts that nobody wrote, unless whoever closes it says so', async () => {
  const { lead } = house.current;
  const overview = () => lead.dm().findLast(({ text }) => text.startsWith('PM-1: mail was late'))!;
  await lead.clicks('pm.section:summary', { in: whatHappened().ts });
  await lead.submits({ 'words-0': 'Mail went out an hour and a half late.' });
  await lead.clicks('pm.section:impact', { in: whatHappened().ts });
  await lead.submits({ 'words-0': 'About 900 mails.' });
  await lead.clicks('Close it', { in: overview().ts });
  expect(lead.modal()).toMatchObject({ title: 'Close it?' });
  expect(lead.modal()!.text).toContain(
    '8 parts of PM-1 are empty: trigger, detection, resolution, contributing factors, what surprised us, what went badly, where we were lucky and ideas.',
  );
  // Nothing has happened yet; and what is missing can be written from there.
  expect(overview().text).toContain('reviewed');
  await lead.clicks('Write: trigger');
  await lead.submits({ 'words-0': 'A certificate ran out.' });
  await lead.closes({ all: true });
  await lead.clicks('Close it', { in: overview().ts });
  expect(lead.modal()!.text).toContain('7 parts of PM-1 are empty: detection,');
  await lead.submits();
  expect(lead.sees()).toContain('PM-1 is closed.');
  expect(overview().text).toContain('closed');
  // What read otherwise before can be deleted by whoever wrote it, for good.
  await lead.clicks('pm.section:summary', { in: whatHappened().ts });
  await lead.submits({ 'words-0': 'Mail went out ninety minutes late.' });
  await lead.clicks('pm.section:summary', { in: whatHappened().ts });
  await lead.clicks('Earlier versions');
  expect(lead.modal()!.text).toContain('an hour and a half late');
  await lead.clicks('Delete it');
  expect(lead.modal()!.text).not.toContain('an hour and a half late');
  expect(lead.modal()!.text).toContain('ninety minutes');
  await lead.closes({ all: true });
  expect(
    await stored(`select version from postmortem_sections join postmortems using (workspace_id, postmortem_id)
      where number = 1 and section = 'summary'`),
  ).toEqual([{ version: 2 }]);
  // Going back is never asked about.
  await lead.clicks('Open it again', { in: overview().ts });
  expect(lead.modal()).toBeUndefined();
  expect(overview().text).toContain('reviewed');
});

test('a private one is not sent for review without a word that nobody can read it', async () => {
  const { lead, goTo } = house.current;
  await lead.types('/postmortem cache was cold, sev1');
  await lead.types('/postmortem note 08:10 emptied by a deploy');
  await goTo('2026-12-11T12:05');
  const overview = lead
    .dm()
    .findLast(({ text, ephemeral }) => !ephemeral && text.includes(': cache was cold'))!;
  await lead.clicks('Send for review', { in: overview.ts });
  expect(lead.modal()?.text).toContain('Nobody else has read it.');
  expect(lead.modal()?.text).toContain('Share or invite');
  await lead.closes({ all: true });
  expect(await stored('select status from postmortems order by number desc limit 1')).toEqual([
    { status: 'draft' },
  ]);
});

test('a message can start one, and is its first line', async () => {
  const { lead, goTo } = house.current;
  await goTo('2026-12-14T09:00');
  await lead.types('Logins fail. Since a minute ago.', { in: 'team-platform' });
  const said = lead.conversation('team-platform').at(-1)!;
  await goTo('2026-12-14T09:20');
  await lead.usesShortcut('postmortem_start', said.ts);
  expect(lead.modal()?.text).toContain('Logins fail.');
  await lead.submits();
  await goTo('2026-12-14T09:22');
  const timeline = lead.dm().findLast(({ text, ephemeral }) => !ephemeral && text.startsWith('Timeline'))!;
  expect(timeline.text).toContain('Logins fail. Since a minute ago.');
  expect(JSON.stringify(timeline.raw)).toContain(`/p${said.ts.replace('.', '')}`);
});

test('when the owner asks to be forgotten, private ones go and what the team has stays without their name', async () => {
  const { lead, slack } = house.current;
  const duarte = slack.person('duarte');
  await duarte.types('/postmortem note PM-1 10:00 Duarte writes the last line');
  await lead.types('/keel forget');
  await lead.clicks('Forget everything');
  // PM-2 and PM-3 were meant for channels, PM-1 and the one from the message were private.
  expect(await stored('select number, owner_id, people from postmortems order by number')).toEqual([
    { number: 2, owner_id: null, people: [] },
    { number: 3, owner_id: null, people: [] },
  ]);
  expect(
    await stored(
      "select 1 as one from postmortem_sections where changed_by is not null union all select 1 from postmortem_messages where destination like 'U%'",
    ),
  ).toEqual([]);
});
