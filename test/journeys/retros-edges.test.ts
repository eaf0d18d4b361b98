// Where retrospectives meet the world: small teams, closed doors, archived channels, leads on holiday, people who leave.

import { expect } from '@jest/globals';
import { smallCompany } from '../../sandbox/slack/company.ts';
import { inWorkspace, type Tenant } from '../../src/db/tenancy.ts';
import { findLead, savePause } from '../../src/leads/leads.store.ts';
import { useHouse } from '../support/house.ts';
import { test } from '../support/story.ts';

const house = useHouse({
  at: '2026-11-16T09:00',
  slack: {
    workspaces: [
      {
        ...smallCompany,
        channels: [
          ...(smallCompany.channels ?? []),
          { name: 'pair', purpose: 'Two of us', bot: true, members: ['maren', 'duarte'] },
          { name: 'old-team', purpose: 'What was', bot: true },
          { name: 'holiday', purpose: 'Looking back without a lead', bot: true },
          {
            name: 'dwindling',
            purpose: 'Four, and then three',
            bot: true,
            members: ['maren', 'duarte', 'jonas', 'aroha'],
          },
          { name: 'quiet', purpose: 'Few words', bot: true },
          { name: 'leavers', purpose: 'Comings and goings', bot: true },
        ],
      },
    ],
  },
});

/** Local to Berlin; each test begins a little later than the one before ended. */
const goTo = (local: string) => house.current.goTo(local);
const posts = (channel: string) =>
  house.current.lead
    .conversation(channel)
    .filter(({ ephemeral, threadTs }) => !ephemeral && threadTs === undefined);
const thread = (channel: string) =>
  house.current.lead
    .conversation(channel)
    .filter(({ ephemeral, threadTs }) => !ephemeral && threadTs !== undefined);
const inHouse = <T>(work: Parameters<typeof inWorkspace<T>>[2]): Promise<T> =>
  inWorkspace(house.current.database.db, house.current.lead.workspaceId, work);

test('a channel the bot was not invited to says how, and the button goes on from there', async () => {
  const { lead } = house.current;
  await lead.types('/retro in #general weekly thursday 15:00 named');
  expect(lead.sees()).toContain('I am not in #general yet');
  await lead.invites('general');
  await lead.clicks('I’m invited, try again');
  expect(lead.sees()).toContain('#general looks back every Thursday at 15:00');
  await lead.clicks('Stop');
  expect(lead.sees()).toContain('Stopped');
  await lead.clicks('Start it again');
  expect(lead.sees()).toContain('next Thursday, November 19');
  await lead.types('/retro stop in #general');
  expect(lead.sees()).toContain('Stopped');
});

test('what was called off stays so when the rhythm is stopped and started, and is forgotten with its day', async () => {
  const { lead } = house.current;
  await lead.types('/retro in #general weekly thursday 15:00 named');
  await lead.types('/retro skip in #general release week');
  await lead.types('/retro stop in #general');
  await lead.clicks('Start it again');
  expect(lead.sees()).toContain('November 26');
  await lead.clicks('Change');
  await lead.submits({ when: 'weekly wednesday 15:00' });
  expect(lead.sees()).toContain('November 18');
  await lead.types('/retro');
  expect(lead.sees()).not.toContain('skipped');
  await lead.types('/retro stop in #general');
});

test('whoever is not in a private channel does not learn that it is there, nor that the bot is in it', async () => {
  const { lead, slack } = house.current;
  const leyla = slack.person('leyla');
  const told = async (): Promise<string[]> => {
    const answers: string[] = [];
    for (const line of ['now', 'weekly thursday 15:00', 'skip because of the release', 'stop']) {
      await leyla.types(`/retro ${line} in #incidents`);
      answers.push(leyla.sees());
    }
    return answers;
  };
  // Without the bot in it, Slack tells the bot what it tells of a channel that does not exist.
  const unknown = await told();
  expect(unknown.slice(0, 2)).toEqual([
    'I can see no such channel. If it is a private one, invite me there first, then try again.',
    'I can see no such channel. If it is a private one, invite me there first, then try again.',
  ]);
  await lead.invites('incidents');
  expect(await told()).toEqual(unknown);
  await lead.types('/retro now in #incidents named');
  await lead.types('/retro in #incidents weekly thursday 15:00 named');
  expect(lead.sees()).toContain('#incidents looks back');
  expect(await told()).toEqual(unknown);
  await lead.types('/retro skip in #incidents because we only looked whether it works');
  await lead.types('/retro stop in #incidents');
  expect(lead.sees()).toContain('Stopped');
});

