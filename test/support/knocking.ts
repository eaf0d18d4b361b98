// Knocking at a door with what somebody else was shown, and all that comes of it.

import type { LocalSlack, Person } from '../../sandbox/slack/index.ts';
import type { House } from './house.ts';
import { isObject, type Json, type Knock } from './knocks.ts';
import { interaction, sendSigned } from './signed.ts';

/** A message in a person's own place, so that nothing but the value speaks for them. */
const ownPlace = (person: Person): Json => ({
  container: { type: 'message', message_ts: '1.000001', channel_id: `D${person.id.slice(1)}` },
  channel: { id: `D${person.id.slice(1)}`, name: 'directmessage' },
});

/** The same happening to somebody else: what Slack says of it is true, so they have not left, and are where it happens. */
function doneBy({ id, teamId: team_id }: Person, event: Json): Json {
  const user = isObject(event.user) ? { ...event.user, id, team_id, deleted: false } : id;
  return { ...event, user, ...('channel' in event && { channel: `D${id.slice(1)}` }) };
}

/** What was sent and what came of it, as in the log of the local Slack. */
export type Heard = Pick<LocalSlack['log'][number], 'direction' | 'request' | 'response'>;

/** Somebody knocks with it. Resolves, when all of the answer has been given, to everything that they were told. */
export async function knock(house: House, person: Person, { payload }: Knock): Promise<Heard[]> {
  const { slack, app } = house;
  const before = slack.log.length;
  const team = person.teamId;
  const place = `D${person.id.slice(1)}`;
  let request: Json;
  let response: Response;
  if (typeof payload.command === 'string') {
    request = { team_id: team, user_id: person.id, channel_id: place, response_url: '', ...payload };
    const fields = { ...request, trigger_id: crypto.randomUUID() } as unknown as Record<string, string>;
    response = await sendSigned(house, new URLSearchParams(fields).toString());
  } else if (isObject(payload.event)) {
    request = { type: 'event_callback', team_id: person.workspaceId, event: doneBy(person, payload.event) };
    const sent = JSON.stringify({ ...request, event_id: crypto.randomUUID() });
    response = await sendSigned(house, sent, { contentType: 'application/json' });
  } else {
    const inForm = payload.view !== undefined;
    // A form of its own each time: one that was sent before would only be told that it counts once.
    const view = isObject(payload.view) && { ...payload.view, id: `V${crypto.randomUUID()}` };
    request = {
      ...payload,
      ...(view && { view }),
      ...(!inForm && ownPlace(person)),
      user: { id: person.id, team_id: team },
    };
    response = await sendSigned(house, interaction(house, person, request));
  }
  const answer = await response.text();
  await app.idle();
  const calls = slack.log.slice(before).filter(({ direction }) => direction === 'call');
  return [{ direction: 'sent', request, response: answer }, ...calls];
}

/** All that somebody was told, as one text: what the bot answered, and what it asked of Slack for them. */
export const toldIn = (heard: readonly Heard[]): string =>
  heard
    .map(({ direction, request, response }) =>
      direction === 'sent' ? String(response) : JSON.stringify(request),
    )
    .join('\n');
