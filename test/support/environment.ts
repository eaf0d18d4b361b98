// Where a test file runs: Node as Jest knows it, counting what fails, so that what failed can keep its database.

import type { Circus } from '@jest/types';
import { TestEnvironment } from 'jest-environment-node';

declare global {
  /** How many tests and hooks of this file have failed so far. */
  var failures: number;
}

export default class CountingEnvironment extends TestEnvironment {
  override async setup(): Promise<void> {
    await super.setup();
    this.global.failures = 0;
  }

  handleTestEvent({ name }: Circus.Event): void {
    if (['test_fn_failure', 'hook_failure', 'error'].includes(name)) this.global.failures += 1;
  }
}
