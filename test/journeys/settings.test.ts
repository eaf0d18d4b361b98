// Setting up, changing one's mind, and moving to another time zone.

import { expect } from '@jest/globals';
import pg from 'pg';
import { useHouse } from '../support/house.ts';
import { digestsOf } from '../support/seen.ts';
import { test } from '../support/story.ts';

const house = useHouse();

test('the Home offers set-up, filled in from Slack, and shows the week afterwards', async () => {
  const { lead } = house.current;
  await lead.opensHome();
  expect(lead.home()?.text).toContain('Where does your week go?');
  await lead.clicks('Set up, 1 minute');
  expect(lead.modal()?.title).toBe('Set up Evenkeel');
  expect(lead.modal()?.text).toContain('Europe/Berlin');
  await lead.submits({ engineers: '2' });
  expect(lead.home()?.text).toContain('You are set up. 2 engineers, a floor of 20 % for leading');
  expect(lead.home()?.text).toContain('Your digest comes on Friday at 15:00.');
  await lead.clicks('Log time');
  await lead.submits({ time: '1h', category: 'coding' });
  expect(lead.home()?.text).toContain('1 h coding, today');
  expect(lead.home()?.text).toContain(
    '1 h of coding and leading logged for this week: too little yet to say how it divides.',
  );
});

test('every problem of the form is said under its field, and nothing is half saved', async () => {
  const { lead } = house.current;
  await lead.types('/keel settings');
  expect(lead.modal()?.title).toBe('Your settings');
  await lead.submits({
    time_zone: 'Springfield',
    workday_starts: '18:00',
    workday_ends: '09:00',
    holiday_region: 'XX',
  });
  expect(lead.modal()?.errors).toEqual({
    time_zone: expect.stringContaining('I know no such place'),
    workday_ends: 'The day has to end after it starts.',
    holiday_region: expect.stringContaining('Write it as Portugal, California or Berlin'),
  });
  await lead.submits({
    time_zone: 'kathmandu',
    workday_starts: '08:30',
    workday_ends: '17:00',
    holiday_region: 'np',
    target_percent: '55',
    digest_day: 'Thursday',
    digest_time: '16:45',
  });
  expect(lead.modal()?.errors.holiday_region).toBeDefined();
  await lead.submits({ holiday_region: '' });
  expect(lead.sees()).toContain(
    'Saved. 2 engineers, a floor of 55 % for leading; Monday to Friday, 08:30 to 17:00',
  );
  expect(lead.sees()).toContain('Your digest comes on Thursday at 16:45.');
});

test('the digest follows: Thursday 16:45 in Kathmandu, and not on Friday any more', async () => {
  const { lead, clock, slack } = house.current;
  await slack.moveClock(Temporal.ZonedDateTime.from('2026-11-19T16:44[Asia/Kathmandu]').toInstant());
  const digests = () => digestsOf(lead);
  expect(digests()).toEqual([]);
  await slack.moveClock(Temporal.ZonedDateTime.from('2026-11-19T16:45[Asia/Kathmandu]').toInstant());
  expect(digests()).toHaveLength(1);
  await slack.moveClock(clock.now().add({ hours: 48 }));
  expect(digests()).toHaveLength(1);
});

test('a zone changed in Slack is noticed and offered, and only taken when the lead says so', async () => {
  const { lead } = house.current;
  await lead.movesTo('Pacific/Auckland');
  await lead.types('/logtime today');
  await lead.types('/logtime 10m admin');
  expect(lead.sees()).toContain(
    'Slack has you in Pacific/Auckland now; your days here still follow Asia/Kathmandu.',
  );
  await lead.clicks('Move my days there');
  expect(lead.sees()).toContain('Your days follow Pacific/Auckland from now on.');
  await lead.types('/keel settings');
  expect(lead.modal()?.text).toContain('Pacific/Auckland');
  await lead.closes();
  await lead.movesTo('Europe/Lisbon');
  await lead.opensHome();
  expect(lead.home()?.text).toContain('Slack has you in Europe/Lisbon now');
  await lead.clicks('Leave them');
  expect(lead.home()?.text).not.toContain('Slack has you in');
});

test('a zone once left alone is not offered again with every change of their profile, but on the next journey', async () => {
  const { lead } = house.current;
  const offered = async (): Promise<boolean> => {
    await lead.opensHome();
    return lead.home()?.text.includes('Slack has you in') ?? false;
  };
  await lead.movesTo('Europe/Lisbon');
  expect(await offered()).toBe(false);
  // The same place under an older name is no journey.
  await lead.movesTo('NZ');
  expect(await offered()).toBe(false);
  await lead.movesTo('Europe/Lisbon');
  expect(await offered()).toBe(true);
  // Settings that are saved answer it as well.
  await lead.types('/keel settings');
  await lead.submits({});
  await lead.movesTo('Europe/Lisbon');
  expect(await offered()).toBe(false);
});

test('/keel says where the week stands, help names every command, and an unknown word is answered', async () => {
  const { lead, app } = house.current;
  await lead.types('/keel');
  expect(lead.sees()).toContain('This week');
  await lead.types('/keel help');
  for (const { command } of app.commands) expect(lead.sees()).toContain(command);
  await lead.types('/keel dance');
  expect(lead.sees()).toContain('I know no /keel dance. /keel help lists what I can do.');
});

test('plain words in the DM are answered once, and nowhere else', async () => {
  const { lead, app } = house.current;
  const answers = () =>
    lead.dm().filter(({ from, text }) => from === 'Evenkeel' && text.includes('I only understand commands'));
  await lead.types('hello, how does this work?');
  await app.idle();
  expect(answers()).toHaveLength(1);
  await lead.types('help');
  await app.idle();
  expect(lead.dm().at(-1)?.text).toContain('/logtime');
  await lead.types('hello', { in: 'team-platform' });
  await app.idle();
  expect(answers()).toHaveLength(1);
});

test('forgetting deletes every row about the lead, in every table, after a question', async () => {
  const { lead, database } = house.current;
  await lead.types('/keel forget');
  await lead.clicks('Forget everything', { confirm: false });
  await lead.types('/logtime edit');
  expect(lead.sees()).toContain('10 min admin');
  await lead.types('/keel forget');
  await lead.clicks('Forget everything');
  expect(lead.sees()).toContain('Everything I kept for you is deleted.');
  await lead.opensHome();
  expect(lead.home()?.text).toContain('Where does your week go?');
  expect(await rowsNaming(database.url, lead.id)).toEqual([]);
  await lead.types('/keel forget');
  expect(lead.sees()).toContain('I keep nothing for you.');
});

/** The tables with a row that holds this text anywhere; found in the catalogue, read past row security. */
async function rowsNaming(url: string, text: string): Promise<string[]> {
  const client = new pg.Client(url.replace('evenkeel_owner:owner', 'postgres:postgres'));
  await client.connect();
  try {
    const { rows: tables } = await client.query<{ name: string }>(
      `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname = 'public'`,
    );
    const found: string[] = [];
    for (const { name } of tables) {
      const { rows } = await client.query(`select from ${name} as row where row::text like $1`, [
        `%${text}%`,
      ]);
      if (rows.length > 0) found.push(name);
    }
    return found;
  } finally {
    await client.end();
  }
}
