// Things that happen later in the sandbox's time, such as the second and third try at an event.

import type { SandboxClock } from './clock.ts';

export interface SandboxTimers {
  at(when: Temporal.Instant, run: () => Promise<void>): void;
  next(): Temporal.Instant | undefined;
  /** Runs whatever is due, in order, and waits for it. */
  runDue(): Promise<void>;
  stop(): void;
}

const longestSleep = 2 ** 31 - 1;

export function sandboxTimers(clock: SandboxClock): SandboxTimers {
  const waiting: { when: Temporal.Instant; run: () => Promise<void> }[] = [];
  let alarm: NodeJS.Timeout | undefined;
  let stopped = false;

  // Only a running clock needs a real alarm; a frozen one is moved by hand.
  const setAlarm = () => {
    clearTimeout(alarm);
    const first = waiting[0];
    if (stopped || first === undefined || clock.speed === 0) return;
    const real = clock.now().until(first.when).total('milliseconds') / clock.speed;
    alarm = setTimeout(() => void runDue(), Math.min(Math.max(real, 0), longestSleep));
    alarm.unref();
  };

  const runDue = async () => {
    for (;;) {
      const first = waiting[0];
      if (stopped || first === undefined || Temporal.Instant.compare(first.when, clock.now()) > 0) break;
      waiting.shift();
      await first.run();
    }
    setAlarm();
  };

  const stopListening = clock.onChange(setAlarm);

  return {
    at(when, run) {
      // Behind what is due at the same moment, so that the order of asking is the order of running.
      const later = waiting.findLastIndex((one) => Temporal.Instant.compare(one.when, when) <= 0);
      waiting.splice(later + 1, 0, { when, run });
      setAlarm();
    },
    next: () => waiting[0]?.when,
    runDue,
    stop() {
      stopped = true;
      clearTimeout(alarm);
      stopListening();
    },
  };
}
