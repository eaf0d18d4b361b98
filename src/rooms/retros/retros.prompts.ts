// What this room says at its moment: the post, one nudge, the closing, what was said, the ranking, the summary.

import type { Tenant } from '../../db/tenancy.ts';
import type { Lead } from '../../leads/leads.ts';
import {
  type DuePrompt,
  nothing,
  type PostedPrompt,
  type PromptKind,
  usefulFor,
} from '../../prompts/prompts.ts';
import { button } from '../../slack/blocks.ts';
import { publicHoliday } from '../../time/holidays.ts';
import { nextWorkingMoment, workingDayAfter } from '../../time/working-days.ts';
import * as actions from './retros.actions.ts';
import { messageOf, outcomes, redraw } from './retros.messages.steps.ts';
import { kinds } from './retros.plans.ts';
import { waiting } from './retros.replies.views.ts';
import { cannotBeAnonymous, nextTime } from './retros.rhythm.ts';
import { channelGone, leadHasLeft, tooFewLeft } from './retros.rhythm.views.ts';
import * as steps from './retros.steps.ts';
import * as store from './retros.store.ts';
import { ledIn } from './retros.succession.steps.ts';
import { isOverdue, type Retro } from './retros.ts';
import * as views from './retros.views.ts';

/** After a bot was down for longer than this, a post waits for working hours: it announced an afternoon. */
const lateHours = 6;
/** And after this, nothing is opened on its behalf any more. */
const lateDays = 14;

const changedBehind = button('Open the retrospectives', actions.list);

const errand = {
  kind: 'errand',
  changedBehind,
  usefulUntil: usefulFor({ days: 7 }),
} as const;

const question = {
  kind: 'question',
  changedBehind,
  overBudget: 'next-working-day',
  whenQuiet: 'wait',
  usefulUntil: usefulFor({ days: 14 }),
} as const;

const isAway = (lead: Lead, now: Temporal.Instant): boolean =>
  lead.pausedUntil !== null && Temporal.Instant.compare(lead.pausedUntil, now) > 0;

/** The same hour on the next working day, when a rhythm meets a public holiday. */
function afterHoliday(lead: Lead, now: Temporal.Instant): Temporal.Instant | undefined {
  const local = now.toZonedDateTimeISO(lead.timeZone);
  if (publicHoliday(lead.holidayRegion, local.toPlainDate()) === undefined) return undefined;
  return workingDayAfter(lead, local.toPlainDate())
    ?.toZonedDateTime({ timeZone: lead.timeZone, plainTime: local.toPlainTime() })
    .toInstant();
}

