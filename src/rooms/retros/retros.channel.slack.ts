// What happens to a channel, and to the people in it.

import { z } from 'zod';
import { slackId } from '../../slack/actions.ts';
import type { Answer, Doors, EventRequest } from '../../slack/doors.ts';
import { countPerson } from './retros.rhythm.steps.ts';
import { endChannel, type StepTools } from './retros.steps.ts';
import * as store from './retros.store.ts';

const inChannel = z.object({ channel: slackId });

export function listenToChannels(doors: Doors, tools: StepTools): void {
  const gone = async (request: EventRequest): Promise<Answer> => {
    const event = inChannel.safeParse(request.event).data;
    if (!event) return {};
    return request.once(async (trx) => {
      await endChannel({ ...tools, trx, now: request.now }, event.channel);
      return {};
    });
  };
  doors.event('channel_archive', gone);
  doors.event('group_archive', gone);
  doors.event('channel_deleted', gone);
  doors.event('group_deleted', gone);

  const moved =
    (by: 1 | -1) =>
    async (request: EventRequest): Promise<Answer> => {
      const event = inChannel.safeParse(request.event).data;
      const known = event && (await request.inTransaction((trx) => store.findRhythm(trx, event.channel)));
      if (!known) return {};
      const { timeZone, unreachable } = await request.profile(request.personId);
      // Bots come and go too, this one among them.
      if (unreachable) return {};
      return request.once(async (trx) => {
        const newcomers = by === 1 ? timeZone : undefined;
        await countPerson({ ...tools, trx, now: request.now }, known.channelId, by, newcomers);
        return {};
      });
    };
  doors.event('member_joined_channel', moved(1));
  doors.event('member_left_channel', moved(-1));
}
