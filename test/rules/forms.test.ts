// Reading back what a form brings: hostile until parsed, and never an error where a field is not what it says.

import { expect, test } from '@jest/globals';
import { FormValues } from '../../src/slack/forms.ts';

test.each(['2026-02-31', '2026-13-01', '2026-1-1', '', 'soon', null, undefined])('%j is no day', (typed) => {
  expect(new FormValues({ day: { day: { selected_date: typed } } }).day('day')).toBeUndefined();
});

test('a day that there is reads as one', () => {
  const values = new FormValues({ day: { day: { selected_date: '2028-02-29' } } });
  expect(values.day('day')?.toString()).toBe('2028-02-29');
});
