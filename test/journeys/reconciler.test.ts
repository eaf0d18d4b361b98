// What is planned follows from what is kept: lost, it comes back; unwanted, it goes; and a lead's own choice stays.

import { beforeAll, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { createSealer } from '../../src/db/sealed.ts';
import { inWorkspace, type Tenant } from '../../src/db/tenancy.ts';
import { addGuest, findMember, findPrompted } from '../../src/leads/leads.store.ts';
import { createLog } from '../../src/log.ts';
import { moveNext } from '../../src/prompts/controls.store.ts';
import { createPromptEngine, prompts } from '../../src/prompts/engine.ts';
import { openRooms, standingPlans } from '../../src/rooms.ts';
import { useHouse } from '../support/house.ts';
import { mended, oneOfEach, reconcile, toCome } from '../support/reconciled.ts';

const house = useHouse();
const inside = <T>(work: (trx: Tenant) => Promise<T>): Promise<T> =>
  inWorkspace(house.current.database.db, house.current.slack.workspace().id, work);
const rows = () => inside((trx) => trx.selectFrom('schedules').selectAll().orderBy('schedule_id').execute());

beforeAll(async () => {
  await oneOfEach(house.current);
  // What everything begins with: nothing to put right.
  await reconcile(house.current);
});

test('what the rooms plan is what they say should be planned, and looking twice changes nothing', async () => {
  expect(await mended(house.current)).toEqual({});
  const before = await rows();
  await reconcile(house.current);
  expect(await rows()).toEqual(before);
  expect(await mended(house.current)).toEqual({});
});

test('every schedule is lost: all come back, each once, whoever looks first', async () => {
  const { app, config, clock, database, slack } = house.current;
  const before = await toCome(house.current);
  const meetings = () =>
    inside((trx) => trx.selectFrom('one_on_ones').select(['person_id', 'planned_for']).execute());
  const planned = await meetings();
  // The latest meetings as well, as in a series that nobody refilled.
  await inside((trx) => sql`delete from schedules`.execute(trx));
  await inside((trx) =>
    sql`delete from one_on_ones where planned_for > ${Temporal.PlainDateTime.from('2026-12-05T00:00')}`.execute(
      trx,
    ),
  );
  const { rooms, back } = openRooms({ sealer: createSealer(config.encryptionKeys), now: () => clock.now() });
  const others: string[] = [];
  const other = createPromptEngine({
    db: database,
    kinds: rooms.flatMap((room) => room.prompts ?? []),
    listeners: { find: findMember, welcome: addGuest },
    standing: { plans: standingPlans(rooms), members: findPrompted, back },
    workspaces: { served: () => [slack.workspace().id], clientFor: async () => undefined },
    now: () => clock.now(),
    log: createLog('warn', { write: (line) => others.push(line) }),
  });
  await inside((trx) => sql`update reconciliations set due_at = '2000-01-01T00:00Z'`.execute(trx));
  // Both at once, as two replicas that start together, and again by turns.
  await Promise.all([app.engine.tick(), other.tick()]);
  await reconcile(house.current);
  const key = (line: string) => line.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/, 'id');
  expect((await toCome(house.current)).map(key).sort()).toEqual(before.map(key).sort());
  const said = (all: Awaited<ReturnType<typeof meetings>>) =>
    all.map(({ person_id, planned_for }) => `${person_id} ${planned_for}`).sort();
  expect(said(await meetings())).toEqual(said(planned));
  // Whoever of the two it was.
  const lines = [...others, ...house.current.log.map(({ msg }) => String(msg))];
  expect(lines.filter((line) => /not what should be/.test(line)).length).toBeGreaterThan(0);
});

test('a plan that nobody wants goes away, and one that is due is left to its room', async () => {
  const { clock, lead } = house.current;
  const plan = { leadId: lead.id, destination: { dm: lead.id } };
  const ghost = { ...plan, kind: 'one-on-one-before', subject: crypto.randomUUID() };
  const errand = { ...plan, kind: 'retro-too-few-left', subject: crypto.randomUUID() };
  const at = clock.now().add({ hours: 30 });
  await inside((trx) => prompts.plan(trx, { ...ghost, when: { at } }, clock.now()));
  await inside((trx) => prompts.plan(trx, { ...errand, when: { at } }, clock.now()));
  await reconcile(house.current);
  const states = (await rows()).filter(
    ({ subject }) => subject === ghost.subject || subject === errand.subject,
  );
  expect(Object.fromEntries(states.map(({ kind, state }) => [kind, state]))).toEqual({
    'one-on-one-before': 'removed',
    // No room says of these what should be: they are planned by what happens.
    'retro-too-few-left': 'active',
  });
  expect((await mended(house.current))['one-on-one-before unwanted']).toBe(1);
});

test('what the lead switched off, moved or gave a rhythm of their own stays as they left it', async () => {
  const { clock, lead, goTo } = house.current;
  await lead.types('/keel prompts');
  const list = lead.sees();
  expect(list).toContain('Weekly digest');
  await inside((trx) =>
    sql`update schedules set state = 'off', next_at = null where kind = 'digest'`.execute(trx),
  );
  await inside((trx) =>
    sql`update schedules set rule = 'FREQ=WEEKLY;BYDAY=TH', chosen_by_lead = true,
      next_at = '2026-11-19T08:30Z' where kind = 'delegation-question'`.execute(trx),
  );
  const [first] = (await rows()).filter(({ kind, next_at }) => kind === 'one-on-one-before' && next_at);
  const later = first!.next_at!.add({ hours: 1 });
  expect(await inside((trx) => moveNext(trx, first!, later, clock.now()))).toBe(true);
  const before = await rows();
  await reconcile(house.current);
  expect(await rows()).toEqual(before);
  await goTo('2026-11-21T09:00');
  expect(lead.dm().some(({ text }) => text.includes('Week 2026-W'))).toBe(false);
});

test('other hours, another zone: what is to come follows, and what was said today is not said again', async () => {
  const { lead } = house.current;
  await lead.types('/keel settings');
  await lead.submits({ time_zone: 'Lisbon', workday_starts: '10:00' });
  const zones = new Set(
    (await rows()).flatMap(({ kind, time_zone, state }) =>
      state === 'active' && time_zone
        ? [`${kind.startsWith('retro') ? 'what the team shares' : 'hers'}: ${time_zone}`]
        : [],
    ),
  );
  expect([...zones].sort()).toEqual(['hers: Europe/Lisbon', 'what the team shares: Europe/Berlin']);
  const before = await rows();
  await reconcile(house.current);
  expect(await rows()).toEqual(before);
});

test('a lead whose rows cannot be read is said and counted, and the others are put right', async () => {
  const { app, lead, log, slack } = house.current;
  const bikash = slack.person('bikash');
  await inside((trx) =>
    sql`update leads set time_zone = 'Mars/Olympus' where lead_id = ${bikash.id}`.execute(trx),
  );
  await inside((trx) => sql`delete from schedules where lead_id = ${lead.id}`.execute(trx));
  await reconcile(house.current);
  expect((await toCome(house.current)).some((line) => line.startsWith('one-on-one-before'))).toBe(true);
  expect(await app.engine.registry.metrics()).toMatch(/evenkeel_prompts_unreconciled_total 1/);
  expect(log.filter(({ msg }) => msg === 'A lead could not be reconciled')).toMatchObject([
    { lead: bikash.id },
  ]);
  await inside((trx) =>
    sql`update leads set time_zone = 'Europe/Berlin' where lead_id = ${bikash.id}`.execute(trx),
  );
  log.length = 0;
});
