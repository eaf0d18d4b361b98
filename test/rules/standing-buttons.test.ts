// What version 0.1 left standing in people's Slack goes on working: every button, menu and form is still understood.

import { glob, readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { type Action, type Modal, readCarried, readData } from '../../src/slack/actions.ts';

interface Standing {
  actions: { action_id: string; value?: string; where: string[]; element: string }[];
  forms: { callback_id: string; private_metadata: { data?: unknown } }[];
  shortcuts: { callback_id: string }[];
}

const root = path.join(import.meta.dirname, '../..');
const standing = JSON.parse(
  await readFile(path.join(root, 'test/support/standing-buttons.json'), 'utf8'),
) as Standing;

const actions = new Map<string, Action>();
const modals = new Map<string, Modal>();
for await (const file of glob('src/**/*.actions.ts', { cwd: root })) {
  const declared: object = await import(path.join(root, file));
  for (const one of Object.values(declared)) {
    if (typeof one !== 'object' || one === null) continue;
    if ('shape' in one) actions.set((one as Action).id, one as Action);
    if ('data' in one) modals.set((one as Modal).id, one as Modal);
  }
}

test.each(standing.actions)('$action_id with $value', ({ action_id, value = '' }) => {
  const [id = '', suffix = ''] = action_id.split(/:(.*)/s);
  const action = actions.get(id);
  expect(action?.id).toBe(id);
  expect(action && readCarried(action, value, suffix)).toBeDefined();
});

/** Modals to read, which had nothing to send. */
const pages = ['pm.section-form', 'pm.entry-form', 'one-on-ones.notes'];
const isPage = ({ callback_id, private_metadata: { data } }: Standing['forms'][number]): boolean =>
  pages.includes(callback_id) && !(typeof data === 'object' && data !== null && 'form' in data);

test.each(standing.forms.filter((form) => !isPage(form)))(
  '$callback_id with $private_metadata',
  ({ callback_id, private_metadata }) => {
    const modal = modals.get(callback_id);
    expect(modal?.id).toBe(callback_id);
    expect(modal && readData(modal, private_metadata.data)).toBeDefined();
  },
);
