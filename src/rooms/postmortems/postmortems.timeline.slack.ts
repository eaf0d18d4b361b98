// The doors of the timeline: adding a line, changing it, taking it out and putting it back.

import type { ClickRequest, Doors } from '../../slack/doors.ts';
import { type Desk, fresh, idData, isRead, parseJson, twoIds, unsettled } from './postmortems.desk.ts';
import * as forms from './postmortems.forms.ts';
import * as course from './postmortems.steps.ts';
import * as store from './postmortems.store.ts';
import { mostEntries } from './postmortems.ts';
import * as views from './postmortems.views.ts';

export function listenForTimeline(doors: Doors, desk: Desk): void {
  const { ids } = views;
  const { tools, visited, findOpen, redraw } = desk;

  doors.click(ids.entry, (request) =>
    visited(request, request.channelId, async (trx, visit) => {
      const postmortem = await findOpen(trx, request.value, visit);
      if (!postmortem) return { message: views.gone() };
      const when = forms.momentText(postmortem.startedAt ?? visit.now, visit.lead.timeZone);
      return { form: forms.entryForm({ postmortem, choices: [], when, text: '', ...fresh(visit) }) };
    }),
  );

  doors.click(ids.entries, (request) =>
    visited(request, request.channelId, async (trx, visit) => {
      const postmortem = await findOpen(trx, request.value, visit);
      const timeline = postmortem ? await store.findTimeline(trx, tools, postmortem.id) : [];
      if (!postmortem || timeline.length === 0) return { message: views.gone() };
      const zone = visit.lead.timeZone;
      return { form: forms.entriesForm(postmortem, timeline, zone, visit.channelId) };
    }),
  );

  // From the menu of a form, which knows whose lines they are, or from a button that carries both.
  doors.click(ids.entryChosen, (request) => {
    const data = idData.safeParse(request.form?.data).data;
    return visited(request, data?.channel ?? request.channelId, async (trx, visit) => {
      const [id, entryId] = data ? [data.id, request.value] : (parseJson(request.value, twoIds) ?? ['', '']);
      const postmortem = await findOpen(trx, id, visit);
      if (!postmortem) return { message: views.gone() };
      const entry = (await store.findTimeline(trx, tools, id)).find((one) => one.id === entryId);
      if (!entry) return { message: views.entryStale() };
      const form = forms.entryForm({
        postmortem,
        choices: [],
        entry,
        when: forms.momentText(entry.at, visit.lead.timeZone),
        at: entry.at.toString(),
        link: entry.link ?? undefined,
        text: entry.text,
        ...fresh(visit),
      });
      return request.form ? { changeForm: form } : { form };
    });
  });

  doors.form(ids.entryForm, async (request) => {
    const data = forms.wordedData.safeParse(request.data).data;
    if (data?.form !== 'entry') return {};
    return visited(request, data.channel, async (trx, visit) => {
      const { lead, now } = visit;
      const id = data.id ?? request.values.choice(forms.entryFields.which) ?? '';
      const postmortem = await findOpen(trx, id, visit);
      if (!postmortem) return { message: views.gone() };
      const reading = forms.readEntry(request.values, data, postmortem, lead.timeZone, now);
      if (reading.kind === 'refused') return { errors: reading.errors };
      const timeline = await store.findTimeline(trx, tools, id);
      const entry = timeline.find((one) => one.id === data.entryId);
      if (data.entryId && !entry) return { message: views.entryStale() };
      const findings = isRead(postmortem) ? unsettled(reading.text, data.seen) : [];
      if (findings.length > 0) {
        const when = request.values.text(forms.entryFields.when);
        return {
          changeForm: forms.entryForm({
            ...data,
            postmortem,
            choices: [],
            entry,
            when,
            text: reading.text,
            findings,
            round: data.round + 1,
          }),
        };
      }
      // Changed means taken out and put in anew, so that how it read is kept; only one of two who change it can take it out.
      if (data.entryId && !(await store.moveEntry(trx, id, data.entryId, now)))
        return { message: views.entryStale() };
      const link = data.link ?? null;
      const added = await course.addNote(
        trx,
        tools,
        { id, at: reading.at, text: reading.text, link, personId: lead.id },
        now,
      );
      if (added.kind !== 'added')
        return { message: added.kind === 'full' ? views.full(mostEntries) : views.gone() };
      return { message: views.noted(added.postmortem, added.entry, true), redraw: redraw(id) };
    });
  });

  const moveEntry = (removed: boolean) => (request: ClickRequest) => {
    const channel = forms.wordedData.safeParse(request.form?.data).data?.channel ?? request.channelId;
    return visited(request, channel, async (trx, visit) => {
      const [id, entryId] = parseJson(request.value, twoIds) ?? ['', ''];
      const postmortem = await findOpen(trx, id, visit);
      if (!postmortem) return { replace: views.gone() };
      if (!(await store.moveEntry(trx, id, entryId, removed ? visit.now : null))) {
        return { replace: views.entryStale() };
      }
      await course.touched(trx, tools, postmortem, visit.lead.id, ['timeline'], visit.now);
      const words = removed ? views.entryRemoved(postmortem, entryId) : views.entryRestored(postmortem);
      return {
        ...(request.form && { changeForm: forms.doneForm('Taken out', 'The line is out of the timeline.') }),
        replace: words,
        redraw: redraw(id),
      };
    });
  };
  doors.click(ids.entryGone, moveEntry(true));
  doors.click(ids.entryBack, moveEntry(false));
}
