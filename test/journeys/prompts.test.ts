// Prompts in the lead's hands: put off, skipped with a reason, sent now, moved, switched off, held back by a pause.

import { expect } from '@jest/globals';
import { useHouse } from '../support/house.ts';
import { digestsOf } from '../support/seen.ts';
import { test } from '../support/story.ts';

const house = useHouse();

const menu = 'Snooze, skip or change';
/** The weekly question about delegation: a prompt nobody asked for, on Wednesday at half past nine. */
const questions = () => house.current.lead.dm().filter(({ text }) => text.includes('[Not this week]'));

/** Where the digest stands in the list just shown. */
function listed(): { in: string; blockId: string } {
  const list = house.current.lead.dm().at(-1);
  if (!list) throw new Error('Nothing was listed');
  const { blocks } = list.raw as unknown as { blocks: { block_id: string; text?: { text: string } }[] };
  const row = blocks.find(({ text }) => text?.text.includes('Weekly digest'));
  return { in: list.ts, blockId: row?.block_id ?? '' };
}

test('/keel prompts says what is coming, with its rule in words; before anything is planned it says so', async () => {
  const { lead } = house.current;
  await lead.types('/keel prompts');
  expect(lead.sees()).toContain('Nothing is planned for you yet.');
  await lead.types('/logtime 1h coding');
  await lead.types('/keel prompts');
  expect(lead.sees()).toContain('Weekly digest, every Friday at 15:00');
  expect(lead.sees()).toContain('Fri 20 Nov');
});

test('put off until tomorrow it comes again tomorrow, once, and the series stays where it is', async () => {
  const { lead, goTo } = house.current;
  await goTo('2026-11-18T09:30');
  const [first] = questions();
  await lead.selects(menu, 'Tomorrow', { in: first?.ts ?? '' });
  expect(questions()).toEqual([]);
  await goTo('2026-11-19T18:00');
  expect(questions()).toHaveLength(1);
  await goTo('2026-11-25T09:29');
  expect(questions()).toHaveLength(1);
  await goTo('2026-11-25T09:30');
  expect(questions()).toHaveLength(2);
});

test('skipped with a reason it is done, and a stale click explains itself', async () => {
  const { lead } = house.current;
  const latest = questions().at(-1);
  await lead.selects(menu, 'Skip', { in: latest?.ts ?? '' });
  expect(lead.dm().find(({ ts }) => ts === latest?.ts)?.text).toContain('The next one comes as usual.');
  await lead.clicks('Say why', { in: latest?.ts ?? '' });
  await lead.submits({ why: 'a release this week' });
  expect(lead.dm().find(({ ts }) => ts === latest?.ts)?.text).toContain('a release this week');
  expect(questions()).toHaveLength(1);
});

test('a pause holds everything back; when it ends, one message tells what, and nothing comes late', async () => {
  const { lead, goTo } = house.current;
  const said = () => lead.dm().filter(({ ephemeral }) => !ephemeral);
  await lead.types('/keel pause until monday');
  expect(lead.sees()).toContain('Nothing comes unasked until Mon');
  const before = said().length;
  await goTo('2026-11-29T20:00');
  expect(said()).toHaveLength(before);
  await goTo('2026-11-30T09:01');
  expect(said()).toHaveLength(before + 1);
  expect(said().at(-1)?.text).toContain('Meanwhile I held back:');
  expect(said().at(-1)?.text).toContain('• Weekly digest, Friday at 15:00');
  expect(said().at(-1)?.text).not.toContain(menu);
  await lead.types('/keel pause');
  expect(lead.sees()).toContain('Say until when');
  await lead.types('/keel pause until Banana');
  expect(lead.sees()).toContain('I cannot read “until Banana”, so nothing is paused.');
  // A day just gone is not taken for the one in a year.
  await lead.types('/keel pause until 29 nov');
  expect(lead.sees()).toContain('“29 nov” may be 29 November 2026 or 29 November 2027. Type the year');
  await lead.types('/keel pause for 2 weeks');
  expect(lead.sees()).toContain('Nothing comes unasked until Mon 14 Dec at 00:00');
  await lead.types('/keel pause until end of january');
  expect(lead.sees()).toContain('Nothing comes unasked until Mon 1 Feb 2027 at 00:00');
  await lead.types('/keel pause until friday 14.30');
  expect(lead.sees()).toContain('Nothing comes unasked until Friday at 14:30');
  await lead.types('/keel pause until 2026-12-24');
  await lead.types('/keel resume');
  expect(lead.sees()).toContain('Your prompts are on again.');
});

test('a prompt is sent now, and switched off for good', async () => {
  const { lead, goTo } = house.current;
  const digests = digestsOf(lead).length;
  await lead.types('/keel prompts');
  const list = listed();
  await lead.clicks('Send it now', list);
  await goTo('2026-11-30T09:05');
  expect(digestsOf(lead)).toHaveLength(digests + 1);
  await lead.types('/keel prompts');
  const again = listed();
  await lead.clicks('Switch it off', again);
  await goTo('2026-12-05T20:00');
  expect(digestsOf(lead)).toHaveLength(digests + 1);
});
