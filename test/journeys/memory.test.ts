// What hostile requests leave in memory: nothing that grows with their number. `bench/memory.ts` prints the whole of it.

import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from '@jest/globals';
import { useHouse } from '../support/house.ts';
import { interaction, sendSigned } from '../support/signed.ts';

const house = useHouse();

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const junk = 'x'.repeat(20_000);
const round = 400;

/** Each from somebody else, with twenty thousand letters that nobody wants. */
function hostile(count: number): [body: string, contentType?: string] {
  const { slack, lead } = house.current;
  const nobody = { ...lead, id: `U0NOBODY${count}` };
  const from = { team_id: slack.workspace().id, user_id: nobody.id, channel_id: 'D0NOWHERE' };
  const fields = { ...from, command: '/keel', text: junk, response_url: '', trigger_id: String(count) };
  const action = { type: 'button', action_id: `none.${count}`, value: junk };
  const event = { type: 'user_change', user: { id: nobody.id, junk } };
  const kinds: [string, string?][] = [
    [new URLSearchParams(fields).toString()],
    [interaction(house.current, nobody, { type: 'block_actions', actions: [action] })],
    [JSON.stringify({ type: 'event_callback', ...from, event_id: `Ev${count}`, event }), 'application/json'],
    [`payload=${junk}`],
  ];
  return kinds[count % kinds.length] as [string, string?];
}

/** Sends a round of them, and says how much of the heap is still held afterwards, in bytes. */
async function heldAfter(from: number): Promise<number> {
  const { app, slack, log } = house.current;
  for (let count = from; count < from + round; count += 20) {
    const some = Array.from({ length: 20 }, (_, at) => hostile(count + at));
    await Promise.all(
      some.map(async ([body, contentType]) => {
        const answer = await sendSigned(
          house.current,
          body,
          contentType === undefined ? {} : { contentType },
        );
        await answer.arrayBuffer();
      }),
    );
  }
  await app.idle();
  // What the test itself remembers of it all.
  log.length = 0;
  slack.log.splice(0);
  slack.violations.splice(0);
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

test('four hundred hostile requests with eight million letters leave nothing of them', async () => {
  await heldAfter(0);
  const before = await heldAfter(round);
  const after = await heldAfter(2 * round);
  expect(after - before).toBeLessThan(2_000_000);
});
