// The process's own count of time, apart from the bot's clock; a simulation takes both into its hands.

import nodeCron from 'node-cron';

/** Ends what was begun; what is under way goes on. */
export type Stop = () => unknown;

export interface Timers {
  /** Milliseconds since some moment of this process. */
  elapsed(): number;
  after(milliseconds: number, work: () => void): Stop;
  every(milliseconds: number, work: () => void): Stop;
  /** When a minute begins, save where the last time is not over yet. */
  eachMinute(work: () => Promise<void>): Stop;
}

/** A timer that does not keep the process from ending. */
export const inPassing: Pick<Timers, 'after'> = {
  after(milliseconds, work) {
    const timer = setTimeout(work, milliseconds).unref();
    return () => clearTimeout(timer);
  },
};

export const processTimers: Timers = {
  elapsed: () => performance.now(),
  after(milliseconds, work) {
    const timer = setTimeout(work, milliseconds);
    return () => clearTimeout(timer);
  },
  every(milliseconds, work) {
    const timer = setInterval(work, milliseconds);
    return () => clearInterval(timer);
  },
  eachMinute(work) {
    const clock = nodeCron.schedule('* * * * *', work, { noOverlap: true });
    return () => clock.destroy();
  },
};
