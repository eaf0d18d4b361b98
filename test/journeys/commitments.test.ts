// What people take on, from the day it is made to the day it is closed: reminders, dates, reasons, and who may see what.

import { expect } from '@jest/globals';
import { inWorkspace } from '../../src/db/tenancy.ts';
import { addGuest, addLead, findLead, findMember } from '../../src/leads/leads.store.ts';
import { defaultSettings } from '../../src/leads/leads.ts';
import { prompts } from '../../src/prompts/engine.ts';
import { commitmentsPort } from '../../src/rooms/commitments/index.ts';
import { useHouse } from '../support/house.ts';
import { test } from '../support/story.ts';

const house = useHouse();
const port = commitmentsPort({ prompts, listeners: { find: findMember, welcome: addGuest } });
const day = (text: string) => Temporal.PlainDate.from(text);
const retro = { kind: 'retro', id: 'series-1', words: 'the retrospective in #team-platform' } as const;

const inHouse: <T>(
  work: (trx: Parameters<Parameters<typeof inWorkspace>[2]>[0]) => Promise<T>,
) => Promise<T> = (work) =>
  inWorkspace(house.current.database.db, house.current.lead.workspaceId, (trx) =>
    work(trx as never),
  ) as never;

test('somebody who leads nobody is reminded within their own hours, and finishes, moves and drops what they took on', async () => {
  const { lead, slack, clock, goTo } = house.current;
  const shanice = slack.person('shanice');
  const duarte = slack.person('duarte');
  const keeper = { workspaceId: lead.workspaceId, leadId: lead.id };

  const added = await inHouse(async (trx) => {
    await addLead(trx, keeper, defaultSettings('Europe/Berlin'), clock.now());
    return port.add(
      trx,
      keeper,
      retro,
      [
        {
          owner: { id: shanice.id, name: 'Shanice', timeZone: shanice.tz },
          what: 'Fix the flaky pipeline',
          due: day('2026-11-20'),
        },
        {
          owner: { id: shanice.id, name: 'Shanice', timeZone: shanice.tz },
          what: 'Write <the> hand-over page',
          due: day('2026-11-20'),
        },
        {
          owner: { id: duarte.id, name: 'Duarte', timeZone: duarte.tz },
          what: 'Smaller reviews',
          due: day('2026-11-23'),
        },
      ],
      clock.now(),
    );
  });
  expect(added.kind).toBe('added');
  // A guest is nobody's lead: no digest is planned for them and their Home stays the welcome.
  expect(await inHouse((trx) => findLead(trx, shanice.id))).toBeUndefined();

  // 9:00 in New York is 15:00 in Berlin: on Monday they hear what is theirs, on Wednesday that Friday is near.
  await goTo('2026-11-18T14:59');
  expect(shanice.dm()).toHaveLength(1);
  expect(shanice.dm()[0]?.text).toContain('put these down as yours');
  await goTo('2026-11-18T15:00');
  expect(shanice.dm()).toHaveLength(2);
  expect(shanice.dm()[1]?.text).toContain('You took these on for Friday');
  expect(shanice.dm()[1]?.text).toContain('Write <the> hand-over page');
  await shanice.clicks('Done', { nth: 0 });
  expect(shanice.sees()).toContain('Done: Fix the flaky pipeline');
  await shanice.clicks('New date', { nth: 0 });
  await shanice.submits({ due: '2026-11-10' });
  expect(shanice.modal()?.text).toContain('That day has passed');
  await shanice.submits({ due: '2026-11-24' });
  expect(shanice.sees()).toContain('is for Tuesday now');

  // Saturday is two days before Monday, so Duarte hears on Friday morning.
  const near = () => duarte.dm().filter(({ text }) => text.includes('You took this on for Monday'));
  await goTo('2026-11-20T09:59');
  expect(near()).toEqual([]);
  await goTo('2026-11-20T10:00');
  expect(near()).toHaveLength(1);
  await goTo('2026-11-25T12:00');
  const late = duarte.dm().at(-1);
  expect(late?.text).toContain('This was due on Monday');
  await duarte.clicks('Not doing', { in: late?.ts ?? '' });
  await duarte.submits({ reason: 'sizes were fine, waiting was the problem' });
  expect(duarte.sees()).toContain('Not doing Smaller reviews');

  // An old button explains itself.
  await duarte.clicks('Done', { in: near()[0]?.ts ?? '' });
  expect(duarte.sees()).toContain('was closed before: not doing');

  await lead.types('/keel commitments');
  expect(lead.sees()).toContain('Others took on, where you lead');
  expect(lead.sees()).toContain('hand-over page');
  await lead.types('/keel commitments done');
  expect(lead.sees()).toContain('Fix the flaky pipeline');
  await lead.clicks('Open again', { nth: 0 });
  expect(lead.sees()).toContain('Open again');

  const leyla = slack.person('leyla');
  await leyla.types('/keel commitments');
  expect(leyla.sees()).toContain('Nothing is open');
  await shanice.opensHome();
  expect(shanice.home()?.text).toContain('Fix the flaky pipeline');
  expect(shanice.home()?.text).toContain('[Set up, 1 minute]');
  expect(shanice.home()?.text).not.toContain('This week');
});

