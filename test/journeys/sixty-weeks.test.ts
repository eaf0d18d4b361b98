// Sixty weeks in which nobody clicks anything: whatever repeats still comes, week after week, for every room.

import { expect, test } from '@jest/globals';
import { inWorkspace } from '../../src/db/tenancy.ts';
import { useHouse } from '../support/house.ts';
import { mended, oneOfEach } from '../support/reconciled.ts';

const house = useHouse();
const weeks = 60;

test('nothing runs dry', async () => {
  const { database, goTo, slack } = house.current;
  await oneOfEach(house.current);
  const monday = Temporal.PlainDate.from('2026-11-16');
  for (let week = 1; week <= weeks; week += 1) await goTo(`${monday.add({ weeks: week })}T09:00`);
  const sent = await inWorkspace(database.db, slack.workspace().id, (trx) =>
    trx.selectFrom('deliveries').selectAll().where('state', '=', 'sent').execute(),
  );
  const inWeeks = (kind: string): number =>
    new Set(
      sent
        .filter((delivery) => delivery.kind === kind)
        .map(({ occurrence }) => {
          const day = occurrence.toZonedDateTimeISO('Europe/Berlin').toPlainDate();
          return Math.floor(monday.until(day).days / 7);
        }),
    ).size;
  const weekly = [
    'digest',
    'delegation-question',
    'one-on-one-before',
    'one-on-one-after',
    'retro-open',
    'post-mortem-stalled',
  ];
  expect(Object.fromEntries(weekly.map((kind) => [kind, inWeeks(kind)]))).toEqual(
    Object.fromEntries(weekly.map((kind) => [kind, weeks])),
  );
  // And what the rooms planned on the way was always what should be.
  expect(await mended(house.current)).toEqual({});
});
