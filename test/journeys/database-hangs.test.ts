// A database that hangs: everybody hears in time what became of what they said, and nobody holds up the others.

import { afterAll, expect, test } from '@jest/globals';
import pg from 'pg';
import { openHouse } from '../support/house.ts';
import { openWay, type Way } from '../support/way.ts';

let way: Way;
const house = await openHouse({
  wayToDatabase: async (url) => {
    way = await openWay(url);
    return way.url;
  },
});
afterAll(async () => {
  way.letThrough();
  await house.stop();
  await way.close();
  expect(house.slack.violations).toEqual([]);
  await house.database.drop();
});

const unreachable = 'I cannot reach my database right now, so nothing was saved';

test('a connection that swallows everything: a command is told, a form closes and gives back what was typed', async () => {
  const { lead } = house;
  await lead.types('/logtime 5m admin');
  await lead.types('/logtime');
  way.swallow();
  await lead.submits({ time: '40m', category: 'review', note: 'the parser' });
  expect(lead.modal()).toBeUndefined();
  expect(lead.sees()).toContain(unreachable);
  expect(lead.sees()).toContain('the parser');
  await lead.types('/logtime 45m review');
  expect(lead.sees()).toContain(unreachable);
  expect(lead.sees()).not.toContain('the parser');
  way.letThrough();
  await lead.types('/logtime 50m review');
  expect(lead.sees()).toContain('50 min review, today');
  await lead.types('/logtime today');
  expect(lead.sees()).toContain('Today: 55 min');
});

test('a click in the Home while nothing can be read for it is answered in the DM', async () => {
  const { lead } = house;
  await lead.opensHome();
  way.swallow();
  await lead.clicks('Log time');
  way.letThrough();
  expect(lead.dm().at(-1)?.text).toContain(unreachable);
});

test('swallowed in the middle of the commit: nobody says kept, and nobody says that it is not', async () => {
  const { lead } = house;
  way.swallowAfter('insert into "time_entries"');
  await lead.types('/logtime 30m hiring');
  way.letThrough();
  expect(lead.sees()).not.toContain('30 min hiring');
  way.swallowAfter('insert into "time_entries"', 'commit');
  await lead.types('/logtime 31m hiring');
  way.letThrough();
  expect(lead.sees()).toContain('cannot tell whether this was saved');
  expect(lead.sees()).not.toContain('31 min hiring');
  // A form that may be kept already counts once all the same.
  await lead.types('/logtime');
  way.swallowAfter('insert into "time_entries"', 'commit');
  await lead.submits({ time: '32m', category: 'hiring' });
  way.letThrough();
  expect(lead.sees()).toContain('cannot tell whether this was saved');
  expect(lead.sees()).toContain('32m');
  expect(lead.sees()).not.toContain('nothing was saved');
  await lead.types('/logtime today');
  expect(lead.sees()).toContain('31 min hiring');
  expect(lead.sees()).not.toContain('30 min hiring');
});

test('whoever has a row locked holds up themselves alone', async () => {
  const { lead, database, slack } = house;
  const colleague = slack.person('engineer');
  await colleague.types('/logtime 5m admin');
  const holder = new pg.Client(database.url.replace('evenkeel_owner:owner', 'postgres:postgres'));
  await holder.connect();
  await holder.query('begin');
  await holder.query('select from leads where lead_id = $1 for update', [lead.id]);
  const many = Promise.all(
    Array.from({ length: 14 }, (_, index) => lead.types(`/logtime ${index + 1}m hiring`)),
  );
  await colleague.types('/logtime 20m review');
  expect(colleague.sees()).toContain('20 min review, today');
  await many;
  await holder.query('rollback');
  await holder.end();
  expect(lead.sees().match(/nothing was saved/g)?.length).toBeGreaterThanOrEqual(14);
  await lead.types('/logtime 25m hiring');
  expect(lead.sees()).toContain('25 min hiring, today');
});
