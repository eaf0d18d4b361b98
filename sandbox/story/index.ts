// The story to walk into: eight weeks of a lead's life, told through the bot's own doors while the clock runs along.

import type { Actions } from '../api.ts';
import type { LocalSlack } from '../slack/index.ts';
import { balanceChapter } from './balance.ts';
import type { Cast, Chapter } from './chapter.ts';
import { delegationChapter } from './delegation.ts';
import { leadsChapter } from './leads.ts';
import { oneOnOnesChapter } from './one-on-ones.ts';
import { postmortemsChapter } from './postmortems.ts';
import { retrosChapter } from './retros.ts';

/** Each room adds its chapter here. */
const chapters: Chapter[] = [
  leadsChapter,
  balanceChapter,
  oneOnOnesChapter,
  delegationChapter,
  retrosChapter,
  postmortemsChapter,
];

const weeksTold = 8;

/** Has `POST /_sandbox/do/story` tell it. Once: then the page offers it no longer. */
export function offerStory(slack: LocalSlack, actions: Actions): void {
  actions.set('story', async () => {
    await tellStory(slack, chapters);
    actions.delete('story');
    return { ok: true };
  });
}

/**
 * Sets the clock back eight weeks, plays every beat at its moment, and comes back to now; what falls due on the way
 * runs, digests and prompts included. Refuses where the lead's past is there already.
 */
export async function tellStory(slack: LocalSlack, told: readonly Chapter[]): Promise<void> {
  const cast: Cast = { lead: slack.person('lead'), person: (nameOrRole) => slack.person(nameOrRole) };
  const { lead } = cast;
  const now = slack.clock.now();
  const today = now.toZonedDateTimeISO(lead.tz).toPlainDate();
  const firstMonday = today.subtract({ days: today.dayOfWeek - 1, weeks: weeksTold });
  const begin = firstMonday.toZonedDateTime({ timeZone: lead.tz, plainTime: '08:30' }).toInstant();

  const aMonthAgo = String(now.subtract({ hours: 24 * 30 }).epochMilliseconds / 1000);
  if (lead.dm().some(({ ts }) => ts < aMonthAgo)) {
    throw new Error('The eight weeks are in already. Start the sandbox with --fresh to tell them anew.');
  }

  const beats = told
    .flatMap(({ beats }) => beats)
    .map((beat) => ({
      play: beat.play,
      at: firstMonday
        .add({ weeks: beat.week, days: beat.day - 1 })
        .toZonedDateTime({ timeZone: lead.tz, plainTime: beat.at })
        .toInstant(),
    }))
    .filter(({ at }) => Temporal.Instant.compare(at, now) < 0)
    .sort((a, b) => Temporal.Instant.compare(a.at, b.at));

  const { speed } = slack.clock;
  slack.clock.pause();
  await lead.closes({ all: true });
  try {
    slack.clock.set(begin);
    for (const { at, play } of beats) {
      await slack.moveClock(at);
      await play(cast);
    }
  } finally {
    await slack.moveClock(now);
    if (speed > 0) slack.clock.run(speed);
  }
}
