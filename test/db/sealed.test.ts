// What sealing promises: words come back only in their own place, with their own key, and are nowhere readable.

import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readConfig } from '../../src/config.ts';
import {
  createSealer,
  type MasterKey,
  newMasterKey,
  type Place,
  readMasterKeys,
  SealBroken,
} from '../../src/db/sealed.ts';
import { inWorkspace, type Tenant } from '../../src/db/tenancy.ts';
import { asAdministrator, useDatabase } from '../support/database.ts';

const database = useDatabase();

function keys(...lines: string[]): MasterKey[] {
  const reading = readMasterKeys(lines.join(','));
  if (reading.kind === 'refused') throw new Error(reading.advice);
  return reading.keys;
}

const [spring, autumn] = [newMasterKey('spring'), newMasterKey('autumn')];

async function workspace(id: string): Promise<<T>(work: (trx: Tenant) => Promise<T>) => Promise<T>> {
  await inWorkspace(database.current.db, id, (trx) =>
    trx
      .insertInto('workspaces')
      .values({ workspace_id: id, created_at: Temporal.Instant.from('2026-11-16T08:00Z') })
      .onConflict((conflict) => conflict.doNothing())
      .execute(),
  );
  return (work) => inWorkspace(database.current.db, id, work);
}

const place = (workspaceId: string): Place => ({
  workspaceId,
  table: 'leads',
  column: 'notes',
  row: ['U1', 'meeting-1'],
});

test('any words come back as they were', async () => {
  const within = await workspace('TROUND');
  const sealer = createSealer(keys(spring));
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'grapheme', maxLength: 400 }), (words) =>
      within(async (trx) => {
        const sealed = await sealer.seal(trx, place('TROUND'), words);
        expect(await sealer.open(trx, place('TROUND'), sealed)).toBe(words);
      }),
    ),
    { numRuns: 60 },
  );
});

test('the same words sealed twice look different', async () => {
  const within = await workspace('TNONCE');
  const sealer = createSealer(keys(spring));
  const [one, other] = await within(async (trx) => [
    await sealer.seal(trx, place('TNONCE'), 'the same'),
    await sealer.seal(trx, place('TNONCE'), 'the same'),
  ]);
  expect(one?.equals(other ?? Buffer.alloc(0))).toBe(false);
});

test('a value moved to another row, column, table or workspace does not open', async () => {
  const within = await workspace('TMOVED');
  const sealer = createSealer(keys(spring));
  const home = place('TMOVED');
  const sealed = await within((trx) => sealer.seal(trx, home, 'she is thinking of leaving'));
  const elsewhere: Place[] = [
    { ...home, row: ['U1', 'meeting-2'] },
    { ...home, row: ['U2', 'meeting-1'] },
    // The same letters, cut differently.
    { ...home, row: ['U1meeting-1'] },
    { ...home, column: 'points' },
    { ...home, table: 'time_entries' },
  ];
  for (const moved of elsewhere) {
    await expect(within((trx) => sealer.open(trx, moved, sealed))).rejects.toThrow(SealBroken);
  }
  const stranger = await workspace('TSTRANGER');
  await stranger((trx) => sealer.seal(trx, place('TSTRANGER'), 'a key of their own'));
  await expect(stranger((trx) => sealer.open(trx, place('TSTRANGER'), sealed))).rejects.toThrow(SealBroken);
  expect(await within((trx) => sealer.open(trx, home, sealed))).toBe('she is thinking of leaving');
});

test('a value with any one bit turned does not open', async () => {
  const within = await workspace('TBITS');
  const sealer = createSealer(keys(spring));
  await within(async (trx) => {
    const sealed = await sealer.seal(trx, place('TBITS'), 'hm');
    for (let bit = 0; bit < sealed.length * 8; bit += 1) {
      const changed = Buffer.from(sealed);
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      await expect(sealer.open(trx, place('TBITS'), changed)).rejects.toThrow(SealBroken);
    }
    for (let length = 0; length < sealed.length; length += 1) {
      await expect(sealer.open(trx, place('TBITS'), sealed.subarray(0, length))).rejects.toThrow(SealBroken);
    }
  });
});

test('another key under the same id is found out before anything else happens', async () => {
  const within = await workspace('TWRONG');
  await within((trx) => createSealer(keys(spring)).seal(trx, place('TWRONG'), 'words'));
  const wrong = createSealer(keys(newMasterKey('spring')));
  await expect(within((trx) => wrong.check(trx, 'TWRONG'))).rejects.toThrow('is not the one');
  const missing = createSealer(keys(autumn));
  await expect(within((trx) => missing.check(trx, 'TWRONG'))).rejects.toThrow('no key with the id "spring"');
  const none = createSealer([]);
  await expect(within((trx) => none.check(trx, 'TWRONG'))).rejects.toThrow(
    'ENCRYPTION_KEYS is not set, and this database is sealed with the key "spring". Put it back',
  );
  await within((trx) => createSealer(keys(spring)).check(trx, 'TWRONG'));
});

