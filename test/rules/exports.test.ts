// Nothing is exported that nobody imports: what only its own file uses is that file's own.

import { expect, test } from '@jest/globals';
import { unusedExports } from '../support/exports.ts';

test('every export is imported somewhere', () => {
  expect(unusedExports()).toEqual([]);
});
