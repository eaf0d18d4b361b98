// The doors from draft to closed: who facilitates, the states, the review, and what is taken on.

import { z } from 'zod';
import type { Doors } from '../../slack/doors.ts';
import { atClock, localDay } from '../../time/days.ts';
import { type Desk, fresh, idData, parseJson, unsettled } from './postmortems.desk.ts';
import * as forms from './postmortems.forms.ts';
import * as course from './postmortems.steps.ts';
import { nameOf, statuses } from './postmortems.ts';
import * as views from './postmortems.views.ts';

export function listenForReview(doors: Doors, desk: Desk): void {
  const { ids } = views;
  const { tools, visited, findOpen, redraw } = desk;

  doors.click(ids.facilitate, (request) =>
    visited(request, request.channelId, async (trx, visit) => {
      const [id, facilitatorId] = parseJson(request.value, z.tuple([z.string(), z.string()])) ?? ['', ''];
      const postmortem = await findOpen(trx, id, visit);
      if (!postmortem) return { replace: views.gone() };
      const changed = await course.changeFacts(
        trx,
        tools,
        { id, facts: { facilitatorId }, personId: visit.lead.id },
        visit.now,
      );
      return changed
        ? { replace: views.facilitatorSet(changed), redraw: redraw(id) }
        : { replace: views.gone() };
    }),
  );
  // State, review, sharing.

  doors.click(ids.status, (request) =>
    visited(request, request.channelId, async (trx, visit) => {
      const shape = z.tuple([z.string(), z.enum(statuses), z.enum(statuses)]);
      const step = parseJson(request.value, shape);
      const postmortem = step && (await findOpen(trx, step[0], visit));
      if (!step || !postmortem) return { message: views.gone() };
      const [id, from, to] = step;
      const moved = await course.moveTo(trx, tools, { id, from, to }, visit.now);
      if (moved.kind === 'gone') return { message: views.gone() };
      return {
        message:
          moved.kind === 'moved'
            ? views.statusChanged(moved.postmortem)
            : views.staleStatus(moved.postmortem),
        redraw: redraw(id),
      };
    }),
  );

  doors.click(ids.review, (request) =>
    visited(request, request.channelId, async (trx, visit) => {
      const postmortem = await findOpen(trx, request.value, visit);
      if (!postmortem) return { message: views.gone() };
      const { reviewBy } = await course.findWhole(trx, tools, postmortem);
      const form = forms.reviewForm(postmortem, reviewBy, visit.lead.timeZone);
      return { form: { ...form, data: { id: postmortem.id, channel: visit.channelId } } };
    }),
  );

  doors.form(ids.reviewForm, (request) => {
    const data = idData.safeParse(request.data).data;
    return visited(request, data?.channel, async (trx, visit) => {
      const { lead, now } = visit;
      const postmortem = await findOpen(trx, data?.id ?? '', visit);
      if (!postmortem) return { message: views.gone() };
      const [day, time] = [
        request.values.day(forms.reviewFields.day),
        request.values.time(forms.reviewFields.time),
      ];
      if (day && !time) return { errors: { [forms.reviewFields.time]: 'Choose a time.' } };
      const reading = day && time ? atClock(day, time, lead.timeZone) : undefined;
      if (reading?.kind === 'in-a-gap')
        return { errors: { [forms.reviewFields.time]: forms.timeTrouble['in-a-gap'] } };
      if (reading && Temporal.Instant.compare(reading.instant, now) <= 0) {
        return { errors: { [forms.reviewFields.day]: 'That has passed. Choose a moment ahead.' } };
      }
      const planned = await course.planReview(trx, tools, postmortem, reading?.instant ?? null, now);
      return { message: views.reviewPlanned(planned, now), redraw: redraw(planned.id) };
    });
  });
  // Commitments.

  doors.click(ids.commit, (request) =>
    visited(request, request.channelId, async (trx, visit) => {
      const postmortem = await findOpen(trx, request.value, visit);
      if (!postmortem) return { message: views.gone() };
      const due = forms.suggestedDue(postmortem, localDay(visit.now, visit.lead.timeZone));
      return { form: forms.commitForm({ postmortem, what: '', who: undefined, due, ...fresh(visit) }) };
    }),
  );

  doors.form(ids.commitForm, async (request) => {
    const data = forms.wordedData.safeParse(request.data).data;
    if (data?.form !== 'commit') return {};
    const { who, due } = forms.commitFields;
    const words = forms.wordsField(data);
    const [what, ownerId, day] = [
      request.values.text(words),
      request.values.person(who),
      request.values.day(due),
    ];
    if (!ownerId) {
      return { errors: { [who]: 'Choose one person; what belongs to everybody is done by nobody.' } };
    }
    if (!day) return { errors: { [due]: 'Choose a day.' } };
    // Slack is asked before the transaction begins.
    const owner = await request.profile(ownerId);
    return visited(request, data.channel, async (trx, visit) => {
      const postmortem = await findOpen(trx, data.id, visit);
      if (!postmortem) return { message: views.gone() };
      const findings = unsettled(what, data.seen);
      if (findings.length > 0) {
        const state = { ...data, postmortem, what, who: ownerId, due: day, findings, round: data.round + 1 };
        return { changeForm: forms.commitForm(state) };
      }
      const added = await tools.commitments.add(
        trx,
        { workspaceId: visit.lead.workspaceId, leadId: visit.lead.id },
        { ...course.sourceOf(postmortem), words: `post-mortem ${nameOf(postmortem)}` },
        [{ owner: { id: owner.id, name: owner.name, timeZone: owner.timeZone }, what, due: day }],
        visit.now,
      );
      if (added.kind === 'refused') {
        return {
          errors:
            added.field === 'due'
              ? { [due]: 'Choose a day from today on, within two years.' }
              : { [words]: commitTrouble(added) },
        };
      }
      await course.touched(trx, tools, postmortem, visit.lead.id, ['follow-ups'], visit.now);
      return { message: views.takenOn(what, owner.id), redraw: redraw(postmortem.id) };
    });
  });
}

function commitTrouble(added: { why: string; most?: number }): string {
  switch (added.why) {
    case 'no-words':
      return 'Say what will be done.';
    case 'too-long':
      return 'At most 500 characters, please.';
    default:
      return `There are ${added.most ?? 'enough'} open ones from here already. Close one first, or write this down as an idea.`;
  }
}
