// Digests and weeks where calendars are awkward: both clock changes, both hemispheres, Kathmandu, week 53.

import { afterEach, expect, test } from '@jest/globals';
import { type House, openHouse } from '../support/house.ts';
import { digestsOf } from '../support/seen.ts';

let house: House | undefined;
afterEach(async () => {
  const { slack, log } = house ?? { slack: undefined, log: [] };
  await house?.close();
  house = undefined;
  expect(slack?.violations ?? []).toEqual([]);
  expect(log.filter(({ level }) => Number(level) >= 50)).toEqual([]);
});

const companyIn = (tz: string) => ({
  workspaces: [
    {
      id: 'T0ZONES',
      name: 'Zones',
      domain: 'zones',
      people: [{ name: 'kaya', realName: 'Kaya', role: 'lead', tz }],
      channels: [{ name: 'general' }],
    },
  ],
});

interface Story {
  zone: string;
  /** The Monday morning it begins, local. */
  monday: string;
  fridayAtThree: string;
  /** The same moment, so that the offset is told as well. */
  instant: string;
  week: string;
}

/** One week each: into summer time, out of it, and where there is none. */
const stories: Story[] = [
  {
    zone: 'Pacific/Auckland',
    monday: '2026-09-21T09:00',
    fridayAtThree: '2026-09-25T15:00',
    instant: '2026-09-25T03:00Z',
    week: '2026-W39',
  },
  {
    zone: 'Pacific/Auckland',
    monday: '2026-09-28T09:00',
    fridayAtThree: '2026-10-02T15:00',
    instant: '2026-10-02T02:00Z',
    week: '2026-W40',
  },
  {
    zone: 'Pacific/Auckland',
    monday: '2026-04-06T09:00',
    fridayAtThree: '2026-04-10T15:00',
    instant: '2026-04-10T03:00Z',
    week: '2026-W15',
  },
  {
    zone: 'Asia/Kathmandu',
    monday: '2026-11-16T09:00',
    fridayAtThree: '2026-11-20T15:00',
    instant: '2026-11-20T09:15Z',
    week: '2026-W47',
  },
  {
    zone: 'America/New_York',
    monday: '2026-03-09T09:00',
    fridayAtThree: '2026-03-13T15:00',
    instant: '2026-03-13T19:00Z',
    week: '2026-W11',
  },
  {
    zone: 'America/New_York',
    monday: '2026-11-02T09:00',
    fridayAtThree: '2026-11-06T15:00',
    instant: '2026-11-06T20:00Z',
    week: '2026-W45',
  },
  {
    zone: 'UTC',
    monday: '2026-12-28T09:00',
    fridayAtThree: '2027-01-01T15:00',
    instant: '2027-01-01T15:00Z',
    week: '2026-W53',
  },
];

test.each(stories)('in $zone in $week the digest comes at three by the lead’s own clock', async (story) => {
  house = await openHouse({ at: story.monday, slack: companyIn(story.zone) });
  const { lead, goTo, clock } = house;
  await lead.types('/logtime 1h review');
  const fridayMorning = Temporal.PlainDateTime.from(story.fridayAtThree).subtract({ hours: 5 });
  await goTo(fridayMorning.toString());
  await lead.types('/logtime 3h coding');
  await goTo(story.fridayAtThree);
  expect(clock.now().toString({ smallestUnit: 'minute' })).toBe(
    Temporal.Instant.from(story.instant).toString({ smallestUnit: 'minute' }),
  );
  const digests = digestsOf(lead);
  expect(digests).toHaveLength(1);
  expect(Math.floor(Number(digests[0]?.ts))).toBe(
    Temporal.Instant.from(story.instant).epochMilliseconds / 1000,
  );
  expect(digests[0]?.text).toContain('4 h logged on 2 of 5 working days.');
  expect(digests[0]?.text).toContain(`Week ${story.week}`);
});

/** Seven days hold what was logged on them, the first and the last minute included, whatever the clocks do. */
test.each([
  ['Pacific/Auckland', '2026-09-27T23:30', '2026-09-27', '2026-W39'],
  ['Pacific/Auckland', '2026-04-05T23:30', '2026-04-05', '2026-W14'],
  ['America/New_York', '2026-11-01T23:30', '2026-11-01', '2026-W44'],
  ['Asia/Kathmandu', '2026-11-22T23:30', '2026-11-22', '2026-W47'],
  ['UTC', '2027-01-03T23:30', '2027-01-03', '2026-W53'],
])('in %s a Sunday night at %s still belongs to its own day and week', async (zone, at, day, week) => {
  house = await openHouse({ at, slack: companyIn(zone) });
  const { lead, goTo } = house;
  await lead.types('/logtime 1h coding');
  await goTo(Temporal.PlainDateTime.from(at).add({ minutes: 45 }).toString());
  await lead.types('/logtime 10m review');
  await lead.types(`/keel week ${week}`);
  expect(lead.sees()).toContain('1 h logged on 0 of 5 working days.');
  await lead.types('/keel week');
  expect(lead.sees()).toContain('10 min logged on 1 of 1 working days so far.');
  await lead.types(`/logtime 15m admin ${day}`);
  expect(lead.sees()).toContain('15 min admin, yesterday');
  expect(lead.sees()).toContain('Yesterday: 1 h 15 min');
});

