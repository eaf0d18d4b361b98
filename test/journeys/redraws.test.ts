// A message that Slack does not change at once is changed a little later by itself; one it never will is left alone.

import { expect, test } from '@jest/globals';
import { useHouse } from '../support/house.ts';

const house = useHouse({ at: '2026-11-16T09:00' });

const posts = () =>
  house.current.lead
    .conversation('team-platform')
    .filter(({ ephemeral, threadTs }) => !ephemeral && threadTs === undefined);
const said = (words: string) => house.current.log.filter(({ msg }) => String(msg).includes(words));

async function answer(name: string): Promise<void> {
  const who = house.current.slack.person(name);
  await who.clicks('Answer, 2 minutes', { in: posts().at(-1)!.ts });
  await who.submits({ question_0: `${name} likes the wind` });
}

test.each([
  { trouble: 'is broken', fault: { kind: 'http', status: 500 }, from: '09:02', until: '09:09' },
  { trouble: 'asks to wait', fault: { kind: 'ratelimited', retryAfter: 30 }, from: '09:22', until: '09:23' },
] as const)(
  'where Slack $trouble, the post counts the answer once it is over',
  async ({ fault, from, until }) => {
    const { lead, goTo, slack } = house.current;
    if (posts().length === 0) await lead.types('/retro now in #team-platform named format sailboat');
    await goTo(`2026-11-16T${from}`);
    const before = said('could not be brought up to date').length;
    const { spec: _spec, remove } = slack.faults.add({ method: 'chat.update', ...fault });
    const name = from === '09:02' ? 'duarte' : 'jonas';
    const [was, becomes] = from === '09:02' ? ['Nobody', 'One'] : ['One', '2'];
    await answer(name);
    expect(posts().at(-1)!.text).toContain(`${was} ha`);
    await goTo(`2026-11-16T${until}`);
    expect(posts().at(-1)!.text).toContain(`${was} ha`);
    // However often it was tried, the log says it once.
    expect(said('could not be brought up to date')).toHaveLength(before + 1);
    remove();
    await goTo(`2026-11-16T${until.slice(0, 3)}${Number(until.slice(3)) + 9}`);
    expect(posts().at(-1)!.text).toContain(`${becomes} ha`);
  },
);

test('what Slack will never change is tried once, and the log says so once', async () => {
  const { goTo, slack } = house.current;
  const never = slack.faults.add({ method: 'chat.update', kind: 'error', error: 'edit_window_closed' });
  await answer('leyla');
  await goTo('2026-11-16T12:00');
  expect(never.hits).toBe(1);
  expect(said('Slack will not change it')).toHaveLength(1);
  never.remove();
  // The next change of it asks anew.
  await answer('aroha');
  expect(posts().at(-1)!.text).toContain('4 have answered');
});
