// A rush at the limits that Slack documents.

import { expect, test } from '@jest/globals';
import { useDatabase } from '../support/database.ts';
import { rush } from './rush.ts';

const database = useDatabase();

test('2,000 digests of one workspace arrive in minutes, each once, without a single 429', async () => {
  const report = await rush(database.current, 2000);
  expect(report).toMatchObject({ got: 2000, tooManyRequests: 0 });
  expect(report.seconds).toBeLessThan(report.leastPossible * 1.4);
});
