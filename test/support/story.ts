// Tests that are one story: each begins where the one before ended, so they carry numbers, and run as a whole or not at all.

import { test as jestTest } from '@jest/globals';

let told = 0;
let reached = 0;

/** In place of Jest's own, for a whole file. After a step that failed the others only say that they were not reached. */
export function test(name: string, work: () => Promise<void> | void, timeout?: number): void {
  told += 1;
  const step = told;
  jestTest(
    `${step}. ${name}`,
    async () => {
      if (reached < step - 1) {
        throw new Error(
          `Begins where ${reached + 1} ends, which did not pass or was left out: run the whole file.`,
        );
      }
      await work();
      reached = step;
    },
    timeout,
  );
}