test('two people cannot be anonymous: it says so, and asks', async () => {
  const { lead } = house.current;
  await lead.types('/retro in #pair weekly friday 11:00 anonymous');
  expect(lead.sees()).toContain('#pair has 2 people');
  expect(lead.sees()).toContain('something that can’t be had');
  await lead.clicks('Leave it');
  expect(lead.sees()).toContain('nothing was set up');
  await lead.types('/retro in #pair weekly friday 11:00 anonymous');
  await lead.clicks('With names');
  expect(lead.sees()).toContain('Answers carry your name');
  await lead.clicks('Change');
  await lead.submits({ names: 'anonymous' });
  expect(lead.modal()?.text).toContain('anonymity can’t be had');
  await lead.closes({ all: true });
  // Not said either way: names, and that is told.
  await lead.types('/retro now in #pair');
  expect(lead.sees()).toContain('Answers carry your name');
  await lead.types('/retro stop in #pair');
});

test('who begins with a retrospective reads once what was set up for them; forgotten, an old form sets up nothing', async () => {
  const duarte = house.current.slack.person('duarte');
  await duarte.types('/retro in #pair weekly friday 11:00 named');
  expect(duarte.sees()).toContain('#pair looks back every Friday at 11:00');
  expect(duarte.sees().match(/You are set up with the defaults/g)).toHaveLength(1);
  await duarte.clicks('Change');
  await duarte.submits({ names: 'named' });
  expect(duarte.sees()).not.toContain('defaults');
  await duarte.clicks('Change');
  await duarte.types('/keel forget');
  await duarte.clicks('Forget everything', { in: duarte.dm().at(-1)!.ts });
  await duarte.submits({ names: 'named' });
  expect(duarte.sees()).toContain('I know nothing of this retrospective any more');
  await duarte.types('/keel');
  expect(duarte.sees()).toContain('Where does your week go?');
});

test('a second one while one is open would split the answers, and a second rhythm is not set up', async () => {
  const { lead, slack } = house.current;
  await goTo('2026-11-16T09:30');
  const jonas = slack.person('jonas');
  await lead.types('/retro now in #team-platform named');
  await goTo('2026-11-16T09:31');
  expect(posts('team-platform')).toHaveLength(1);
  await jonas.types('/retro now in #team-platform');
  expect(jonas.sees()).toContain('One is open in #team-platform already');
  await jonas.types('/retro in #team-platform weekly monday 10:00');
  expect(jonas.sees()).toContain('looks back every Monday');
  await lead.types('/retro in #team-platform weekly tuesday 10:00');
  expect(lead.sees()).toContain('set up by @jonas');
  await goTo('2026-11-16T10:30');
  // His falls due while hers is open: it is not posted on top.
  expect(posts('team-platform')).toHaveLength(1);
  await jonas.types('/retro stop in #team-platform');
  await lead.types('/retro skip in #team-platform because we talked it through at lunch & more');
  expect(lead.sees()).toContain('Skipped in #team-platform');
  expect(posts('team-platform')[0]?.text).toContain(
    'skipped this time: “we talked it through at lunch & more”',
  );
});

