// Limits of a view: a modal or a person's Home.

import type { Block } from '../types.ts';
import { checkBlocks, withChildren } from './blocks.ts';
import { plainText } from './objects.ts';
import { type Check, flag, isObject, object, oneOf, type Problem, say, text } from './schema.ts';

/** Blocks have their own rules, checked apart because they depend on the surface. */
const later: Check = () => {};

const shared = {
  private_metadata: text({ max: 3000 }),
  callback_id: text({ max: 255 }),
  external_id: text({ max: 255 }),
};

const modal = object({
  required: { type: oneOf('modal'), title: plainText(24), blocks: later },
  optional: {
    ...shared,
    submit: plainText(24),
    close: plainText(24),
    clear_on_close: flag,
    notify_on_close: flag,
    submit_disabled: flag,
  },
});

const home = object({ required: { type: oneOf('home'), blocks: later }, optional: shared });

/** Bytes of JSON a view may have. */
export const largestView = 250_000;

export function checkView(value: unknown, wanted: 'modal' | 'home', charts = true): Problem[] {
  const found: Problem[] = [];
  if (!isObject(value)) {
    say(found, '/view', 'must provide an object');
    return found;
  }
  (wanted === 'modal' ? modal : home)(value, '/view', found);
  if (value.blocks !== undefined) found.push(...checkBlocks(value.blocks, wanted, '/view/blocks', charts));
  if (found.length === 0 && wanted === 'modal' && value.submit === undefined) {
    const inputs = withChildren(value.blocks as Block[]).some((block) => block.type === 'input');
    if (inputs) say(found, '/view', 'missing required field: submit');
  }
  return found;
}
