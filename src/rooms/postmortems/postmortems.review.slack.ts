// The doors from draft to closed: who facilitates, the states, the review, and what is taken on.

import type { Carried } from '../../slack/actions.ts';
import type { Answer, Doors } from '../../slack/doors.ts';
import { atClock, localDay } from '../../time/days.ts';
import type { Access, Visit } from './postmortems.access.ts';
import * as actions from './postmortems.actions.ts';
import * as forms from './postmortems.forms.ts';
import * as steps from './postmortems.steps.ts';
import * as store from './postmortems.store.ts';
import { missingBefore } from './postmortems.ts';
import * as views from './postmortems.views.ts';

export function listenForReview(doors: Doors, { opened, opens }: Access): void {
  opens.action(actions.facilitate, async (visit, { id }, { carried: { facilitatorId } }) => {
    const changed = await steps.changeFacts(visit, { id, facts: { facilitatorId } });
    return changed
      ? { replace: views.facilitatorSet(changed), redraw: steps.redrawOf(visit.tools, id) }
      : { replace: views.gone() };
  });

  doors.action(actions.takeOver, async (request) => {
    if ((await request.profile(request.personId)).guest) return { message: views.notForGuests() };
    const take = opened<typeof request>(async (visit, postmortem) => {
      const taken = await steps.takeOver(visit, postmortem);
      const { id } = visit.lead;
      return taken
        ? { replace: views.takenOver(postmortem, id), redraw: steps.redrawOf(visit.tools, postmortem.id) }
        : { replace: views.ledAlready(postmortem) };
    });
    return take(request);
  });

  const move = async (visit: Visit, to: Carried<typeof actions.moveTo>): Promise<Answer> => {
    const moved = await steps.moveTo(visit, to);
    if (moved.kind === 'gone') return { message: views.gone() };
    if (moved.kind === 'empty') return { message: views.nothingToReview(moved.postmortem) };
    const words = moved.kind === 'moved' ? views.statusChanged : views.staleStatus;
    return { message: words(moved.postmortem), redraw: steps.redrawOf(visit.tools, to.id) };
  };
  opens.action(actions.moveTo, async (visit, postmortem, { carried }) => {
    const sections = await store.findSections(visit.trx, visit.tools, postmortem.id);
    // One with nothing at all in it is not asked about: it is refused.
    const isRefused =
      postmortem.status !== carried.from ||
      (carried.to === 'in-review' && (await steps.isEmpty(visit, postmortem.id)));
    const missing = isRefused ? undefined : missingBefore(postmortem, carried.to, sections);
    return missing ? { form: forms.moveToForm(postmortem, carried, missing) } : move(visit, carried);
  });
  opens.submission(actions.moveToForm, (visit, _postmortem, { data }) => move(visit, data));

  opens.action(actions.review, async (visit, postmortem) => {
    const { reviewBy } = await steps.findWhole(visit, postmortem);
    return { form: forms.reviewForm(postmortem, reviewBy, visit.lead.timeZone) };
  });
  opens.submission(actions.reviewForm, async (visit, postmortem, { values }) => {
    const { lead, now, tools } = visit;
    const day = values.day(forms.reviewFields.day);
    const time = values.time(forms.reviewFields.time);
    if (day && !time) return { errors: { [forms.reviewFields.time]: views.reviewProblems.noTime } };
    const reading = day && time ? atClock(day, time, lead.timeZone) : undefined;
    if (reading?.kind === 'in-a-gap')
      return { errors: { [forms.reviewFields.time]: forms.timeTrouble['in-a-gap'] } };
    if (reading && Temporal.Instant.compare(reading.instant, now) <= 0) {
      return { errors: { [forms.reviewFields.day]: views.reviewProblems.past } };
    }
    const planned = await steps.planReview(visit, postmortem, reading?.instant ?? null);
    return { message: views.reviewPlanned(planned, now), redraw: steps.redrawOf(tools, planned.id) };
  });

  opens.action(actions.commit, async ({ lead, now }, postmortem) => {
    const due = forms.suggestedDue(postmortem, localDay(now, lead.timeZone));
    return { form: forms.commitForm({ postmortem, what: '', who: undefined, due, ...forms.fresh }) };
  });
  doors.submission(actions.commitForm, async (request) => {
    const { values, data } = request;
    const { who, due } = forms.commitFields;
    const words = forms.wordsField(data);
    const what = values.text(words);
    const day = values.day(due);
    const ownerId = values.person(who);
    if (!ownerId) return { errors: { [who]: views.commitProblems.noOwner } };
    if (!day) return { errors: { [due]: views.commitProblems.noDay } };
    // Slack is asked before the transaction begins.
    const owner = await request.profile(ownerId);
    const takeOn = opened(async (visit, postmortem) => {
      const findings = forms.unsettled(what, data.seen);
      if (findings.length > 0) {
        const again = { ...data, postmortem, what, who: ownerId, due: day, findings };
        return { changeForm: forms.commitForm({ ...again, round: data.round + 1 }) };
      }
      const added = await steps.takeOn(visit, postmortem, { owner, what, due: day });
      if (added.kind === 'refused') {
        return {
          errors: { [added.field === 'due' ? due : words]: views.commitTrouble(added) },
        };
      }
      await steps.ask(visit, postmortem.id, data.asks);
      return {
        message: views.takenOn(what, owner.id),
        redraw: steps.redrawOf(visit.tools, postmortem.id),
      };
    });
    return takeOn(request);
  });
}
