// A small fair gate: a few at once for each key, the rest in line, and nobody in line for too long.

import type { Timers } from '../time/timers.ts';

/** Runs `work` when it is its turn. Rejects with StillBusy when that takes longer than the gate's patience. */
type Gate = <T>(key: string, work: () => Promise<T>) => Promise<T>;

/** What came before, for the same key, takes so long that this was not begun. */
export class StillBusy extends Error {
  constructor() {
    super('What came before it was still under way, so this was not begun');
    this.name = 'StillBusy';
  }
}

interface GateOptions {
  atOnce: number;
  /** In milliseconds. */
  patience: number;
  timers: Pick<Timers, 'after'>;
}

export function openGate({ atOnce, patience, timers }: GateOptions): Gate {
  const lines = new Map<string, { inside: number; waiting: (() => void)[] }>();

  return async (key, work) => {
    const line = lines.get(key) ?? { inside: 0, waiting: [] };
    lines.set(key, line);
    if (line.inside < atOnce) line.inside += 1;
    else await turn(line.waiting, patience, timers);
    try {
      return await work();
    } finally {
      // Whoever is next takes over the place.
      const next = line.waiting.shift();
      if (next) next();
      else line.inside -= 1;
      if (line.inside === 0) lines.delete(key);
    }
  };
}

function turn(waiting: (() => void)[], patience: number, timers: GateOptions['timers']): Promise<void> {
  return new Promise((resolve, reject) => {
    const giveUp = timers.after(patience, () => {
      waiting.splice(waiting.indexOf(next), 1);
      reject(new StillBusy());
    });
    const next = () => {
      giveUp();
      resolve();
    };
    waiting.push(next);
  });
}
