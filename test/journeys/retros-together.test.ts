// Everybody at once, and everything twice: five people answer, change and vote at the same moment, with Slack's retries.

import { describe, expect } from '@jest/globals';
import type { Person } from '../../sandbox/slack/index.ts';
import { inWorkspace } from '../../src/db/tenancy.ts';
import { findGroups, findItems, findRetrosOf } from '../../src/rooms/retros/retros.store.ts';
import { useHouse } from '../support/house.ts';
import { test } from '../support/story.ts';

const house = useHouse({ at: '2026-11-16T09:00' });
const names = ['duarte', 'shanice', 'bikash', 'aroha', 'jonas'];

const people = (): Person[] => names.map((name) => house.current.slack.person(name));
const posts = () =>
  house.current.lead
    .conversation('team-platform')
    .filter(({ ephemeral, threadTs }) => !ephemeral && threadTs === undefined);
const thread = () =>
  house.current.lead
    .conversation('team-platform')
    .filter(({ ephemeral, threadTs }) => !ephemeral && threadTs !== undefined);
const latest = async () => {
  const { database, lead } = house.current;
  return inWorkspace(database.db, lead.workspaceId, async (trx) => {
    const retro = (await findRetrosOf(trx, lead.id))[0]!;
    return { retro, items: await findItems(trx, retro.id), groups: await findGroups(trx, retro.id) };
  });
};
const settle = async () => {
  const { slack, clock } = house.current;
  await slack.moveClock(clock.now().add({ minutes: 1 }));
};
const choices = (who: Person) =>
  (
    who.modal()!.raw as { blocks: { element: { option_groups: { options: { value: string }[] }[] } }[] }
  ).blocks[0]!.element.option_groups.flatMap(({ options }) => options.map(({ value }) => value));

