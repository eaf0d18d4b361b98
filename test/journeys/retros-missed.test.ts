// A retrospective whose end could not be said: the next one comes all the same, and what was written is not lost.

import { expect, test } from '@jest/globals';
import { useHouse } from '../support/house.ts';

const house = useHouse({ at: '2026-11-16T09:00' });
const nextDoor = useHouse({ at: '2026-11-16T09:00' });

const openings = (of: typeof house) =>
  of.current.lead.conversation('team-platform').filter(({ text }) => text.includes('Looking back'));

test('the bot is out of the channel as one closes: the next ones come, and its answers are sorted', async () => {
  const { lead, slack, goTo } = house.current;
  const duarte = slack.person('duarte');
  await lead.types('/retro in #team-platform every 2 weeks friday 14:00 named');
  await goTo('2026-11-20T14:05');
  await duarte.clicks('Answer, 2 minutes');
  await duarte.submits({ question_0: 'Quiet mornings' });
  const refused = slack.faults.add({ kind: 'error', error: 'not_in_channel', method: 'chat.postMessage' });
  await goTo('2026-11-24T09:00');
  refused.remove();
  await goTo('2026-12-04T14:05');
  expect(openings(house)).toHaveLength(2);
  const [first] = openings(house);
  const thread = lead.conversation('team-platform').filter(({ threadTs }) => threadTs === first?.ts);
  expect(thread.map(({ text }) => text).join('\n')).toContain('Quiet mornings');
  await goTo('2027-01-15T14:05');
  expect(openings(house).length).toBeGreaterThanOrEqual(4);
});

test('three people do not make an anonymous four, whatever one of them takes back', async () => {
  const { lead, slack, goTo } = nextDoor.current;
  await lead.types('/retro now in #team-platform anonymous');
  await goTo('2026-11-16T09:05');
  const [post] = openings(nextDoor);
  const answers = async (name: string, text: string) => {
    await slack.person(name).clicks('Answer, 2 minutes', { in: post!.ts });
    await slack.person(name).submits({ question_0: text });
  };
  await answers('duarte', 'Quiet mornings\nSlow reviews');
  await slack.person('duarte').clicks('Take a line back');
  await slack.person('duarte').submits({ question_0: 'Slow reviews' });
  await answers('duarte', 'Fewer meetings');
  await answers('shanice', 'The new lint rule helps');
  await answers('bikash', 'I am tired of pages');
  await lead.types('/retro');
  await lead.clicks('Close it now');
  await goTo('2026-11-16T09:10');
  const said = lead
    .conversation('team-platform')
    .map(({ text }) => text)
    .join('\n');
  expect(said).not.toContain('lint rule');
  expect(said).toContain('3 have answered');
});
