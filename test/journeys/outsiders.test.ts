// Who isn't one of the team: people outside a channel, guests, members of another workspace; and channels that change.

import { expect } from '@jest/globals';
import type { Person } from '../../sandbox/slack/index.ts';
import { inWorkspace } from '../../src/db/tenancy.ts';
import { useHouse } from '../support/house.ts';
import { knock, toldIn } from '../support/knocking.ts';
import { knocksOf } from '../support/knocks.ts';
import { test } from '../support/story.ts';

const tz = 'Europe/Berlin';
const house = useHouse({
  slack: {
    workspaces: [
      {
        id: 'T0TIDEWATER',
        name: 'Tidewater',
        domain: 'tidewater',
        people: [
          { name: 'maren', realName: 'Maren Okafor', role: 'lead', tz },
          { name: 'jonas', realName: 'Jonas Lindqvist', role: 'engineer', tz },
          { name: 'leyla', realName: 'Leyla Haddad', role: 'product manager', tz },
          { name: 'odile', realName: 'Odile Dehors', role: 'outsider', tz },
          { name: 'gustav', realName: 'Gustav Gast', role: 'guest', tz, guest: 'single-channel' },
          { name: 'stella', realName: 'Stella Fremd', role: 'partner', tz, from: 'T0ELSEWHERE' },
        ],
        channels: [
          { name: 'project', bot: true, members: ['maren', 'jonas', 'leyla', 'gustav', 'stella'] },
          { name: 'yard', bot: true, members: ['maren', 'jonas', 'gustav', 'stella'] },
        ],
      },
    ],
  },
});

const person = (name: string): Person => house.current.slack.person(name);

/** What somebody is told who brings along what stands on the newest button of that kind. */
async function brings(who: Person, action: string): Promise<string> {
  const newest = knocksOf(house.current.slack.log).get(`action ${action}`)?.at(-1);
  if (!newest) throw new Error(`Nobody was shown a button of ${action}`);
  const told = toldIn(await knock(house.current, who, newest));
  // What is brought along has no trigger of Slack's, so a form that would open does not.
  house.current.slack.violations.splice(0);
  return told;
}

const unknown = 'I know nothing of this retrospective any more';

const isKnown = ({ id, workspaceId }: Person): Promise<boolean> =>
  inWorkspace(house.current.database.db, workspaceId, async (trx) => {
    const rows = await trx.selectFrom('leads').select('lead_id').where('lead_id', '=', id).execute();
    return rows.length > 0;
  });

test('members of another workspace do not count as people of the channel, and guests do', async () => {
  const { lead, app } = house.current;
  await lead.types('/retro now in #yard anonymous');
  expect(lead.sees()).toContain('#yard has 3 people');
  await lead.types('/retro now in #project anonymous');
  await app.engine.tick();
  await app.engine.settled();
  expect(lead.conversation('project').at(-1)?.text).toContain('Answers are anonymous');
});

test('a member of another workspace reads why a button does nothing, and is kept nowhere', async () => {
  const stella = person('stella');
  await stella.clicks('Answer, 2 minutes', { in: stella.conversation('project').at(-1)!.ts });
  expect(stella.modal()).toBeUndefined();
  expect(stella.sees()).toBe(
    'I work for the people of the workspace this channel belongs to, and you are here from another one; nothing was changed.',
  );
  await stella.types('/logtime 1h review');
  expect(stella.sees()).toContain('/logtime is not a valid command');
  expect(await isKnown(stella)).toBe(false);
  const { lead } = house.current;
  await lead.types('/delegate @stella the rota at inquire until in 2 weeks');
  expect(lead.sees()).toContain('isn’t in this workspace');
});

test('a guest takes part like everybody else, and may lead', async () => {
  const gustav = person('gustav');
  await gustav.clicks('Answer, 2 minutes');
  await gustav.submits({ question_0: 'The pairing' });
  expect(gustav.sees()).toContain('Thank you');
  await gustav.types('/logtime 1h review');
  expect(gustav.sees()).toContain('1 h review, today');
});

test('somebody who is not in the channel hears what those hear who name none that is kept', async () => {
  expect(await brings(person('odile'), 'retros.answer')).toContain(unknown);
  expect(await brings(person('jonas'), 'retros.answer')).toContain('retros.answer-form');
});

test('whoever leaves the channel leaves its retrospective', async () => {
  const { slack } = house.current;
  const channel = [...slack.workspace().channels.values()].find(({ name }) => name === 'project');
  channel?.members.splice(channel.members.indexOf(person('leyla').id), 1);
  expect(await brings(person('leyla'), 'retros.answer')).toContain(unknown);
});

test('a click in the channel itself needs no question to Slack', async () => {
  const { slack } = house.current;
  const before = slack.log.length;
  await person('jonas').clicks('Answer, 2 minutes');
  const asked = slack.log.slice(before).map(({ name }) => name);
  expect(asked).not.toContain('conversations.members');
  await person('jonas').closes({ all: true });
});

test('a channel that gets another name is called by it at once', async () => {
  const { lead, slack } = house.current;
  await slack.rename('project', 'harbour');
  await lead.types('/retro');
  expect(lead.sees()).toContain('#harbour');
  expect(lead.sees()).not.toContain('#project');
});

test('a channel that becomes private keeps its retrospective, for those who are in it', async () => {
  const { lead, slack } = house.current;
  await slack.makePrivate('harbour');
  expect(await brings(person('odile'), 'retros.answer')).toContain(unknown);
  await person('jonas').clicks('Answer, 2 minutes');
  await person('jonas').submits({ question_0: 'The demo' });
  expect(person('jonas').sees()).toContain('Thank you');
  expect(lead.conversation('harbour')[0]?.text).toContain('2 have answered');
});

test('a lead who leaves the channel can stop its rhythm, and not start it again', async () => {
  const { slack } = house.current;
  const jonas = person('jonas');
  await jonas.types('/retro in #yard every 2 weeks friday 14:00 named');
  const yard = [...slack.workspace().channels.values()].find(({ name }) => name === 'yard');
  yard?.members.splice(yard.members.indexOf(jonas.id), 1);
  await jonas.clicks('Change');
  await jonas.submits({ when: 'every 3 weeks friday 14:00' });
  expect(jonas.sees()).toContain('you are not in it');
  await jonas.clicks('Stop');
  expect(jonas.sees()).toContain('Start it again');
  await jonas.clicks('Start it again');
  expect(jonas.sees()).toContain('you are not in it');
});
