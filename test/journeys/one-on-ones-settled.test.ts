// After a 1:1 one form has a tick for everything its agenda listed as open between the two.

import { expect, test } from '@jest/globals';
import { useHouse } from '../support/house.ts';

const house = useHouse({ at: '2026-11-16T09:00' });

test('promises of both, what they hold, and feedback are settled in the form after it', async () => {
  const { lead, slack, goTo } = house.current;
  await lead.types('/oneonone add @duarte weekly tuesday 10:00');
  await lead.types('/oneonone add @leyla weekly friday 10:00');
  await lead.types('/delegate @duarte the parser at agree until 22 jan');
  await lead.clicks('We have agreed already');
  await lead.types('/delegate @duarte the wiki at agree until 22 jan');
  await lead.clicks('We have agreed already');
  await lead.types('/keel feedback @duarte asked the two quiet ones what they thought');
  await lead.submits({ situation: 'Tuesday’s review', impact: 'We found the case', next: 'Again' });
  await lead.types('/oneonone held @duarte');
  expect(lead.modal()?.text).toContain('What they held for you, and is done');
  expect(lead.modal()?.text).not.toContain('Of what was open between you');
  await lead.submits({
    promise_what_1: 'Ask about the budget',
    promise_by_1: '2026-12-11',
    promise_what_2: 'Write down the steps',
    promise_whose_2: 'person',
    promise_by_2: '2026-12-11',
    promise_what_3: 'Invite the new one',
    promise_by_3: '2026-12-11',
  });
  expect(lead.sees()).toContain('3 promises made');

  await goTo('2026-11-24T10:31');
  await lead.clicks('It happened');
  await lead.submits({
    promises: ['You: Ask about the budget', 'They: Write down the steps'],
    delegated: ['the parser'],
    feedback: ['asked the two quiet ones what they thought'],
  });
  expect(lead.sees()).toContain('2 promises kept, 1 thing they held done, feedback told.');

  await lead.types('/keel commitments');
  expect(lead.sees()).toContain('Invite the new one');
  expect(lead.sees()).not.toMatch(/budget|steps/);
  await lead.types('/delegate list');
  expect(lead.sees()).toContain('the wiki');
  expect(lead.sees()).not.toContain('the parser');
  await lead.types('/keel feedback list @duarte');
  expect(lead.sees()).toContain('told');
  expect(lead.sees()).not.toContain('not told yet');

  // What is open with somebody else is no part of it.
  await lead.types('/oneonone held @leyla');
  expect(lead.modal()?.text).not.toContain('Invite the new one');
  await lead.closes();
  expect(
    slack
      .person('duarte')
      .dm()
      .some(({ text }) => text.includes('quiet ones')),
  ).toBe(false);
});

test('Undo of that form opens again what it closed, and says what stays since it was changed meanwhile', async () => {
  const { lead, goTo } = house.current;
  await goTo('2026-12-01T10:31');
  await lead.clicks('It happened');
  await lead.submits({ promises: ['You: Invite the new one'], delegated: ['the wiki'] });
  const kept = lead.dm().at(-1)!;
  // Another tick of the same form, added later: it is taken back with the rest.
  await lead.types('/oneonone held @leyla');
  await lead.submits({
    promise_what_1: 'Read the proposal',
    promise_by_1: '2026-12-18',
    promise_what_2: 'Name a reviewer',
    promise_by_2: '2026-12-18',
  });
  await lead.types('/keel feedback @leyla stayed calm in the storm');
  await lead.submits({ situation: 'The outage', impact: 'We slept', next: 'Again' });
  await lead.clicks('Undo', { in: kept.ts });
  expect(lead.sees()).toContain('Open again: “Invite the new one” and “the wiki”.');
  await lead.types('/keel commitments');
  expect(lead.sees()).toContain('Invite the new one');
  await lead.types('/delegate list');
  expect(lead.sees()).toContain('the wiki');

  await goTo('2026-12-04T10:31');
  await lead.clicks('It happened', { in: lead.dm().findLast(({ text }) => text.includes('@leyla'))!.ts });
  await lead.submits({
    promises: ['You: Read the proposal', 'You: Name a reviewer'],
    feedback: ['stayed calm in the storm'],
  });
  const last = lead.dm().at(-1)!;
  // One of them is opened again and closed anew by hand: that is no longer what the form did.
  await lead.types('/keel commitments');
  await lead.clicks('Closed lately');
  const before = lead.sees().split('Read the proposal')[0]!;
  await lead.clicks('Open again', { nth: before.split('[Open again]').length - 1 });
  const reopened = lead.dm().findLast(({ text }) => text.includes('[Done]'))!.ts;
  await goTo('2026-12-04T10:40');
  await lead.clicks('Done', { in: reopened });
  await lead.clicks('Undo', { in: last.ts });
  expect(lead.sees()).toContain('Open again: “Name a reviewer” and feedback you had told them.');
  expect(lead.sees()).toContain('Changed since, so it stays as it is: “Read the proposal”.');
  await lead.types('/keel feedback list @leyla');
  expect(lead.sees()).toContain('not told yet');
});
