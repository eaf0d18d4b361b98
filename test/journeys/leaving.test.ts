// What becomes of what somebody led, held or took on when their Slack account is closed: one word to whoever can act.

import { expect, test } from '@jest/globals';
import { smallCompany } from '../../sandbox/slack/company.ts';
import { useHouse } from '../support/house.ts';

const house = useHouse({ at: '2026-11-16T09:00' });
const incident = useHouse({
  at: '2026-11-16T09:00',
  slack: {
    workspaces: [
      {
        ...smallCompany,
        people: [
          ...smallCompany.people,
          {
            name: 'gwen',
            realName: 'Gwen Ostrow',
            role: 'contractor',
            tz: 'Europe/Berlin',
            guest: 'multi-channel',
          },
        ],
      },
    ],
  },
});

const posts = (channel: string) => house.current.lead.conversation(channel);

test('a lead hears once of all that somebody leaves open with them, and can act on each', async () => {
  const { lead, slack, goTo } = house.current;
  const jonas = slack.person('jonas');
  await lead.types('/oneonone add @jonas weekly tuesday 10:00');
  await lead.types('/delegate @jonas the flaky pipeline at inquire until 22 jan');
  await lead.clicks('Send it');
  await lead.types('/retro in #team-platform weekly monday 10:00 named');
  await goTo('2026-11-16T10:00');
  await jonas.clicks('Answer, 2 minutes');
  await jonas.submits({ question_0: 'Too many calls' });
  await goTo('2026-11-18T09:00');
  await lead.clicks('Start the vote');
  await lead.clicks('Close the vote');
  await lead.submits();
  await goTo('2026-11-18T09:05');
  await lead.clicks('Choose what we take on');
  await lead.submits({ what_0: 'Mornings without calls', owner_0: 'jonas', due_0: '2026-12-04' });

  await slack.deactivate('jonas');
  await house.current.app.idle();
  await goTo('2026-11-18T09:15');
  const told = () => lead.dm().filter((one) => one.text.includes('has left this Slack'));
  expect(told()).toHaveLength(1);
  const { text, ts } = told()[0]!;
  expect(text).toContain('has left this Slack');
  expect(text).toContain('Your 1:1s with jonas have ended');
  expect(text).toContain('jonas held the flaky pipeline');
  expect(text).toContain('Mornings without calls');
  await lead.types('/delegate list');
  expect(lead.sees()).not.toContain('waiting for their answer');

  // Its profile changes again; nothing is said again.
  await slack.deactivate('jonas');
  await house.current.app.idle();
  await goTo('2026-11-18T10:00');
  expect(told()).toHaveLength(1);

  await lead.clicks('Give it to somebody', { in: ts, nth: 0 });
  await lead.submits({ person: 'leyla' });
  await lead.clicks('We have agreed already');
  await lead.types('/delegate list');
  expect(lead.sees()).toContain('@leyla');
  expect(lead.sees()).not.toContain('jonas');
  await lead.clicks('Give it to somebody', { in: ts, nth: 1 });
  await lead.submits({ owner: 'leyla' });
  await slack.person('leyla').types('/keel commitments');
  expect(slack.person('leyla').sees()).toContain('Mornings without calls');
});

test('a team whose lead left takes its retrospectives over, at the hour they were', async () => {
  const { slack, goTo } = house.current;
  const leyla = slack.person('leyla');
  await goTo('2026-11-23T10:00');
  await leyla.clicks('Answer, 2 minutes');
  await leyla.submits({ question_0: 'A good week' });
  await goTo('2026-11-25T09:00');
  await slack.deactivate('maren');
  await house.current.app.idle();
  await goTo('2026-11-25T09:05');
  const asked = posts('team-platform').at(-1)!;
  expect(asked.text).toContain('who led the retrospectives here, has left');
  expect(asked.text).toContain('every Monday at 10:00');
  // Whoever holds something for them, or took something on with them, hears of it.
  const told = leyla.dm().filter(({ text }) => text.includes('has left this Slack'));
  expect(told).toHaveLength(1);
  expect(told[0]?.text).toContain('Mornings without calls');
  expect(told[0]?.text).toContain('You hold the flaky pipeline for them');
  // Done is done, and says so under it; the rest stays where it was.
  await leyla.clicks('Done', { in: told[0]!.ts });
  expect(leyla.sees()).toContain('Done: Mornings without calls.');
  expect(leyla.dm().find(({ ts }) => ts === told[0]!.ts)?.text).toContain('You hold the flaky pipeline');

  await goTo('2026-11-30T12:00');
  expect(posts('team-platform').at(-1)?.ts).toBe(asked.ts);
  await leyla.clicks('I take them over', { in: asked.ts });
  expect(posts('team-platform').find(({ ts }) => ts === asked.ts)?.text).toContain(
    'leads the retrospectives here',
  );
  await leyla.clicks('Start the vote');
  await leyla.clicks('Close the vote');
  await leyla.submits();
  await goTo('2026-11-30T12:05');
  await leyla.clicks('Choose what we take on');
  await leyla.submits({ what_0: 'Fewer dashboards', owner_0: 'leyla', due_0: '2026-12-18' });
  await goTo('2026-12-07T10:00');
  expect(posts('team-platform').at(-1)?.text).toContain('Looking back');
  await leyla.types('/retro');
  expect(leyla.sees()).toContain('every Monday at 10:00');
  await leyla.types('/retro stop in #team-platform');
  expect(leyla.sees()).not.toContain('set up by');
});

