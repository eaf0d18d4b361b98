// What this room says of its own accord: before a meeting, after it, when one is overdue, and the invitation.

import type { Tenant } from '../../db/tenancy.ts';
import {
  type Composition,
  type DuePrompt,
  nothing,
  type PromptKind,
  usefulFor,
} from '../../prompts/prompts.ts';
import { mention } from '../../slack/blocks.ts';
import { beforeMessage, invitation } from './one-on-ones.agenda.views.ts';
import type { Found } from './one-on-ones.meetings.steps.ts';
import { afterMessage, overdueMessage } from './one-on-ones.meetings.views.ts';
import { findOffers, findPreparation } from './one-on-ones.pages.steps.ts';
import { isBack } from './one-on-ones.people.views.ts';
import { backKind, promptKinds } from './one-on-ones.plans.ts';
import { findOpenPoints } from './one-on-ones.sealed.store.ts';
import * as store from './one-on-ones.store.ts';
import { type OneOnOneStep, type OneOnOneTools, stepOf } from './one-on-ones.tools.ts';
import { instantOf, isOverdue, lastMet, localNow, nextMeeting } from './one-on-ones.ts';

/** A meeting so near that a word about the silence before it can wait for what becomes of it. */
const nearDays = 4;

export const promptsOf = (tools: OneOnOneTools): PromptKind[] => [
  {
    kind: 'question',
    name: promptKinds.before,
    title: 'Before a 1:1',
    about: withWhom,
    importance: 70,
    // The lead chose the person, the time and how long before: that is no surprise to be rationed.
    overBudget: 'send',
    whenQuiet: 'at-its-hour',
    // For a meeting on the first day back, as the question after it.
    whenPaused: 'wait',
    // As long as the weekend between a Friday evening and a Monday morning; compose knows when it is over.
    usefulUntil: usefulFor({ days: 4 }),
    compose: aboutMeeting(tools, async (step, { person, meeting }, { deliveryId }) => {
      const ends = instantOf(meeting.plannedFor!, step.lead).add({ minutes: person.minutes });
      if (Temporal.Instant.compare(step.now, ends) >= 0) return nothing('over');
      const preparation = await findPreparation(step, person, meeting);
      return { kind: 'say', message: beforeMessage(preparation, step, deliveryId) };
    }),
  },
  {
    kind: 'question',
    name: promptKinds.after,
    title: 'After a 1:1',
    about: withWhom,
    // It is about today, while it is fresh.
    importance: 80,
    overBudget: 'next-working-day',
    whenQuiet: 'wait',
    usefulUntil: usefulFor({ days: 4 }),
    compose: aboutMeeting(tools, async (step, { person, meeting }, { deliveryId }) => ({
      kind: 'say',
      message: afterMessage(person, meeting, step, deliveryId),
    })),
  },
  {
    kind: 'question',
    name: promptKinds.overdue,
    title: 'A 1:1 that is overdue',
    about: async (_trx, personId) => `with ${mention(personId)}`,
    importance: 50,
    overBudget: 'next-working-day',
    whenQuiet: 'wait',
    usefulUntil: usefulFor({ days: 10 }),
    async compose(trx, prompt) {
      const { lead } = prompt;
      const person = await store.findPerson(trx, lead.id, prompt.subject);
      if (!person || person.ended) return nothing('ended');
      const meetings = await store.findMeetings(trx, lead.id, person.id);
      const local = localNow(prompt);
      const today = local.toPlainDate();
      const lastLogged = (await tools.time.lastLogged(trx, lead)).get(person.id);
      const last = lastMet({ lastLogged }, meetings) ?? person.since;
      if (!isOverdue(person, last, today)) return nothing('not-overdue');
      const next = nextMeeting(meetings, local)?.plannedFor;
      if (next && today.until(next.toPlainDate()).days < nearDays) {
        return { kind: 'later', at: instantOf(next.add({ days: 1 }), lead), why: 'one is near' };
      }
      const offers = await findOffers(stepOf(tools, { ...prompt, trx }), person);
      return { kind: 'say', message: overdueMessage(offers, prompt, prompt.deliveryId) };
    },
  },
  {
    kind: 'notice',
    name: backKind,
    title: 'Somebody who is back',
    usefulUntil: usefulFor({ weeks: 4 }),
    async compose(trx, { lead, subject }) {
      const person = await store.findPerson(trx, lead.id, subject);
      return person?.ended ? { kind: 'say', message: isBack(person) } : nothing('they meet again');
    },
  },
  {
    kind: 'errand',
    name: promptKinds.invitation,
    title: 'Asking the other one for points',
    usefulUntil: usefulFor({ days: 3 }),
    async toWhom(trx, { leadId, subject }) {
      const meeting = await store.findMeeting(trx, leadId, subject);
      return meeting && (await store.findPerson(trx, leadId, meeting.personId))?.name;
    },
    compose: aboutMeeting(tools, async (step, { person, meeting }) => {
      const { lead, now } = step;
      if (lead.leftAt) return nothing('the lead has left');
      if (!person.invites || !tools.sealer.available) return nothing('not-invited');
      if (lead.pausedUntil && Temporal.Instant.compare(lead.pausedUntil, now) > 0) return nothing('paused');
      if (Temporal.Instant.compare(instantOf(meeting.plannedFor!, lead), now) <= 0) return nothing('over');
      const points = await findOpenPoints(step, person.id, person.id);
      return { kind: 'say', message: invitation({ lead, person, meeting, points }, now) };
    }),
  },
];

/** Of a meeting. */
async function withWhom(trx: Tenant, meetingId: string, leadId: string): Promise<string | undefined> {
  const meeting = await store.findMeeting(trx, leadId, meetingId);
  return meeting && `with ${mention(meeting.personId)}`;
}

/** What to say about a meeting while it is still planned with somebody the lead meets. */
const aboutMeeting =
  (
    tools: OneOnOneTools,
    say: (step: OneOnOneStep, found: Found, prompt: DuePrompt) => Promise<Composition>,
  ): PromptKind['compose'] =>
  async (trx, prompt) => {
    const { lead, subject } = prompt;
    const meeting = await store.findMeeting(trx, lead.id, subject);
    if (meeting?.state !== 'planned' || !meeting.plannedFor) return nothing(meeting?.state ?? 'gone');
    const person = await store.findPerson(trx, lead.id, meeting.personId);
    if (!person || person.ended) return nothing('ended');
    return say(stepOf(tools, { ...prompt, trx }), { person, meeting }, prompt);
  };