test('fewer than four anonymous answers are shown to nobody; one more day may bring them, or they are deleted unread', async () => {
  const { lead, slack } = house.current;
  await goTo('2026-11-16T11:00');
  await lead.types('/retro now in #quiet anonymous');
  await goTo('2026-11-16T11:01');
  for (const name of ['jonas', 'duarte', 'leyla']) {
    const person = slack.person(name);
    await person.clicks('Answer, 2 minutes');
    await person.submits({ question_0: `only three of us, says ${name}` });
  }
  await goTo('2026-11-18T09:00');
  expect(thread('quiet')[0]?.text).toContain('Fewer than 4 people answered');
  expect(
    thread('quiet')
      .map(({ text }) => text)
      .join(),
  ).not.toContain('only three of us');
  await slack.person('jonas').clicks('Open one more working day');
  expect(slack.person('jonas').sees()).toContain('@maren leads this one');
  await lead.clicks('Open one more working day');
  expect(lead.sees()).toContain('It is open again, until Thursday, November 19');
  // Somebody who had answered is not counted again.
  await slack.person('jonas').clicks('Answer, 2 minutes');
  expect(slack.person('jonas').modal()?.text).toContain('You have answered');
  await slack.person('jonas').submits({ question_1: 'and still' });
  expect(posts('quiet')[0]?.text).toContain('3 have answered');
  await goTo('2026-11-20T09:00');
  expect(thread('quiet').at(-1)?.text).toContain('Fewer than 4 people answered');
  await lead.clicks('Let it go', { in: thread('quiet').at(-1)?.ts ?? '' });
  expect(lead.sees()).toContain('nobody has read it');
  expect(
    await inHouse((trx) =>
      trx.selectFrom('retro_items').select('words').where('words', 'like', 'only three%').execute(),
    ),
  ).toEqual([]);
});

test('an archived channel ends what was under way, and its lead hears of it once', async () => {
  const { lead, slack } = house.current;
  await lead.types('/retro in #old-team weekly monday 10:00 named');
  await lead.types('/retro now in #old-team named');
  await goTo('2026-11-20T09:05');
  const jonas = slack.person('jonas');
  await jonas.clicks('Answer, 2 minutes');
  await jonas.submits({ question_0: 'It was good' });
  await slack.archive('old-team');
  await goTo('2026-11-24T12:00');
  const told = lead.dm().filter(({ text }) => text.includes('#old-team is archived'));
  expect(told).toHaveLength(1);
  expect(lead.dm().filter(({ text }) => text.includes('couldn'))).toEqual([]);
  await lead.types('/retro');
  expect(lead.sees()).not.toContain('#old-team');
  await lead.types('/retro now in #old-team');
  expect(lead.sees()).toContain('#old-team is archived');
});

test('a lead on holiday: the rhythm waits, and what is open can be led by whoever is there', async () => {
  const { lead, slack, clock } = house.current;
  const shanice = slack.person('shanice');
  await lead.types('/retro in #holiday weekly tuesday 15:00 named');
  await goTo('2026-11-24T15:00');
  expect(posts('holiday')).toHaveLength(1);
  for (const name of ['shanice', 'jonas']) {
    await slack.person(name).clicks('Answer, 2 minutes');
    await slack.person(name).submits({ question_0: `A calm week for ${name}` });
  }
  const pauseUntil = async (trx: Tenant, until: Temporal.Instant | null) =>
    savePause(trx, (await findLead(trx, lead.id))!, until, clock.now());
  await inHouse((trx) => pauseUntil(trx, clock.now().add({ hours: 24 * 10 })));
  await goTo('2026-11-26T12:00');
  expect(thread('holiday')[0]?.text).toContain('@maren is away');
  await shanice.clicks('Take it from here');
  expect(shanice.sees()).toContain('It is yours now');
  await slack.person('jonas').clicks('Take it from here');
  expect(slack.person('jonas').sees()).toContain('@shanice is here after all');
  await shanice.clicks('Start the vote');
  expect(thread('holiday').at(-1)?.text).toContain('Only @shanice can close the vote');
  // The next one falls into the holiday and is not opened.
  await goTo('2026-12-02T12:00');
  expect(posts('holiday').filter(({ text }) => text.includes('set up by'))).toHaveLength(1);
  await shanice.clicks('Choose what we take on');
  await shanice.submits({ what_0: 'Keep it calm', owner_0: 'jonas', due_0: '2026-12-10' });
  await goTo('2026-12-02T12:05');
  expect(thread('holiday').at(-1)?.text).toContain('Keep it calm, @jonas');
  await inHouse((trx) => pauseUntil(trx, null));
  await goTo('2026-12-08T15:00');
  expect(posts('holiday').at(-1)?.text).toContain('Keep it calm still open with @jonas');
});

