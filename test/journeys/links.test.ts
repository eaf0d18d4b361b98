// A sentence that sends somebody to another message leads there, and stands without a link where Slack gives none.

import { expect, test } from '@jest/globals';
import { useHouse } from '../support/house.ts';

const house = useHouse({ at: '2026-11-16T09:00' });

/** What somebody has before their eyes, links and all. */
const raw = (seen: unknown): string => JSON.stringify(seen);
const posts = (channel: string) =>
  house.current.lead
    .conversation(channel)
    .filter(({ ephemeral, threadTs }) => !ephemeral && threadTs === undefined);
const linkTo = async (channel: string, ts: string): Promise<string> => {
  const { slack } = house.current;
  const { domain, channels } = slack.workspace();
  const id = [...channels.values()].find(({ name }) => name === channel)!.id;
  return `https://${domain}.slack.com/archives/${id}/p${ts.replace('.', '')}`;
};

async function lookBack(channel: string, day: string): Promise<void> {
  const { lead, goTo, slack } = house.current;
  await goTo(`${day}T09:30`);
  await lead.types(`/retro now in #${channel} named format sailboat`);
  await goTo(`${day}T09:32`);
  for (const name of ['duarte', 'jonas']) {
    const who = slack.person(name);
    await who.clicks('Answer, 2 minutes', { in: posts(channel).at(-1)!.ts });
    await who.submits({ question_0: `${name} likes the wind` });
  }
  await lead.types('/retro');
  await lead.clicks('Close it now');
  await goTo(`${day}T09:40`);
}

test('what waits in a retrospective’s thread is a link to it, in the list, the Home and the reminder', async () => {
  const { lead, goTo } = house.current;
  await lookBack('team-platform', '2026-11-16');
  const link = await linkTo('team-platform', posts('team-platform').at(-1)!.ts);
  const words = `waits in <${link}|its thread> to be sorted`;
  await lead.types('/retro');
  expect(raw(lead.dm().concat(lead.conversation('team-platform')))).toContain(words);
  await lead.opensHome();
  expect(raw(lead.home()?.raw)).toContain(`waits for you in <${link}|its thread>`);
  await goTo('2026-11-18T12:00');
  expect(raw(lead.dm().filter(({ ephemeral }) => !ephemeral))).toContain(
    `waits in <${link}|its thread>: a look`,
  );
});

test('where Slack gives no link, the sentence stands without one', async () => {
  const { lead, slack } = house.current;
  const silent = slack.faults.add({ method: 'chat.getPermalink', kind: 'http' });
  await lead.invites('general');
  await lookBack('general', '2026-11-19');
  silent.remove();
  await lead.types('/retro');
  expect(lead.sees()).toContain('#general: the last one waits in its thread to be sorted');
  expect(raw(lead.dm())).not.toContain('null|');
});

test('a private post-mortem that moved to a channel leads there, message by message', async () => {
  const { lead, goTo } = house.current;
  await goTo('2026-11-20T09:00');
  await lead.types('/postmortem search was slow, sev2, 08:05-08:40 today');
  await goTo('2026-11-20T09:05');
  const [overview] = lead
    .dm()
    .filter(({ text, ephemeral }) => !ephemeral && text.includes('search was slow'));
  await lead.clicks('Share or invite', { in: overview!.ts });
  await lead.submits({ channel: 'team-platform' });
  await goTo('2026-11-20T09:15');
  const stands = posts('team-platform').find(({ text }) => text.includes('search was slow'))!;
  const link = await linkTo('team-platform', stands.ts);
  const moved = lead.dm().find(({ ts }) => ts === overview!.ts);
  expect(raw(moved)).toContain(`<${link}|PM-1> stands in`);
  const parts = lead.dm().filter(({ text }) => text.includes(': in #team-platform now'));
  expect(parts).toHaveLength(4);
  for (const part of parts) expect(raw(part)).toContain('/archives/');
  await goTo('2026-11-27T12:00');
  expect(raw(lead.dm().filter(({ text }) => text.includes('has no review yet')))).toContain(`<${link}|PM-1>`);
});
