// The buttons of the blame check inside forms: use the question, keep the sentence, or go on editing.

import type { ClickRequest, Doors } from '../../slack/doors.ts';
import { localDay } from '../../time/days.ts';
import { english } from './postmortems.blame.english.ts';
import { findBlame, reworded } from './postmortems.blame.ts';
import type { Desk } from './postmortems.desk.ts';
import * as forms from './postmortems.forms.ts';
import type { SettleShared } from './postmortems.share.slack.ts';
import * as store from './postmortems.store.ts';
import { longestTitle } from './postmortems.ts';
import * as views from './postmortems.views.ts';

export function listenForBlame(doors: Doors, desk: Desk, settleShared: SettleShared): void {
  const { ids } = views;
  const { tools, visited, findOpen, openOnes } = desk;

  // The blame check inside a form: one sentence is settled, and the form comes again with what is left.

  const settle = (how: 'use' | 'keep' | 'edit') => (request: ClickRequest) => {
    const shared = forms.shareData.safeParse(request.form?.data).data;
    const data = forms.wordedData.safeParse(request.form?.data).data;
    if (!request.form) return Promise.resolve({});
    if (!data) return shared ? settleShared(request, shared, how) : Promise.resolve({});
    const { values } = request.form;
    return visited(request, data.channel, async (trx, visit) => {
      const { lead, now } = visit;
      const text = values.text(forms.wordsField(data));
      const found = findBlame(text, english);
      const chosen = found.find(({ sentence }) => forms.markOf(sentence) === request.value);
      const words = request.suffix.startsWith('how') ? chosen?.how : chosen?.what;
      const next = how === 'use' && chosen && words !== undefined ? reworded(text, chosen, words) : text;
      const kept = how === 'keep' ? [...data.kept, request.value].slice(-60) : data.kept;
      // To edit means to have seen them all; what was typed meanwhile stays.
      const left =
        how === 'edit'
          ? []
          : findBlame(next, english)
              .filter(({ sentence }) => !kept.includes(forms.markOf(sentence)))
              .slice(0, 8);
      const state = { round: data.round + 1, seen: data.seen, kept, findings: left, channel: data.channel };
      const postmortem = data.id ? await findOpen(trx, data.id, visit) : undefined;
      if (data.id && !postmortem) return { message: views.gone() };
      switch (data.form) {
        case 'section':
          return postmortem
            ? { changeForm: forms.sectionForm({ ...data, ...state, postmortem, text: next }) }
            : { message: views.gone() };
        case 'entry': {
          const timeline = postmortem ? await store.findTimeline(trx, tools, postmortem.id) : [];
          return {
            changeForm: forms.entryForm({
              ...data,
              ...state,
              postmortem,
              choices: postmortem ? [] : await openOnes(trx, visit),
              entry: timeline.find(({ id }) => id === data.entryId),
              when: values.text(forms.entryFields.when),
              text: next,
            }),
          };
        }
        case 'commit': {
          if (!postmortem) return { message: views.gone() };
          const due =
            values.day(forms.commitFields.due) ??
            forms.suggestedDue(postmortem, localDay(now, lead.timeZone));
          const who = values.person(forms.commitFields.who);
          return { changeForm: forms.commitForm({ ...state, postmortem, what: next, who, due }) };
        }
        case 'facts': {
          const reading = forms.readFacts(values, data, postmortem ?? forms.emptyFacts(), lead.timeZone, now);
          const facts = reading.kind === 'facts' ? reading.facts : (postmortem ?? forms.emptyFacts());
          const place = reading.kind === 'facts' ? reading.place : null;
          return {
            changeForm: forms.factsForm({
              ...data,
              ...state,
              postmortem,
              facts: { ...facts, title: next.slice(0, longestTitle) },
              zone: lead.timeZone,
              place,
            }),
          };
        }
      }
    });
  };
  doors.click(ids.use, settle('use'));
  doors.click(ids.keep, settle('keep'));
  doors.click(ids.editWords, settle('edit'));
}
