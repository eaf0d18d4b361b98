// The sandbox's own time: frozen, running at any speed, or set to a moment, and shared by the local Slack and the bot.

export interface SandboxClock {
  now(): Temporal.Instant;
  /** Jumps to a moment; runs on from there at the present speed. */
  set(to: Temporal.Instant): void;
  /** Moves on by a duration; days and longer are calendar days of `zone` (an IANA id), so a day may have 23 hours. */
  advance(by: Temporal.Duration | Temporal.DurationLike | string, zone?: string): void;
  pause(): void;
  /** Lets time pass, `speed` sandbox seconds a real second. */
  run(speed?: number): void;
  /** 0 while frozen. */
  readonly speed: number;
  /** Hears of every jump, pause and change of speed, not of time merely passing. Returns how to stop listening. */
  onChange(listener: () => void): () => void;
}

/** A clock that starts frozen at `start`. */
export function sandboxClock(start: Temporal.Instant = Temporal.Now.instant()): SandboxClock {
  let base = start;
  let since = performance.now();
  let speed = 0;
  const listeners = new Set<() => void>();

  const now = () => {
    if (speed === 0) return base;
    const passed = Math.floor((performance.now() - since) * speed * 1000);
    return base.add({ microseconds: passed });
  };
  const change = (to: Temporal.Instant, pace: number) => {
    base = to;
    since = performance.now();
    speed = pace;
    for (const listener of [...listeners]) listener();
  };

  return {
    now,
    set: (to) => change(to, speed),
    advance: (by, zone = 'UTC') => change(now().toZonedDateTimeISO(zone).add(by).toInstant(), speed),
    pause: () => change(now(), 0),
    run: (pace = 1) => change(now(), pace),
    get speed() {
      return speed;
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
