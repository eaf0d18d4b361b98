// The doors for a channel whose lead has left Slack: somebody in it takes the retrospectives over, or ends them.

import type { ActionRequest, Answer, Doors } from '../../slack/doors.ts';
import * as actions from './retros.actions.ts';
import { redraw } from './retros.messages.steps.ts';
import * as views from './retros.rhythm.views.ts';
import type { RetroStep, StepTools } from './retros.steps.ts';
import * as store from './retros.store.ts';
import * as steps from './retros.succession.steps.ts';

type Press = ActionRequest<typeof actions.succeed>;

export function listenToSuccessors(doors: Doors, tools: StepTools): void {
  /** For people of the channel who belong to the workspace: nobody else may act for it. */
  const fromTheChannel =
    (work: (step: RetroStep, request: Press) => Promise<Answer>) =>
    async (request: Press): Promise<Answer> => {
      const { channelId } = request.carried;
      if (!(await request.isIn(channelId))) return { message: views.notInChannel(channelId) };
      if ((await request.profile(request.personId)).guest) return { message: views.notForGuests() };
      return request.once(async (trx) => {
        await store.lockChannel(trx, channelId);
        return work({ ...tools, trx, now: request.now }, request);
      });
    };

  doors.action(actions.succeed, async (request) => {
    const { workspaceId, personId } = request;
    const { timeZone = 'UTC' } = await request.profile(personId);
    const take = fromTheChannel(async (step, { carried }) => {
      const led = await steps.ledIn(step.trx, carried.channelId, carried.leaverId);
      const taken = await steps.succeed(step, carried, { workspaceId, personId, timeZone });
      if (!taken) return { replace: views.ledAlready() };
      const [underWay] = led?.underWay ?? [];
      return {
        replace: views.succeeded(personId),
        ...(underWay && { redraw: redraw(tools, underWay.id) }),
      };
    });
    return take(request);
  });
  doors.action(
    actions.endIt,
    fromTheChannel(async (step, { carried, personId }) => ({
      replace: (await steps.end(step, carried)) ? views.endedByTeam(personId) : views.ledAlready(),
    })),
  );
}
