// How the tests run: every .ts file as Node itself would run it, types stripped and nothing else changed.
export default {
  testEnvironment: '<rootDir>/test/support/environment.ts',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '\\.ts$': '<rootDir>/test/support/strip-types.js' },
  setupFilesAfterEnv: ['<rootDir>/test/support/temporal.setup.ts'],
  globalSetup: '<rootDir>/test/support/postgres.setup.ts',
  globalTeardown: '<rootDir>/test/support/postgres.teardown.ts',
  // Ends what hangs, and nothing else: how fast a machine is decides no test.
  testTimeout: 300_000,
  // One file at a time leaves a core idle while Postgres and Slack are waited for.
  maxWorkers: '100%',
};