test('a post-mortem whose owner left is taken over where it stands, by somebody who is here for good', async () => {
  const { lead, slack, goTo } = incident.current;
  const [leyla, gwen] = [slack.person('leyla'), slack.person('gwen')];
  const here = () => leyla.conversation('team-platform').filter(({ ephemeral }) => !ephemeral);
  await lead.types('/postmortem checkout was down, sev2, 08:10-08:37 today, here', { in: 'team-platform' });
  await lead.types('/retro in #team-platform weekly monday 10:00 named');
  await goTo('2026-11-16T09:10');
  await slack.deactivate('maren');
  await incident.current.app.idle();
  await goTo('2026-11-16T09:15');
  const asked = here().find(({ text }) => text.includes('was started by'))!;
  expect(asked.text).toContain('who has left this Slack');
  await gwen.clicks('I take it over', { in: asked.ts });
  expect(gwen.sees()).toContain('As a guest you cannot take it over.');
  const retros = here().find(({ text }) => text.includes('who led the retrospectives here, has left'))!;
  await gwen.clicks('I take them over', { in: retros.ts });
  expect(gwen.sees()).toContain('As a guest you cannot take them over or end them.');

  await leyla.clicks('I take it over', { in: asked.ts });
  expect(here().find(({ ts }) => ts === asked.ts)?.text).toContain('@leyla goes on with');
  await goTo('2026-11-24T12:00');
  expect(leyla.dm().some(({ text }) => text.includes('PM-1'))).toBe(true);

  // Nobody took these over; who comes back leads them again.
  await slack.reactivate('maren');
  await incident.current.app.idle();
  await leyla.clicks('I take them over', { in: retros.ts });
  expect(here().find(({ ts }) => ts === retros.ts)?.text).toContain('leads the retrospectives here already');
  await goTo('2026-11-30T10:00');
  expect(here().at(-1)?.text).toContain('@maren');
  expect(here().at(-1)?.text).toContain('Answer, 2 minutes');
});

test('a private post-mortem is told to those it was shared with', async () => {
  const { slack, goTo } = incident.current;
  const [duarte, shanice] = [slack.person('duarte'), slack.person('shanice')];
  await duarte.types('/postmortem mail was late, sev3');
  await goTo('2026-11-30T12:10');
  const overview = duarte.dm().find(({ text }) => text.includes('Severity 3'))!.ts;
  await duarte.clicks('Share or invite', { in: overview });
  await duarte.submits({ people: ['shanice'] });
  await goTo('2026-11-30T16:00');
  await slack.deactivate('duarte');
  await incident.current.app.idle();
  await goTo('2026-11-30T16:05');
  const [told, ...more] = shanice.dm().filter(({ text }) => text.includes('has left this Slack'));
  expect(more).toEqual([]);
  expect(told?.text).toContain('was started by');
  await shanice.clicks('I take it over', { in: told!.ts });
  expect(shanice.sees()).toContain('@shanice goes on with');
  // Whoever was not asked hears nothing.
  expect(slack.person('bikash').dm()).toEqual([]);
});

test('somebody who is back may be met again, and their lead hears so once', async () => {
  const { slack, goTo, app } = incident.current;
  const shanice = slack.person('shanice');
  const back = () => shanice.dm().filter(({ text }) => text.includes('@aroha is back'));
  await shanice.types('/oneonone add @aroha weekly tuesday 16:00');
  await slack.deactivate('aroha');
  await app.idle();
  await goTo('2026-12-01T16:00');
  await slack.reactivate('aroha');
  await slack.reactivate('aroha');
  await app.idle();
  await goTo('2026-12-01T16:05');
  expect(back()).toHaveLength(1);
  await shanice.clicks('Take it up again', { in: back()[0]!.ts });
  expect(shanice.sees()).toContain('You meet @aroha again');
});

test('whoever is back before the others’ working day begins has not left, and nobody reads that they have', async () => {
  const { slack, goTo, app } = house.current;
  const [maren, aroha] = [house.current.lead, slack.person('aroha')];
  await goTo('2026-12-14T09:00');
  await maren.types('/delegate @aroha the runbook at agree');
  await maren.clicks('Send now');
  await goTo('2026-12-15T09:00');
  await slack.deactivate(maren.name);
  await app.idle();
  await goTo('2026-12-15T09:30');
  await slack.reactivate(maren.name);
  await app.idle();
  await goTo('2026-12-16T18:00');
  expect(aroha.dm().some(({ text }) => text.includes('has left this Slack'))).toBe(false);
});
