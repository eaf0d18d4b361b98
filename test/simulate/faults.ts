// What goes wrong in a bad year, by the same dice as everything else: how often each thing strikes, and how often it did.

import type { QueryFault } from './database.ts';
import type { Dice } from './dice.ts';
import type { SlackFault } from './slack.ts';
import type { Timeline } from './timeline.ts';
import type { Faults } from './world.ts';

export interface BadYear extends Faults {
  /** Nothing goes wrong any more. */
  heal(): void;
}

const minute = 60_000;

export function badYear(dice: Dice, timeline: Timeline): BadYear {
  const counts: Record<string, number> = {};
  let hangsUntil = 0;
  let healed = false;
  /** Rolls once, whatever there is to choose from, so that one seed stays one year. */
  const strike = <T>(kinds: readonly [string, number, () => T][]): T | undefined => {
    let roll = dice.roll();
    if (healed) return undefined;
    for (const [kind, share, made] of kinds) {
      roll -= share;
      if (roll >= 0) continue;
      counts[kind] = (counts[kind] ?? 0) + 1;
      return made();
    }
    return undefined;
  };
  const hangs = (): boolean => !healed && timeline.ms < hangsUntil;

  return {
    replays: 0.1,
    counts,
    heal() {
      healed = true;
    },
    connect: hangs,
    query(_owner, text) {
      if (hangs()) return { hangsFor: hangsUntil - timeline.ms };
      const ends = text === 'commit';
      return strike<QueryFault>([
        ['query lost', ends ? 1 / 400 : 1 / 3000, () => 'lost'],
        ['answer of the database lost', ends ? 1 / 300 : 1 / 3000, () => 'answer-lost'],
        ['killed before a query', 1 / 3000, () => 'killed'],
        ['killed after a query', 1 / 3000, () => 'killed-after'],
        ['one query hangs', 1 / 3000, () => ({ hangsFor: dice.between(5, 300) * 1000 })],
        [
          'database hangs',
          1 / 6000,
          () => {
            hangsUntil = timeline.ms + dice.between(1, 40) * minute;
            return { hangsFor: hangsUntil - timeline.ms };
          },
        ],
      ]);
    },
    slack(_owner, method) {
      const posts = method === 'chat.postMessage';
      return strike<SlackFault>([
        ['call lost', 1 / 50, () => 'lost'],
        ['answer of Slack lost', posts ? 1 / 25 : 1 / 50, () => 'answer-lost'],
        ['killed before a call', 1 / 100, () => 'killed'],
        ['killed after a call', posts ? 1 / 40 : 1 / 100, () => 'killed-after'],
        ['500', 1 / 60, () => ({ status: 500 })],
        ['429', 1 / 40, () => ({ retryAfter: dice.between(1, 90) })],
      ]);
    },
  };
}
