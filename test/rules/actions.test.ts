// What a button carries, written and read back, and what earlier versions left standing.

import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { z } from 'zod';
import { action, readCarried, slackId, uuid, written } from '../../src/slack/actions.ts';
import { button, row } from '../../src/slack/blocks.ts';

const id = '0b9e7a52-3d55-4f3b-9a53-0c1f5d0a8b11';
const delivery = '6f1c2d44-91aa-4a51-8a0b-6c2f3e4d5a66';
const one = action('room.one', { id: uuid, delivery: uuid.optional() });

test('what is written is read back, whatever people typed into it', () => {
  const line = action('room.line', { line: z.string().min(1), times: z.coerce.number().int().optional() });
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), fc.option(fc.integer(), { nil: undefined }), (text, times) => {
      const value = written(line, { line: text, times }) ?? '';
      expect(readCarried(line, value, '')).toEqual({ line: text, ...(times !== undefined && { times }) });
    }),
  );
});

test.each([
  ['JSON array', `["${id}","${delivery}"]`, ''],
  ['commas', `${id},${delivery}`, ''],
  ['spaces', `${id} ${delivery}`, ''],
  ['JSON object', `{"id":"${id}","delivery":"${delivery}"}`, ''],
])('an older version joined values by %s', (_how, value, suffix) => {
  expect(readCarried(one, value, suffix)).toEqual({ id, delivery });
});

test('one value stands bare, as a picker’s own does, and a word may stand behind the colon of the id', () => {
  expect(readCarried(one, id, '')).toEqual({ id });
  expect(readCarried(action('room.person', { person: slackId }), 'U0123', '')).toEqual({ person: 'U0123' });
  const list = action('room.list', { which: z.enum(['open', 'closed']) });
  expect(readCarried(list, '', 'closed')).toEqual({ which: 'closed' });
  const line = action('room.line', { line: z.string(), how: z.enum(['mine', 'theirs']).optional() });
  expect(readCarried(line, '45m review', 'mine')).toEqual({ line: '45m review', how: 'mine' });
});

test('what does not fit is no value at all', () => {
  for (const value of ['', 'nonsense', '[]', '{}', '[null]', '{"id":1}', `${id}x`, '["a","b"]', '[[]]']) {
    expect(readCarried(one, value, '')).toBeUndefined();
  }
});

test('buttons of one row that lead to the same door are told apart, and what they carry is not', () => {
  const { elements } = row(button('One', one, { id }), button('Two', one, { id, delivery }));
  const actionIds = elements.map(({ action_id }) => action_id);
  expect(actionIds).toEqual(['room.one', 'room.one:#2']);
  expect(readCarried(one, `["${id}"]`, '#2')).toEqual({ id });
});
