// One of everything that a lead can have planned, and a look at what is planned, for tests of the reconciler.

import { sql } from 'kysely';
import { inWorkspace } from '../../src/db/tenancy.ts';
import { addGuest, findMember } from '../../src/leads/leads.store.ts';
import { prompts } from '../../src/prompts/engine.ts';
import { commitmentsPort } from '../../src/rooms/commitments/index.ts';
import type { House } from './house.ts';

/** Each room's own, set up as a lead does it. At work, on a Monday morning. */
export async function oneOfEach({ app, database, lead, slack, clock }: House): Promise<void> {
  const [jonas, bikash] = [slack.person('jonas'), slack.person('bikash')];
  await lead.types('/keel settings');
  await lead.submits({ prompts_per_day: '5' });
  await lead.types('/oneonone add @jonas weekly tuesday 11:00');
  await lead.types('/oneonone add @bikash monthly thursday 14:00');
  await lead.types('/retro in #team-platform weekly friday 14:00 named');
  await lead.types('/delegate @jonas the cache redesign at advise');
  await lead.clicks('We have agreed already');
  await lead.types('/postmortem the checkout was down, sev2, 08:12-08:37 today');
  await lead.types('/logtime start review');
  await app.idle();
  await inWorkspace(database.db, slack.workspace().id, async (trx) => {
    const port = commitmentsPort({ prompts, listeners: { find: findMember, welcome: addGuest } });
    const due = clock.now().toZonedDateTimeISO('Europe/Berlin').toPlainDate().add({ days: 11 });
    const taker = ({ id, realName: name }: typeof jonas) => ({ id, name, timeZone: 'Europe/Berlin' });
    await port.add(
      trx,
      { workspaceId: slack.workspace().id, leadId: lead.id },
      { kind: 'one-on-one', id: 'x', words: 'a talk' },
      [
        { owner: taker(lead), what: 'write it up', due },
        { owner: taker(bikash), what: 'try it out', due },
      ],
      clock.now(),
    );
  });
  // What is said at once has been said.
  await slack.moveClock(clock.now().add({ minutes: 15 }));
}

/** What is to come, as kind, subject, destination and moment. */
export async function toCome({ database, slack }: House): Promise<string[]> {
  const rows = await inWorkspace(database.db, slack.workspace().id, (trx) =>
    trx.selectFrom('schedules').selectAll().where('next_at', 'is not', null).execute(),
  );
  return rows
    .map((row) => `${row.kind} ${row.subject} to ${row.destination} at ${row.next_at} ${row.rule ?? 'once'}`)
    .sort();
}

/** Has what is planned compared with what should be, now. */
export async function reconcile({ app, database, slack }: House): Promise<void> {
  await inWorkspace(database.db, slack.workspace().id, (trx) =>
    sql`update reconciliations set due_at = '2000-01-01T00:00Z'`.execute(trx),
  );
  await app.engine.tick();
  await app.engine.settled();
}

/** How often what was planned was put right, by kind. */
export async function mended({ app }: House): Promise<Record<string, number>> {
  const metrics = await app.engine.registry.metrics();
  const found = [
    ...metrics.matchAll(/^evenkeel_prompts_reconciled_total\{kind="([^"]+)",what="([^"]+)"\} (\d+)$/gm),
  ];
  return Object.fromEntries(found.map(([, kind, what, count]) => [`${kind} ${what}`, Number(count)]));
}