test('when too many leave for anonymity, the next one is held back and the lead is asked', async () => {
  const { lead, slack } = house.current;
  await goTo('2026-12-08T16:00');
  await lead.types('/retro in #dwindling weekly wednesday 10:00 anonymous');
  expect(lead.sees()).toContain('Answers are anonymous');
  const channel = [...slack.workspace().channels.values()].find(({ name }) => name === 'dwindling')!;
  await slack.sendEvent({ type: 'member_left_channel', user: slack.person('aroha').id, channel: channel.id });
  await goTo('2026-12-09T12:00');
  expect(posts('dwindling')).toEqual([]);
  const asked = lead.dm().filter(({ text }) => text.includes('#dwindling is down to 3 people'));
  expect(asked).toHaveLength(1);
  await lead.clicks('Change it', { in: asked[0]!.ts });
  await lead.submits({ names: 'named' });
  expect(lead.sees()).toContain('Answers carry your name');
  await goTo('2026-12-09T14:59');
  await lead.types('/retro stop in #dwindling');
});

test('somebody who leaves stays by name in what they wrote, and a newcomer’s clock counts from then on', async () => {
  const { lead, slack } = house.current;
  await lead.types('/retro in #leavers weekly wednesday 15:00 named');
  await goTo('2026-12-09T15:00');
  const bikash = slack.person('bikash');
  await bikash.clicks('Answer, 2 minutes');
  await bikash.submits({ question_0: 'It was good to be here' });
  await slack.deactivate('bikash');
  await goTo('2026-12-11T09:00');
  expect(thread('leavers').at(-1)?.text).toContain('It was good to be here  bikash');
  await lead.clicks('Start the vote');
  await lead.clicks('Close the vote');
  expect(lead.modal()?.text).toContain('Nobody has voted yet.');
  await lead.submits();
  await goTo('2026-12-11T09:05');
  expect(thread('leavers').at(-1)?.text).toContain('nobody voted');
  await lead.clicks('Choose what we take on');
  await lead.submits({ what_0: 'Miss Bikash', owner_0: 'bikash', due_0: '2026-12-18' });
  expect(lead.modal()?.text).toContain('They can’t be reached here');
  await lead.closes();
});

test('put out of the channel while one is open, the bot says so, and closes it once it is back', async () => {
  const { lead, slack } = house.current;
  await goTo('2026-12-14T09:00');
  const channel = [...slack.workspace().channels.values()].find(({ name }) => name === 'quiet')!;
  const { botUserId } = slack.workspace();
  await lead.types('/retro now in #quiet named');
  await goTo('2026-12-14T09:01');
  const jonas = slack.person('jonas');
  await jonas.clicks('Answer, 2 minutes');
  await jonas.submits({ question_0: 'Still here' });
  channel.members = channel.members.filter((id) => id !== botUserId);
  await goTo('2026-12-16T10:00');
  const told = lead
    .dm()
    .filter(({ text }) => text.includes('“Retrospective, closing” in #quiet: I am not in it'));
  expect(told).toHaveLength(1);
  await lead.invites('quiet');
  await lead.types('/retro');
  // The newest stands first, and #holiday opened one on Tuesday, which nobody has answered.
  await lead.clicks('Close it now', { nth: 0 });
  expect(lead.modal()?.text).toContain('Nobody has answered yet.');
  await lead.closes();
  await lead.clicks('Close it now', { nth: 1 });
  await goTo('2026-12-16T10:05');
  expect(thread('quiet').at(-1)?.text).toContain('Still here');
});

test('old buttons and strangers’ ids explain themselves', async () => {
  const { lead, slack } = house.current;
  // The nudge’s own button outlives the retrospective it belonged to.
  const nudge = posts('holiday').find(({ text }) => text.includes('This retrospective is open'));
  await slack.person('jonas').clicks('Answer', { in: nudge?.ts ?? '' });
  expect(slack.person('jonas').sees()).toContain('This one is closed');
  await lead.types('/retro quidditch');
  expect(lead.sees()).toContain('I cannot read “quidditch”');
  await lead.types('/retro skip in #team-platform');
  expect(lead.sees()).toContain('Why this one?');
  await lead.types('/retro formats');
  expect(lead.sees()).toContain('best for');
  expect(slack.violations).toEqual([]);
});
