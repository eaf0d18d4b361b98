// What is exported of somebody who looked back with others, and what stays of them when they ask to be forgotten.

import { expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { inWorkspace, type Tenant } from '../../src/db/tenancy.ts';
import type { Entry } from '../../src/leads/index.ts';
import { addGuest, findMember } from '../../src/leads/leads.store.ts';
import { prompts } from '../../src/prompts/engine.ts';
import { commitmentsPort, commitmentsRoom } from '../../src/rooms/commitments/index.ts';
import { retrosRoom } from '../../src/rooms/retros/index.ts';
import { useHouse } from '../support/house.ts';

const house = useHouse({ at: '2026-11-16T09:00' });
const listeners = { find: findMember, welcome: addGuest };
const commitments = commitmentsPort({ prompts, listeners });
const leads = {} as Entry;
const rooms = [
  retrosRoom({ leads, prompts, commitments, listeners }),
  commitmentsRoom({ leads, prompts, commitments, find: findMember }),
];

const inHouse = <T>(work: (trx: Tenant) => Promise<T>): Promise<T> =>
  inWorkspace(house.current.database.db, house.current.lead.workspaceId, work);
const owner = (id: string) => ({ workspaceId: house.current.lead.workspaceId, leadId: id });

test('the export holds what is theirs; forgotten, their name is gone and the team keeps its words', async () => {
  const { lead, slack, goTo } = house.current;
  const jonas = slack.person('jonas');
  await lead.types('/retro in #team-platform weekly monday 10:00 named format energy');
  await goTo('2026-11-16T10:00');
  await jonas.clicks('Answer, 2 minutes');
  await jonas.submits({ question_0: 'A quiet morning' });
  await goTo('2026-11-18T09:00');
  await lead.clicks('Start the vote');
  await jonas.clicks('Vote');
  await jonas.submits({ choices: ['A quiet morning'] });
  await lead.clicks('Close the vote');
  await goTo('2026-11-18T09:05');
  await lead.clicks('Choose what we take on');
  await lead.submits({ what_0: 'Mornings without calls', owner_0: 'jonas', due_0: '2026-11-27' });
  await goTo('2026-11-20T15:05');
  // The week's digest tells of both.
  expect(lead.dm().at(-1)?.text).toContain('#team-platform');
  expect(lead.dm().at(-1)?.text).toContain('1 open');

  const exported = await inHouse(async (trx) => [
    ...(await rooms[0]!.export(trx, owner(jonas.id))),
    ...(await rooms[1]!.export(trx, owner(jonas.id))),
  ]);
  expect(JSON.stringify(exported)).toContain('A quiet morning');
  expect(JSON.stringify(exported)).toContain('Mornings without calls');
  expect(await inHouse((trx) => rooms[0]!.export(trx, owner(lead.id)))).toMatchObject([
    { rows: [{ rhythm: 'every Monday at 10:00' }] },
    { rows: [{ outcome: 'Energy, one person answered, 1 taken on' }] },
    { rows: [] },
  ]);

  await inHouse(async (trx) => {
    for (const room of rooms) await room.erase(trx, owner(jonas.id));
  });
  const tables = ['retro_items', 'retro_answerers', 'retro_ballots', 'retros', 'retro_series', 'commitments'];
  for (const table of tables) {
    const { rows } = await inHouse((trx) => sql`select * from ${sql.table(table)}`.execute(trx));
    expect(JSON.stringify(rows)).not.toContain(jonas.id);
  }
  await lead.types('/keel commitments');
  expect(lead.sees()).toContain('Mornings without calls');
  expect(lead.sees()).toContain('someone who asked to be forgotten');

  await inHouse(async (trx) => {
    for (const room of rooms) await room.erase(trx, owner(lead.id));
  });
  for (const table of [...tables, 'retro_groups', 'retro_messages']) {
    const { rows } = await inHouse((trx) => sql`select * from ${sql.table(table)}`.execute(trx));
    expect([table, rows]).toEqual([table, []]);
  }
  // What was planned finds nothing to say, and says nothing.
  await goTo('2026-12-01T12:00');
  expect(
    lead.conversation('team-platform').filter(({ text }) => text.startsWith('Looking back')),
  ).toHaveLength(1);
});
