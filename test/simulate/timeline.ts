// Virtual time: everything that happens waits in one line here, and happens one thing at a time, in order of its moment.

import type { Stop, Timers } from '../../src/time/timers.ts';
import type { Dice } from './dice.ts';

interface Happening {
  /** Milliseconds since the epoch. */
  at: number;
  /** Of two at the same moment the one that was put in line first. */
  order: number;
  /** Whose it is: what a replica had in mind is gone with it. */
  owner: string;
  /** Comes again and again whether or not there is anything to do; such times are leapt over. */
  idle: { period: number } | undefined;
  work(): unknown;
}

export interface Timeline {
  now(): Temporal.Instant;
  /** Milliseconds since the epoch. */
  readonly ms: number;
  /** In so many milliseconds. */
  after(milliseconds: number, owner: string, work: () => unknown): Stop;
  timersOf(owner: string, skew: number): Timers;
  /** Nothing of this owner's happens any more. */
  drop(owner: string): void;
  run(until: number): Promise<void>;
}

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** Of three replicas one or two tick at a minute: the others would mostly find that it was seen to. */
const ticks = 0.5;

/** `nextDue`: when the bots have something to do at the earliest, in milliseconds since the epoch. */
export function timeline(start: number, dice: Dice, nextDue: () => Promise<number>): Timeline {
  const line: Happening[] = [];
  let ms = start;
  let order = 0;
  let awakeUntil = start;

  const put = (happening: Omit<Happening, 'order'>): Stop => {
    order += 1;
    const waiting = { ...happening, order };
    line.push(waiting);
    return () => {
      const index = line.indexOf(waiting);
      if (index >= 0) line.splice(index, 1);
    };
  };
  const earliest = (among: (one: Happening) => boolean): Happening | undefined => {
    let first: Happening | undefined;
    for (const one of line) {
      if (!among(one)) continue;
      if (!first || one.at < first.at || (one.at === first.at && one.order < first.order)) first = one;
    }
    return first;
  };

  /** Leaps over the times at which the bots would only find that nothing is due; true when it did. */
  async function leap(from: Happening): Promise<boolean> {
    if (!from.idle || from.at <= awakeUntil) return false;
    const wake = Math.min(await nextDue(), earliest(({ idle }) => !idle)?.at ?? Infinity);
    if (wake <= from.at) {
      // All the replicas tick at that minute.
      awakeUntil = from.at + 1000;
      return false;
    }
    if (wake === Infinity) throw new Error('Nothing will ever happen again');
    for (const one of line) {
      if (one.idle && one.at < wake) one.at += Math.ceil((wake - one.at) / one.idle.period) * one.idle.period;
    }
    return true;
  }

  const repeat = (owner: string, first: number, period: number, work: () => unknown): Stop => {
    let stop: Stop;
    let over = false;
    const again = (at: number): void => {
      stop = put({
        at,
        owner,
        idle: { period },
        work() {
          if (!over) again(ms + period);
          return work();
        },
      });
    };
    again(first);
    return () => {
      over = true;
      stop();
    };
  };

  return {
    now: () => Temporal.Instant.fromEpochMilliseconds(ms),
    get ms() {
      return ms;
    },
    after: (milliseconds, owner, work) => put({ at: ms + milliseconds, owner, idle: undefined, work }),
    timersOf: (owner, skew) => ({
      elapsed: () => ms - start,
      after: (milliseconds, work) => put({ at: ms + Math.ceil(milliseconds), owner, idle: undefined, work }),
      // Housekeeping is done once a day, or once a week: a year has half a million minutes.
      every: (milliseconds, work) => {
        const rare = milliseconds < hour ? day : 7 * day;
        return repeat(owner, ms + milliseconds + skew, milliseconds < minute ? milliseconds : rare, work);
      },
      eachMinute(work) {
        let busy = false;
        return repeat(owner, Math.ceil((ms + 1) / minute) * minute + skew, minute, () => {
          if (busy || !dice.chance(ticks)) return;
          busy = true;
          void work().finally(() => {
            busy = false;
          });
        });
      },
    }),
    drop(owner) {
      for (let index = line.length - 1; index >= 0; index--)
        if (line[index]!.owner === owner) line.splice(index, 1);
    },
    async run(until) {
      for (;;) {
        await quiet();
        const next = earliest(() => true);
        if (!next || next.at > until) break;
        if (await leap(next)) continue;
        line.splice(line.indexOf(next), 1);
        ms = Math.max(ms, next.at);
        await next.work();
      }
      ms = Math.max(ms, until);
    },
  };
}

/** Until everybody who was answered has asked for the next thing: all they wait for in between are promises. */
const quiet = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