describe.each([{ kind: 'named' }, { kind: 'anonymous' }])('a $kind one', ({ kind }) => {
  test('five people answer at once, each submission arriving twice: all is there, and counted once', async () => {
    const { lead } = house.current;
    await lead.types(`/retro now in #team-platform ${kind} format sailboat`);
    await settle();
    await Promise.all(people().map((who) => who.clicks('Answer, 2 minutes', { in: posts().at(-1)!.ts })));
    await Promise.all(
      people().map((who) =>
        who.submits(
          { question_0: `${who.name} likes one\n${who.name} likes two`, question_1: `${who.name} minds` },
          { twice: true },
        ),
      ),
    );
    await house.current.app.idle();
    const { retro, items } = await latest();
    expect(retro.answered).toBe(5);
    expect(items.map(({ words }) => words)).toEqual(
      names
        .flatMap((name) => [`${name} likes one`, `${name} likes two`])
        .toSorted()
        .concat(names.map((name) => `${name} minds`).toSorted()),
    );
    expect(posts().at(-1)?.text).toContain('5 have answered');
  });

  test('all five come back at once, twice: nothing of the others is lost, nobody counts again', async () => {
    await Promise.all(people().map((who) => who.clicks('Answer, 2 minutes', { in: posts().at(-1)!.ts })));
    await Promise.all(
      people().map((who) =>
        who.submits(
          kind === 'named'
            ? { question_0: `${who.name} likes three`, question_1: `${who.name} minds` }
            : { question_0: `${who.name} likes three` },
          { twice: true },
        ),
      ),
    );
    await house.current.app.idle();
    const { retro, items } = await latest();
    expect(retro.answered).toBe(5);
    const liked = items.filter(({ question }) => question === 0).map(({ words }) => words);
    const three = names.map((name) => `${name} likes three`);
    expect(liked.toSorted()).toEqual(
      (kind === 'named'
        ? three
        : names.flatMap((name) => [`${name} likes one`, `${name} likes two`]).concat(three)
      ).toSorted(),
    );
    expect(items.filter(({ question }) => question === 1)).toHaveLength(5);
    expect(posts().at(-1)?.text).toContain('5 have answered');
  });

  test('closing it twice at once closes it once', async () => {
    const { lead } = house.current;
    const before = thread().length;
    await lead.types('/retro');
    await Promise.all([lead.clicks('Close it now'), lead.clicks('Close it now')]);
    await settle();
    await settle();
    expect(
      thread()
        .slice(before)
        .map(({ text }) => text.slice(0, 16)),
    ).toEqual(['The time is over', 'Wind. What is th']);
  });

  test('the vote is started twice, five people vote at once and twice, and each has three votes', async () => {
    const { lead } = house.current;
    const sorting = thread().at(-1)!.ts;
    await Promise.all([
      lead.clicks('Start the vote', { in: sorting }),
      lead.clicks('Start the vote', { in: sorting }),
    ]);
    await Promise.all(people().map((who) => who.clicks('Vote', { in: sorting })));
    await Promise.all(
      people().map((who, index) =>
        who.submits({ choices: choices(who).slice(index % 2, (index % 2) + 3) }, { twice: true }),
      ),
    );
    await house.current.app.idle();
    const { retro, groups } = await latest();
    expect(retro.voted).toBe(5);
    expect(groups.reduce((sum, { votes }) => sum + votes, 0)).toBe(15);
    expect(groups.slice(0, 4).map(({ votes }) => votes)).toEqual([3, 5, 5, 2]);
    expect(thread().find(({ ts }) => ts === sorting)?.text).toContain('5 have voted');
  });

  test('with names a vote can be changed by all at once; without, it is final', async () => {
    const sorting = thread().findLast(({ text }) => text.includes('votes each'))!.ts;
    await Promise.all(people().map((who) => who.clicks('Vote', { in: sorting })));
    if (kind === 'anonymous') {
      for (const who of people()) expect(who.modal()).toBeUndefined();
    } else {
      await Promise.all(
        people().map((who) => who.submits({ choices: choices(who).slice(0, 2) }, { twice: true })),
      );
    }
    const { retro, groups } = await latest();
    expect(retro.voted).toBe(5);
    expect(groups.slice(0, 4).map(({ votes }) => votes)).toEqual(
      kind === 'named' ? [5, 5, 0, 0] : [3, 5, 5, 2],
    );
  });

  test('what is taken on is sent twice and taken on once', async () => {
    const { lead } = house.current;
    const sorting = thread().findLast(({ text }) => text.includes('votes each'))!.ts;
    await Promise.all([
      lead.clicks('Close the vote', { in: sorting }),
      lead.clicks('Close the vote', { in: sorting }),
    ]);
    await settle();
    await lead.clicks('Choose what we take on', { in: thread().at(-1)!.ts });
    await lead.submits({ what_0: 'One thing', owner_0: 'jonas', due_0: '2026-11-30' }, { twice: true });
    await settle();
    expect(thread().filter(({ text }) => text.startsWith('The vote is over'))).toHaveLength(
      kind === 'named' ? 1 : 2,
    );
    expect(thread().at(-1)?.text).toContain('You took on one thing');
    const { retro } = await latest();
    expect(retro.commitmentIds).toHaveLength(1);
    expect(retro.phase).toBe('done');
  });
});

test('answers that race the closing are either in what the thread shows, or told that they are not', async () => {
  const { lead, app } = house.current;
  await lead.types('/retro now in #team-platform named format energy');
  await settle();
  await Promise.all(people().map((who) => who.clicks('Answer, 2 minutes', { in: posts().at(-1)!.ts })));
  await lead.types('/retro');
  await lead.clicks('Close it now');
  expect(lead.modal()?.text).toContain('Nobody has answered yet.');
  await Promise.all([
    lead.submits(),
    ...people().map((who) => who.submits({ question_0: `${who.name} was in time` })),
  ]);
  await app.idle();
  await settle();
  await settle();
  const { retro } = await latest();
  const shown = thread().at(-1)?.text ?? '';
  for (const who of people()) {
    const refused = who.modal()?.text.includes('It closed while you wrote') ?? false;
    expect([who.name, refused, shown.includes(`${who.name} was in time`)]).toEqual([
      who.name,
      refused,
      !refused,
    ]);
  }
  expect(retro.answered).toBe(people().filter((who) => who.modal() === undefined).length);
});
