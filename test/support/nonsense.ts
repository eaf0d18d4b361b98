// Nonsense in place of what people type and choose: what no client of Slack's sends, and whoever has a script can.

import { type Json, type Knock, within } from './knocks.ts';

/** Turns what follows it, ends a text for Postgres, is half a character, and is not to be seen. */
export const nastyLetters = 'left \u202eright\u202c \u2066in\u2069 a\u0000b c\ud800d \u200bzero\u200d\ufeff';

const texts = [nastyLetters, '\u200b\u2060\ufeff', 'x'.repeat(40_000), '<!channel> <@U0NOBODY> &lt;'];
const choices = [7, null, [], { value: 7 }, 'U'.repeat(41_000), [{ value: 'no-such-thing' }], '0000-01-01'];

/** The form, the command or the button again and again, each time with another nonsense in it. */
export function nonsenseFor({ payload, ...knock }: Knock): Knock[] {
  const { view, command, actions } = payload;
  if (typeof command === 'string') {
    const [word = ''] = String(payload.text).split(' ');
    const lines = ['', word].flatMap((first) => texts.map((text) => `${first} ${text}`.trim()));
    return lines.map((text) => ({ ...knock, payload: { ...payload, text } }));
  }
  if (Array.isArray(actions)) {
    const [action] = actions as Json[];
    return [nastyLetters, 7, 'U'.repeat(41_000)].map((value) => ({
      ...knock,
      payload: { ...payload, actions: [{ ...action, value, selected_option: undefined }] },
    }));
  }
  if (view === undefined) return [];
  const typed = texts.map((value) => ({ value }));
  const chosen = choices.map((value) => ({
    value,
    selected_option: value,
    selected_options: value,
    selected_date: value,
    selected_time: value,
    selected_user: value,
    selected_users: value,
    selected_conversation: value,
  }));
  return [...typed, ...chosen].map((held) => ({
    ...knock,
    payload: { ...payload, view: { ...(view as Json), state: heldBy((view as Json).state, held) } },
  }));
}

/** A form's state with that in every field; only in those for text where it is a text. */
function heldBy(state: unknown, held: Json): unknown {
  const changed = structuredClone(state);
  for (const { found } of within(changed)) {
    const isText = found.type === 'plain_text_input';
    if (isText || (found.type !== undefined && Object.keys(held).length > 1)) Object.assign(found, held);
  }
  return changed;
}
