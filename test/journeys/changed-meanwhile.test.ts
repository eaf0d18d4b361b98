// What changes while a message is on its way to Slack, or by its being there, is shown without anybody's next click.

import { expect, test } from '@jest/globals';
import { useHouse } from '../support/house.ts';

const house = useHouse({ at: '2026-11-16T10:00' });

const move = (by: Temporal.DurationLike) => {
  const { slack, clock } = house.current;
  return slack.moveClock(clock.now().add(by));
};
const inTeam = (inThread: boolean) =>
  house.current.lead
    .conversation('team-platform')
    .filter(({ ephemeral, threadTs }) => !ephemeral && (threadTs !== undefined) === inThread);

test('a post-mortem whose facts change while its first message is on its way', async () => {
  const { lead, slack } = house.current;
  await lead.types('/postmortem mail stopped, sev3, 08:12-08:37 today');
  const started = lead.dm().at(-1)!;
  // Slack takes it and the answer is lost, so the bot looks for it only a minute later.
  slack.faults.add({ kind: 'accepted-then-dropped', method: 'chat.postMessage', count: 1 });
  await move({ seconds: 20 });
  const overview = () => lead.dm().find(({ ephemeral, text }) => !ephemeral && text.startsWith('PM-1:'))!;
  await lead.clicks('Edit the facts', { in: started.ts });
  await lead.submits({ 'words-0': 'mail stopped for an hour' });
  expect(overview().text).not.toContain('for an hour');
  await move({ minutes: 3 });
  expect(overview().text).toContain('mail stopped for an hour');
});

test('a retrospective that closes at its time offers no answering, and a vote begun while Slack takes a message is in it', async () => {
  const { lead, slack } = house.current;
  await lead.types('/retro now in #team-platform named');
  await move({ minutes: 1 });
  for (const name of ['duarte', 'jonas']) {
    const who = slack.person(name);
    await who.clicks('Answer, 2 minutes', { in: inTeam(false).at(-1)!.ts });
    await who.submits({ question_0: `${name} likes the new tests` });
  }
  await lead.types('/retro');
  await lead.clicks('Close it now');
  let vote: Promise<unknown> | undefined;
  const stopListening = slack.onChange((change) => {
    if (change.kind !== 'message_posted' || change.visibleTo) return;
    const posted = inTeam(true).find(({ ts }) => ts === change.ts)?.text ?? '';
    // What was said comes next, and is a while on its way.
    if (posted.startsWith('The time is over'))
      slack.faults.add({ kind: 'slow', ms: 1500, method: 'chat.postMessage', count: 1 });
    if (posted.includes('likes the new tests')) vote ??= lead.clicks('Start the vote', { in: change.ts });
  });
  await move({ minutes: 1 });
  await move({ minutes: 1 });
  await vote;
  stopListening();
  expect(vote).toBeDefined();
  expect(inTeam(true).at(-1)?.text).toContain('[Vote]');
  expect(inTeam(false).at(-1)?.text).not.toContain('Answer, 2 minutes');
});