test('a guest may put a reminder off, and pause, and is still no lead', async () => {
  const { lead, slack, clock, goTo } = house.current;
  const bikash = slack.person('bikash');
  const keeper = { workspaceId: lead.workspaceId, leadId: lead.id };
  const owner = { id: bikash.id, name: 'Bikash', timeZone: bikash.tz };
  const drafts = [{ owner, what: 'Draw the map', due: day('2026-11-30') }];
  await inHouse((trx) => port.add(trx, keeper, retro, drafts, clock.now()));
  await goTo('2026-11-27T10:00');
  const reminder = bikash.dm().at(-1);
  expect(reminder?.text).toContain('You took this on for Monday');
  await bikash.selects('Snooze, skip or change', '1 hour');
  await goTo('2026-11-27T11:30');
  const again = bikash.dm().filter(({ text }) => text.includes('You took this on for Monday'));
  expect(again.map(({ ts }) => ts)).not.toEqual([reminder?.ts]);
  expect(again).toHaveLength(1);
  await bikash.types('/keel prompts');
  expect(bikash.sees()).toContain('What you took on');
  await bikash.types('/keel pause until 14 dec');
  expect(bikash.sees()).not.toContain('know nothing');
  await goTo('2026-12-04T12:00');
  expect(bikash.dm().filter(({ text }) => text.includes('This was due'))).toEqual([]);
  expect(await inHouse((trx) => findLead(trx, bikash.id))).toBeUndefined();
});

test('a source takes no more than its lead allows, and two rooms at once cannot both take the last place', async () => {
  const { lead, slack, clock } = house.current;
  const keeper = { workspaceId: lead.workspaceId, leadId: lead.id };
  const aroha = slack.person('aroha');
  const source = { kind: 'retro', id: 'series-2', words: 'the retrospective in #team-platform' } as const;
  const draft = {
    owner: { id: aroha.id, name: 'Aroha', timeZone: aroha.tz },
    what: 'One thing',
    due: day('2026-12-24'),
  };
  await lead.types('/keel settings');
  await lead.submits({});
  await lead.types('/keel settings');
  await lead.clicks('Commitments');
  await lead.submits({ most_open: '3' });
  await lead.closes({ all: true });
  const attempts = await Promise.all(
    Array.from({ length: 6 }, () => inHouse((trx) => port.add(trx, keeper, source, [draft], clock.now()))),
  );
  expect(attempts.filter(({ kind }) => kind === 'added')).toHaveLength(3);
  expect(attempts.find(({ kind }) => kind === 'refused')).toMatchObject({ why: 'too-many-open', most: 3 });
  expect(await inHouse((trx) => port.openFrom(trx, source))).toHaveLength(3);
  expect(await inHouse((trx) => port.openBetween(trx, lead.id, aroha.id))).toHaveLength(3);
  expect(await inHouse((trx) => port.openBetween(trx, aroha.id, lead.id))).toHaveLength(3);
  const none = await inHouse((trx) => port.add(trx, keeper, source, [{ ...draft, what: '  ' }], clock.now()));
  expect(none).toMatchObject({ kind: 'refused', why: 'no-words', at: 0 });
});

test('somebody else can neither close nor read what is not theirs, and who leaves is kept by name and left in peace', async () => {
  const { lead, slack, clock, goTo } = house.current;
  const jonas = slack.person('jonas');
  const leyla = slack.person('leyla');
  const keeper = { workspaceId: lead.workspaceId, leadId: lead.id };
  const added = await inHouse((trx) =>
    port.add(
      trx,
      keeper,
      { kind: 'one-on-one', id: jonas.id, words: 'your 1:1 with Jonas' },
      [
        {
          owner: { id: jonas.id, name: 'Jonas', timeZone: jonas.tz },
          withId: lead.id,
          what: 'Ask about the budget',
          due: day('2026-12-08'),
        },
      ],
      clock.now(),
    ),
  );
  const id = added.kind === 'added' ? added.commitments[0]!.id : '';
  await leyla.types('/keel commitments');
  expect(leyla.sees()).not.toContain('budget');
  await slack.deactivate('jonas');
  await goTo('2026-12-11T12:00');
  expect(jonas.dm()).toEqual([]);
  await lead.types('/keel commitments');
  expect(lead.sees()).toContain('Jonas, who left');
  await lead.clicks('Edit', { value: id });
  await lead.submits({ owner: 'leyla', due: '2026-12-18', what: 'Ask about the conference budget' });
  expect(lead.sees()).toContain('Ask about the conference budget');
  await leyla.types('/keel commitments');
  expect(leyla.sees()).toContain('conference budget');
});

test('a reminder whose first one was closed elsewhere keeps the others', async () => {
  const { lead, slack, clock, goTo } = house.current;
  const shanice = slack.person('shanice');
  const keeper = { workspaceId: lead.workspaceId, leadId: lead.id };
  const owner = { id: shanice.id, name: 'Shanice', timeZone: shanice.tz };
  const due = day('2027-02-12');
  const added = await inHouse(async (trx) => {
    await addLead(trx, keeper, defaultSettings('Europe/Berlin'), clock.now());
    const drafts = ['Fix the pipeline', 'Write the page'].map((what) => ({ owner, what, due }));
    return port.add(trx, keeper, { ...retro, id: 'series-9' }, drafts, clock.now());
  });
  if (added.kind !== 'added') throw new Error('nothing was added');
  await goTo('2027-02-10T16:00');
  await inHouse((trx) => port.done(trx, added.commitments[0]!.id, { by: lead.id, now: clock.now() }));
  const { ts } = shanice.dm().at(-1)!;
  await shanice.clicks('New date', { nth: 0, in: ts });
  expect(shanice.sees()).toContain('was closed before: done');
  expect(shanice.dm().at(-1)!.text).toContain('Write the page');
  await shanice.clicks('Done', { in: ts });
  expect(shanice.sees()).toContain('Done: Write the page');
});