export function retroPrompts(tools: steps.StepTools): PromptKind[] {
  const threadOf = (trx: Tenant, { subject }: { subject: string }) => store.findPostTs(trx, subject);
  const shownIn = { redraw: ({ subject }: { subject: string }) => redraw(tools, subject) };
  const step = (trx: Tenant, { now }: { now: Temporal.Instant }) => ({ ...tools, trx, now });

  /** Where nobody knows what it shows, it is drawn once more. */
  const stands = async (trx: Tenant, posted: PostedPrompt, part: store.Part): Promise<void> => {
    const retro = await store.lockRetro(trx, posted.subject);
    if (!retro) return;
    await store.saveMessage(trx, retro, { ...posted, part, version: posted.version ?? retro.version - 1 });
  };

  const inPhase =
    (
      phase: Retro['phase'],
      say: (trx: Tenant, retro: Retro, prompt: DuePrompt) => Promise<ReturnType<typeof views.nudge>>,
    ) =>
    async (trx: Tenant, prompt: DuePrompt) => {
      const retro = await store.findRetro(trx, prompt.subject);
      if (retro?.phase !== phase) return nothing('it has moved on');
      return { kind: 'say', message: await say(trx, retro, prompt), version: retro.version } as const;
    };

  return [
    {
      ...errand,
      name: kinds.open,
      title: 'Retrospective',
      async about(trx, subject) {
        const series = await store.findSeries(trx, subject);
        return series && `in ${views.channelLink(series.channelId)}`;
      },
      async compose(trx, { subject, lead, occurrence, now, deliveryId }) {
        const series = await store.findSeries(trx, subject);
        if (!series || series.state === 'stopped') return nothing('its rhythm was stopped');
        if (series.rhythm) {
          if (series.skipAt?.equals(occurrence)) return nothing('this one was called off');
          // The lead sorts and closes it; without them it would open and stay open.
          if (isAway(lead, now)) return nothing('the lead is away');
          if (lead.leftAt) return nothing('the lead has left, and nobody took over');
          if (cannotBeAnonymous(series)) return nothing('too few people to be anonymous');
          const later = afterHoliday(lead, now);
          if (later) return { kind: 'later', at: later, why: 'public holiday' };
          const late = occurrence.until(now).total('hours');
          if (late > lateDays * 24) return nothing('too late');
          const atWork = late > lateHours ? nextWorkingMoment(lead, now) : undefined;
          if (atWork && !atWork.equals(now))
            return { kind: 'later', at: atWork, why: 'late, and after hours' };
        }
        const open = await store.findOpenIn(trx, series.channelId);
        if (open && open.id !== deliveryId && !isOverdue(open, now))
          return nothing('another one is open in this channel');
        const retro = await steps.retroToOpen({ trx, now }, series, lead, deliveryId);
        const became = await outcomes({ ...tools, trx }, retro);
        return {
          kind: 'say',
          message: views.post(retro, { timeZone: lead.timeZone, outcomes: became, taken: [] }),
        };
      },
      posted: (trx, posted) => steps.open(step(trx, posted), posted),
      linked: (trx, { deliveryId, link }) => store.keepLink(trx, deliveryId, 'post', link),
      redraw: ({ deliveryId }) => redraw(tools, deliveryId),
    },
    {
      ...errand,
      name: kinds.leadLeft,
      title: 'Retrospectives whose lead has left',
      usefulUntil: usefulFor({ weeks: 4 }),
      async compose(trx, { subject: channelId, lead, now }) {
        const led = lead.leftAt ? await ledIn(trx, channelId, lead.id) : undefined;
        if (!led) return nothing('somebody leads them');
        const next = led.rhythm && nextTime(led.rhythm, lead, now);
        return { kind: 'say', message: leadHasLeft(channelId, lead, { ...led, next }) };
      },
    },
    {
      ...errand,
      name: kinds.nudge,
      title: 'Retrospective, a reminder in the channel',
      usefulUntil: usefulFor({ hours: 3 }),
      async compose(trx, { subject, lead }) {
        const retro = await store.findRetro(trx, subject);
        if (retro?.phase !== 'open') return nothing('it is closed');
        if (retro.people > 0 && retro.answered >= retro.people) return nothing('everybody has answered');
        return { kind: 'say', message: views.nudge(retro, lead.timeZone) };
      },
    },
    {
      ...errand,
      ...shownIn,
      name: kinds.close,
      title: 'Retrospective, closing',
      thread: threadOf,
      compose: inPhase('open', async (_trx, retro, { lead, now }) => views.closing(retro, isAway(lead, now))),
      posted: (trx, posted) => steps.close(step(trx, posted), posted),
    },
    {
      ...errand,
      ...shownIn,
      name: kinds.sorting,
      title: 'Retrospective, what was said',
      thread: threadOf,
      compose: inPhase('grouping', (trx, retro) => messageOf({ ...tools, trx }, retro, 'sorting')),
      posted: (trx, posted) => stands(trx, posted, 'sorting'),
    },
    {
      ...errand,
      ...shownIn,
      name: kinds.voteClose,
      title: 'Retrospective, the votes',
      thread: threadOf,
      compose: inPhase('voting', (trx, retro) => messageOf({ ...tools, trx }, retro, 'ranking')),
      posted: (trx, posted) => steps.endVote(step(trx, posted), posted),
    },
    {
      ...errand,
      ...shownIn,
      name: kinds.summary,
      title: 'Retrospective, the summary',
      thread: threadOf,
      compose: inPhase('done', (trx, retro) => messageOf({ ...tools, trx }, retro, 'summary')),
      posted: (trx, posted) => stands(trx, posted, 'summary'),
    },
    {
      ...question,
      name: kinds.waiting,
      title: 'A retrospective that waits for you',
      async about(trx, subject) {
        const retro = await store.findRetro(trx, subject);
        return retro && `in ${views.channelLink(retro.channelId)}`;
      },
      importance: 55,
      usefulUntil: usefulFor({ days: 7 }),
      async compose(trx, { subject, lead }) {
        const retro = await store.findRetro(trx, subject);
        const stuck = retro && ['few', 'grouping', 'choosing'].includes(retro.phase);
        if (!stuck || retro.facilitatorId !== lead.id) return nothing('it has moved on');
        return { kind: 'say', message: waiting(retro) };
      },
    },
    {
      ...question,
      name: kinds.tooFewLeft,
      title: 'Anonymous retrospectives with too few people',
      importance: 60,
      async compose(trx, { subject }) {
        const series = await store.findSeries(trx, subject);
        if (series?.state !== 'active' || !cannotBeAnonymous(series)) return nothing('no longer so');
        return { kind: 'say', message: tooFewLeft(series) };
      },
    },
    {
      kind: 'notice',
      name: kinds.channelGone,
      title: 'A retrospective whose channel is gone',
      usefulUntil: usefulFor({ days: 14 }),
      compose: async (_trx, { subject }) => ({ kind: 'say', message: channelGone(subject) }),
    },
  ];
}
