// Slack's payloads as they arrive, each parsed before anything else looks at it.

import { z } from 'zod';
import { slackId } from './actions.ts';
import type { FormValues } from './forms.ts';
import { withoutUnseen } from './typed-text.ts';

const text = z.string().max(40_000);
const typed = text.transform(withoutUnseen);
/** Of what Slack made for one request or view, and names nowhere how long it is. */
const madeId = z.string().max(255);

export const commandPayload = z.object({
  command: text,
  text: typed.default(''),
  channel_id: slackId,
  trigger_id: madeId,
  response_url: text,
});

/** Who did it: of a workspace of their own, which in a shared channel may be another one. */
export const senderPayload = z.object({
  trigger_id: madeId.default(''),
  response_url: text.optional(),
  user: z.object({ team_id: slackId.optional() }).optional(),
});

export const eventPayload = z.object({ event_id: madeId });

/** What opens a form and must come back with it: where the person was, and the room's own data. */
const envelope = z.object({
  origin: z.object({
    responseUrl: text.optional(),
    replace: z.boolean().optional(),
    home: z.boolean().optional(),
  }),
  data: z.unknown().optional(),
});
export type Origin = z.infer<typeof envelope>['origin'];

const viewPayload = z.object({
  id: madeId,
  type: madeId,
  callback_id: madeId.default(''),
  hash: madeId.optional(),
  private_metadata: text.default(''),
  blocks: z.array(z.object({ type: z.string(), block_id: z.string().optional() })).default([]),
  state: z.object({ values: z.unknown() }).optional(),
});

const actionPayload = z.object({
  action_id: madeId,
  block_id: z.string().optional(),
  value: z.string().nullish(),
  selected_option: z.object({ value: z.string() }).nullish(),
  selected_options: z.array(z.object({ value: z.string() })).nullish(),
  selected_date: z.string().nullish(),
  selected_time: z.string().nullish(),
  selected_user: z.string().nullish(),
  selected_users: z.array(z.string()).nullish(),
  selected_conversation: z.string().nullish(),
  selected_channel: z.string().nullish(),
});

/** The one value an action carries, whichever element it came from. */
export function carriedValue(action: z.infer<typeof actionPayload>): string {
  return (
    action.value ??
    action.selected_option?.value ??
    action.selected_options?.map(({ value }) => value).join(',') ??
    action.selected_date ??
    action.selected_time ??
    action.selected_user ??
    action.selected_users?.join(',') ??
    action.selected_conversation ??
    action.selected_channel ??
    ''
  );
}

/** A click before it is known what it leads to. */
export interface Clicked {
  value: string;
  /** What follows the colon in `name:suffix`. */
  suffix: string;
  channelId: string | undefined;
  form: { values: FormValues; data: unknown } | undefined;
}

export const clickPayload = z.object({
  trigger_id: madeId,
  response_url: text.optional(),
  channel: z.object({ id: slackId }).optional(),
  container: z.object({ message_ts: madeId.optional() }).optional(),
  view: viewPayload.optional(),
  actions: z.array(actionPayload).min(1),
});

export const formPayload = z.object({ trigger_id: madeId, view: viewPayload });

export const shortcutPayload = z.object({
  trigger_id: madeId,
  response_url: text.optional(),
  channel: z.object({ id: slackId }).optional(),
  message: z.object({ ts: madeId, text: typed.default(''), user: slackId.optional() }).optional(),
});

/** Where a form was opened from; a Home that knows nothing better when it is lost or tampered with. */
export function openEnvelope(metadata: string): { origin: Origin; data: unknown } {
  try {
    const { origin, data } = envelope.parse(JSON.parse(metadata));
    return { origin, data };
  } catch {
    return { origin: {}, data: undefined };
  }
}