test('a digest that comes late, because everything was down, is still about its own week', async () => {
  house = await openHouse({ at: '2026-11-16T09:00' });
  const { lead, clock, app } = house;
  await lead.types('/logtime 5h coding');
  const run = async (): Promise<void> => {
    await app.engine.tick();
    await app.engine.settled();
  };
  // Nobody ticks from Friday noon until Saturday noon.
  clock.set(Temporal.ZonedDateTime.from('2026-11-21T12:00[Europe/Berlin]').toInstant());
  await run();
  const digests = digestsOf(lead);
  expect(digests).toHaveLength(1);
  expect(digests[0]?.text).toContain('Week 2026-W47');
  // And a fortnight late is not late but wrong: that one is kept as missed.
  clock.set(Temporal.ZonedDateTime.from('2026-12-10T12:00[Europe/Berlin]').toInstant());
  await run();
  expect(digestsOf(lead)).toHaveLength(1);
});

test('a workspace without charts gets the same digest with its chart in text', async () => {
  house = await openHouse({ at: '2026-11-12T09:00', slack: { charts: false } });
  const { lead, goTo, slack } = house;
  await lead.types('/logtime 5h coding');
  await goTo('2026-11-16T09:00');
  await lead.types('/logtime 3h review');
  await lead.types('/keel week');
  expect(lead.sees()).toContain('W46');
  expect(lead.sees()).toContain('█');
  await goTo('2026-11-20T15:00');
  const digest = lead
    .dm()
    .filter(({ ephemeral }) => !ephemeral)
    .at(-1);
  expect(digest?.text).toContain('█');
  expect(digest?.text).not.toContain('(chart)');
  // The only refusals were those of the chart itself.
  expect(slack.violations.filter(({ message }) => !message.includes('data_visualization'))).toEqual([]);
  slack.violations.length = 0;
});

test('a public holiday of the lead’s region is no empty day', async () => {
  house = await openHouse({ at: '2026-11-23T10:00' });
  const { lead, goTo } = house;
  await lead.types('/keel settings');
  await lead.submits({ holiday_region: 'US' });
  await lead.types('/logtime 5h review');
  await goTo('2026-11-27T15:00');
  const [digest] = digestsOf(lead);
  // Thursday was Thanksgiving.
  expect(digest?.text).toContain('5 h logged on 1 of 4 working days.');
  expect(digest?.text).toContain('Tuesday, Wednesday and Friday are empty.');
});

test('a digest on the first working day of a week looks back on the week before', async () => {
  house = await openHouse({ at: '2026-11-19T10:00' });
  const { lead, goTo } = house;
  await lead.types('/logtime 5h coding');
  await lead.types('/keel settings');
  await lead.submits({ digest_day: 'Monday', digest_time: '09:00' });
  await goTo('2026-11-23T09:00');
  const [digest] = digestsOf(lead);
  expect(digest?.text).toContain('Leading took 0 % of last week, below your 40 % floor.');
  expect(digest?.text).toContain('Week 2026-W47');
});

test('a past week shows what is its own, and nothing of how things stand now', async () => {
  house = await openHouse({ at: '2026-11-19T10:00' });
  const { lead, goTo } = house;
  await lead.types('/logtime 5h coding');
  await goTo('2026-11-24T10:00');
  await lead.types('/keel week last');
  const itsOwn = lead.sees();
  expect(itsOwn).toContain('5 h logged on 1 of 5 working days.');
  await lead.types('/postmortem mail was late, sev3');
  await lead.types('/delegate @duarte the release notes at advise');
  await lead.clicks('We have agreed already');
  await lead.types('/keel week');
  for (const section of ['Post-mortems.', 'Delegation']) expect(lead.sees()).toContain(section);
  await lead.types('/keel week last');
  expect(lead.sees()).toBe(itsOwn);
  await lead.types('/keel week 2026-W47');
  expect(lead.sees()).toBe(itsOwn);
});
