// A channel with five thousand messages stays quick: only a window of them is ever drawn.

import { expect, test } from '@jest/globals';
import { useStage } from '../support/page.ts';

const stage = useStage({ at: '2026-11-16T09:00' });

test('5,000 messages: the newest at once, the oldest reached by scrolling, and back', async () => {
  const { slack, clock } = stage.current.house;
  const general = [...slack.workspace().channels.values()].find(({ name }) => name === 'general');
  if (general === undefined) throw new Error('The small company has a channel #general');
  const people = slack.people;
  for (let number = 1; number <= 5_000; number += 1) {
    const at = clock.now().subtract({ minutes: 5_001 - number }).epochMilliseconds / 1000;
    general.messages.push({
      ts: `${Math.floor(at)}.${String(number).padStart(6, '0')}`,
      user: people[number % people.length]?.id ?? '',
      text: `Message number ${number}, with *some* words in it`,
      reactions: [],
      state: {},
    });
  }

  const page = await stage.current.open(`#maren/${general.id}`);
  await page.getByText('Message number 5000,').waitFor();
  const log = page.getByRole('log');
  const drawn = () => log.getByRole('article').count();
  expect(await drawn()).toBeLessThan(120);

  // All the way up: what comes in above must never be drawn without limit.
  await log.evaluate(
    (box) =>
      new Promise<void>((done, fail) => {
        let frames = 0;
        const up = () => {
          frames += 1;
          if (box.textContent?.includes('Message number 1,')) return done();
          if (frames > 6_000) return fail(new Error(`Still at: ${box.textContent?.slice(0, 200)}`));
          box.scrollTop = Math.max(0, box.scrollTop - 2_000);
          requestAnimationFrame(up);
        };
        up();
      }),
  );
  expect(await drawn()).toBeLessThan(120);
  expect(await page.getByText('Message number 5000,').count()).toBe(0);

  await page.getByRole('button', { name: 'Newest' }).click();
  await page.getByText('Message number 5000,').waitFor();

  // And one more comes in below, at once.
  await slack.person('duarte').types('The newest of all', { in: 'general' });
  await page.getByText('The newest of all').waitFor();
  expect(await drawn()).toBeLessThan(120);
});