test('the first key locks, every key in the list unlocks', async () => {
  const before = await workspace('TBEFORE');
  const sealed = await before((trx) => createSealer(keys(spring)).seal(trx, place('TBEFORE'), 'from spring'));
  const rotated = createSealer(keys(autumn, spring));
  expect(await before((trx) => rotated.open(trx, place('TBEFORE'), sealed))).toBe('from spring');

  const after = await workspace('TAFTER');
  await after((trx) => rotated.seal(trx, place('TAFTER'), 'from autumn'));
  const lockedBy = await after((trx) =>
    trx.selectFrom('workspace_keys').select('master_key_id').executeTakeFirstOrThrow(),
  );
  expect(lockedBy.master_key_id).toBe('autumn');
  await after((trx) => createSealer(keys(autumn)).check(trx, 'TAFTER'));
});

test('a workspace has one key, however many need its first at once', async () => {
  const within = await workspace('TRACE');
  const sealer = createSealer(keys(spring));
  const sealed = await Promise.all(
    Array.from({ length: 8 }, (_, at) =>
      within((trx) => sealer.seal(trx, { ...place('TRACE'), row: [String(at)] }, `words ${at}`)),
    ),
  );
  expect(await within((trx) => trx.selectFrom('workspace_keys').selectAll().execute())).toHaveLength(1);
  const opened = await within((trx) =>
    Promise.all(sealed.map((value, at) => sealer.open(trx, { ...place('TRACE'), row: [String(at)] }, value))),
  );
  expect(opened).toEqual(sealed.map((_, at) => `words ${at}`));
});

test('a key made in a transaction that failed seals nothing afterwards', async () => {
  const within = await workspace('TROLLED');
  const sealer = createSealer(keys(spring));
  const failed = within(async (trx) => {
    await sealer.seal(trx, place('TROLLED'), 'lost');
    throw new Error('something else broke');
  });
  await expect(failed).rejects.toThrow('something else broke');
  const sealed = await within((trx) => sealer.seal(trx, place('TROLLED'), 'kept'));
  expect(await within((trx) => sealer.open(trx, place('TROLLED'), sealed))).toBe('kept');
});

test('a dump of the database holds neither the words nor the key', async () => {
  const within = await workspace('TDUMP');
  const line = newMasterKey('dumped');
  const sealer = createSealer(keys(line));
  const words = 'Shanice would rather leave than be on call again';
  await within((trx) => sealer.seal(trx, place('TDUMP'), 'the first, which makes the key'));
  const sealed = await within((trx) => sealer.seal(trx, place('TDUMP'), words));
  // As a note would be kept: in a bytea column.
  await within((trx) =>
    trx
      .insertInto('workspace_keys')
      .values({ workspace_id: 'TDUMP', key_number: 2, master_key_id: 'elsewhere', wrapped_key: sealed })
      .execute(),
  );
  const { rows } = await asAdministrator(
    `select row_to_json(workspace_keys)::text as row, encode(wrapped_key, 'escape') as raw from workspace_keys where workspace_id = 'TDUMP'`,
    new URL(database.current.url).pathname.slice(1),
  );
  expect(rows).toHaveLength(2);
  const dump = JSON.stringify(rows);
  for (const secret of [
    'Shanice',
    'on call',
    Buffer.from('Shanice').toString('hex'),
    line.split(':')[1] ?? '',
  ]) {
    expect(dump).not.toContain(secret);
  }
});

test('without keys nothing is sealed, and the sealer says so beforehand', async () => {
  const within = await workspace('TNONE');
  const sealer = createSealer([]);
  expect(sealer.available).toBe(false);
  await within((trx) => sealer.check(trx, 'TNONE'));
  await expect(within((trx) => sealer.seal(trx, place('TNONE'), 'words'))).rejects.toThrow('ENCRYPTION_KEYS');
});

const minimal = {
  DATABASE_URL: 'postgres://keel:keel@127.0.0.1/keel',
  SLACK_BOT_TOKEN: 'xoxb-1',
  SLACK_SIGNING_SECRET: 'secret',
};

test('the configuration reads the keys in their order, and starts without any', () => {
  const outcome = readConfig({ ...minimal, ENCRYPTION_KEYS: ` ${autumn} , ${spring} ` });
  expect(outcome.kind === 'ready' && outcome.config.encryptionKeys.map(({ id }) => id)).toEqual([
    'autumn',
    'spring',
  ]);
  const without = readConfig(minimal);
  expect(without.kind === 'ready' && without.config.encryptionKeys).toEqual([]);
});

test('keys that cannot be used are refused with what to do, and never repeated', () => {
  const secret = spring.split(':')[1] ?? '';
  const refused: [string, string][] = [
    [secret, 'id:key'],
    [`:${secret}`, 'id:key'],
    [`two words:${secret}`, 'id:key'],
    [`short:${secret.slice(0, 20)}`, '32 bytes'],
    [`long:${Buffer.alloc(33, 7).toString('base64')}`, '32 bytes'],
    [`odd:${secret.slice(0, 40)}!!!!`, '32 bytes'],
    [`${spring},${spring}`, 'Entry 2 of 2: its id is taken'],
    [`${spring},`, 'Entry 2 of 2: it needs the form id:key'],
  ];
  for (const [value, advice] of refused) {
    const outcome = readConfig({ ...minimal, ENCRYPTION_KEYS: value });
    expect(outcome.kind).toBe('refused');
    const said = outcome.kind === 'refused' ? outcome.problems.map((problem) => problem.advice).join() : '';
    expect(said).toContain(advice);
    expect(said).toContain('npm run keys:new');
    expect(said).not.toContain(secret.slice(0, 12));
  }
});
