// The buttons of the blame check inside forms: use the question, keep the sentence, or go on editing.

import { findBlame, markOf, reworded } from '../../blame/blame.ts';
import { english } from '../../blame/english.ts';
import { readData } from '../../slack/actions.ts';
import type { ActionRequest, Answer, Doors, Handler } from '../../slack/doors.ts';
import type { FormValues } from '../../slack/forms.ts';
import { localDay } from '../../time/days.ts';
import { type Access, openOnes, type Visit } from './postmortems.access.ts';
import * as actions from './postmortems.actions.ts';
import * as forms from './postmortems.forms.ts';
import { type HowToSettle, settleShared } from './postmortems.share.slack.ts';
import * as store from './postmortems.store.ts';
import { longestTitle, type Postmortem, withQuestions } from './postmortems.ts';
import * as views from './postmortems.views.ts';

export function listenForBlame(doors: Doors, access: Access): void {
  /** One sentence is settled, and the form it stands in comes again with what is left. */
  const settles =
    (how: HowToSettle): Handler<ActionRequest<typeof actions.useWording>> =>
    async (request) => {
      const { form, carried } = request;
      const worded = forms.wordedData(form?.data);
      const shared = worded ? undefined : readData(actions.shareForm, form?.data);
      if (!form || (!worded && !shared)) return {};
      const settled = { ...carried, how };
      if (shared) {
        const settle = access.openedBy<typeof request>(
          () => shared.id,
          (visit, postmortem) => settleShared(visit, postmortem, { data: shared, settled }),
        );
        return settle(request);
      }
      const data = worded!;
      const settle = (visit: Visit, postmortem: Postmortem | undefined) =>
        settleWorded(visit, postmortem, { data, values: form.values, settled });
      return data.id === undefined
        ? access.visited<typeof request>((visit) => settle(visit, undefined))(request)
        : access.openedBy<typeof request>(() => data.id, settle)(request);
    };
  doors.action(actions.useWording, settles('use'));
  doors.action(actions.keepSentence, settles('keep'));
  doors.action(actions.editSentence, settles('edit'));
}

async function settleWorded(
  visit: Visit,
  postmortem: Postmortem | undefined,
  pressed: {
    data: forms.WordedData;
    values: FormValues;
    settled: { mark: string; wording?: 'what' | 'how' | undefined; how: HowToSettle };
  },
): Promise<Answer> {
  const { lead, now } = visit;
  const { data, values, settled } = pressed;
  const { mark, how } = settled;
  const typed = values.text(forms.wordsField(data));
  const chosen = findBlame(typed, english).find(({ sentence }) => markOf(sentence) === mark);
  const question = chosen?.[settled.wording ?? 'what'] ?? '';
  const used = how === 'use' && chosen ? reworded(typed, chosen, question) : { text: typed, ask: undefined };
  // Where contributing factors are written, the question stands with them at once.
  const isFactors = data.form === 'section' && data.section === 'factors';
  const text = isFactors ? withQuestions(used.text, used.ask ? [used.ask] : []) : used.text;
  const asks = used.ask && !isFactors ? [...data.asks, used.ask].slice(-actions.mostAsked) : data.asks;
  const kept = how === 'keep' ? [...data.kept, mark].slice(-60) : data.kept;
  // To edit means to have seen them all; what was typed meanwhile stays.
  const findings = how === 'edit' ? [] : forms.unsettled(text, kept);
  const state = { round: data.round + 1, seen: data.seen, kept, asks, findings };
  switch (data.form) {
    case 'section':
      return postmortem
        ? { changeForm: forms.sectionForm({ ...data, ...state, postmortem, text }) }
        : { message: views.gone() };
    case 'entry': {
      const timeline = postmortem ? await store.findTimeline(visit.trx, visit.tools, postmortem.id) : [];
      const entry = timeline.find(({ id }) => id === data.entryId);
      const choices = postmortem ? [] : await openOnes(visit);
      const when = values.text(forms.entryFields.when);
      return { changeForm: forms.entryForm({ ...data, ...state, postmortem, choices, entry, when, text }) };
    }
    case 'commit': {
      if (!postmortem) return { message: views.gone() };
      const due =
        values.day(forms.commitFields.due) ?? forms.suggestedDue(postmortem, localDay(now, lead.timeZone));
      const who = values.person(forms.commitFields.who);
      return { changeForm: forms.commitForm({ ...state, postmortem, what: text, who, due }) };
    }
    case 'facts': {
      const before = postmortem ?? forms.emptyFacts();
      const reading = forms.readFacts(values, data, before, { zone: lead.timeZone, now });
      const read = reading.kind === 'facts' ? reading : { facts: before, place: null };
      const facts = { ...read.facts, title: text.slice(0, longestTitle) };
      const again = { ...data, ...state, postmortem, facts, zone: lead.timeZone, place: read.place };
      return { changeForm: forms.factsForm(again) };
    }
  }
}
