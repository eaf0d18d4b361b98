// Reading back what a form brings: hostile until parsed, and never an error where a field is not what it says.

import { expect, test } from '@jest/globals';
import { readCategory } from '../../src/rooms/balance/balance.category.forms.ts';
import { FormValues } from '../../src/slack/forms.ts';

test.each(['2026-02-31', '2026-13-01', '2026-1-1', '', 'soon', null, undefined])('%j is no day', (typed) => {
  expect(new FormValues({ day: { day: { selected_date: typed } } }).day('day')).toBeUndefined();
});

test('a day that there is reads as one', () => {
  const values = new FormValues({ day: { day: { selected_date: '2028-02-29' } } });
  expect(values.day('day')?.toString()).toBe('2028-02-29');
});

test.each(['\u200b\u2060', '\u0000', ' \u202e\u202c ', null, undefined])('%j is nothing typed', (value) => {
  expect(new FormValues({ note: { note: { value } } }).text('note')).toBe('');
});

test('the last category one can log to is not put away', () => {
  const one = { id: 'review', name: 'review', side: 'leading' as const, aliases: [], archived: false };
  const submitted = (archived: string[]) =>
    new FormValues({
      name: { name: { value: 'review' } },
      side: { side: { selected_option: { value: 'leading' } } },
      archived: { archived: { selected_options: archived.map((value) => ({ value })) } },
    });
  const others = [one, { ...one, id: 'old', name: 'old', archived: true }];
  expect(readCategory(submitted(['yes']), 'review', others)).toEqual({
    kind: 'refused',
    errors: { archived: 'This is the last one you log to. Add another first.' },
  });
  expect(
    readCategory(submitted(['yes']), 'review', [...others, { ...one, id: 'pairing', name: 'pairing' }]).kind,
  ).toBe('category');
  expect(readCategory(submitted([]), 'review', others).kind).toBe('category');
});
