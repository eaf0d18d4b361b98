// The doors of the timeline: adding a line, changing it, taking it out and putting it back.

import { readData } from '../../slack/actions.ts';
import type { ActionRequest, Doors } from '../../slack/doors.ts';
import { page } from '../../slack/forms.ts';
import type { Access } from './postmortems.access.ts';
import * as actions from './postmortems.actions.ts';
import * as forms from './postmortems.forms.ts';
import * as steps from './postmortems.steps.ts';
import * as store from './postmortems.store.ts';
import { isRead, mostEntries } from './postmortems.ts';
import * as views from './postmortems.views.ts';

export function listenForTimeline(doors: Doors, { opened, openedBy, opens }: Access): void {
  opens.action(actions.addEntry, async ({ lead, now }, postmortem) => {
    const when = forms.momentText(postmortem.startedAt ?? now, lead.timeZone);
    return { form: forms.entryForm({ postmortem, choices: [], when, text: '', ...forms.fresh }) };
  });

  opens.action(actions.entries, async ({ trx, tools, lead }, postmortem) => {
    const timeline = await store.findTimeline(trx, tools, postmortem.id);
    return timeline.length === 0
      ? { message: views.gone() }
      : { form: forms.entriesForm(postmortem, timeline, lead.timeZone) };
  });

  doors.action(actions.changeEntry, (request) => {
    const { id, entryId } = request.carried;
    const inMenu = entryId === undefined ? readData(actions.entriesForm, request.form?.data) : undefined;
    const change = openedBy(
      () => inMenu?.id ?? id,
      async ({ trx, tools, lead }, postmortem) => {
        const wanted = entryId ?? id;
        const entry = (await store.findTimeline(trx, tools, postmortem.id)).find((one) => one.id === wanted);
        if (!entry) return { message: views.entryStale() };
        const form = forms.formOfEntry(postmortem, entry, lead.timeZone);
        return request.form ? { changeForm: form } : { form };
      },
    );
    return change(request);
  });

  doors.submission(
    actions.entryForm,
    openedBy(
      ({ data, values }) => data.id ?? values.choice(forms.entryFields.which),
      async (visit, postmortem, { data, values }) => {
        const { trx, tools, lead, now } = visit;
        const reader = { zone: lead.timeZone, now };
        const reading = forms.readEntry(values, data, postmortem, reader);
        if (reading.kind === 'refused') return { errors: reading.errors };
        const timeline = await store.findTimeline(trx, tools, postmortem.id);
        const entry = timeline.find((one) => one.id === data.entryId);
        if (data.entryId && !entry) return { message: views.entryStale() };
        const findings = isRead(postmortem) ? forms.unsettled(reading.text, data.seen) : [];
        if (findings.length > 0) {
          const when = values.text(forms.entryFields.when);
          const again = { ...data, postmortem, choices: [], entry, when, text: reading.text, findings };
          return { changeForm: forms.entryForm({ ...again, round: data.round + 1 }) };
        }
        // Changed means taken out and put in anew, so that how it read is kept; only one of two who change it can take it out.
        if (data.entryId && !(await store.moveEntry(trx, postmortem.id, data.entryId, now)))
          return { message: views.entryStale() };
        const added = await steps.addNote(visit, {
          id: postmortem.id,
          at: reading.at,
          text: reading.text,
          link: data.link ?? null,
        });
        if (added.kind !== 'added')
          return { message: added.kind === 'full' ? views.full(mostEntries) : views.gone() };
        await steps.ask(visit, postmortem.id, data.asks);
        return {
          message: views.noted(added.postmortem, added.entry, true),
          redraw: steps.redrawOf(tools, postmortem.id),
        };
      },
    ),
  );

  const moves = (removed: boolean) =>
    opened(async (visit, postmortem, request: ActionRequest<typeof actions.removeEntry>) => {
      const { trx, tools, now } = visit;
      const { entryId } = request.carried;
      if (!(await store.moveEntry(trx, postmortem.id, entryId, removed ? now : null)))
        return { replace: views.entryStale() };
      await steps.touched(visit, postmortem, ['timeline']);
      return {
        ...(request.form && { changeForm: page('Taken out', views.entryRemovedPage) }),
        replace: removed ? views.entryRemoved(postmortem, entryId) : views.entryRestored(postmortem),
        redraw: steps.redrawOf(tools, postmortem.id),
      };
    });
  doors.action(actions.removeEntry, moves(true));
  doors.action(actions.restoreEntry, moves(false));
}
