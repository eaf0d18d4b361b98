// Chance that can be had again: everything random in a simulation comes from one seeded generator.

export interface Dice {
  /** From 0 up to and without 1. */
  roll(): number;
  /** True so often: 0 never, 1 always. */
  chance(share: number): boolean;
  /** A whole number from one to the other, both included. */
  between(least: number, most: number): number;
  pick<T>(from: readonly T[]): T;
}

/** Tommy Ettinger's mulberry32, public domain. */
export function seededDice(seed: number): Dice {
  let state = seed >>> 0;
  const roll = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const between = (least: number, most: number): number => least + Math.floor(roll() * (most - least + 1));
  return {
    roll,
    between,
    chance: (share) => roll() < share,
    pick: (from) => from[between(0, from.length - 1)]!,
  };
}
