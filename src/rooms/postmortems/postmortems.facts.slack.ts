// The doors of the facts: starting a post-mortem by form, and changing what is known of the incident.

import type { Doors, Request } from '../../slack/doors.ts';
import { type Desk, fresh, isRead, placeTrouble, unsettled, type Visit } from './postmortems.desk.ts';
import * as forms from './postmortems.forms.ts';
import * as course from './postmortems.steps.ts';
import * as store from './postmortems.store.ts';
import * as views from './postmortems.views.ts';

/** The form that starts one, prefilled; `at` and `entry` make a message its timeline's first line. */
export function startForm(
  visit: Visit,
  facts: ReturnType<typeof forms.emptyFacts>,
  more: { place?: string | null; link?: string | undefined; at?: string; entry?: string },
) {
  const { place = null, ...carried } = more;
  return forms.factsForm({
    postmortem: undefined,
    facts,
    zone: visit.lead.timeZone,
    place,
    ...carried,
    ...fresh(visit),
  });
}

export function listenForFacts(doors: Doors, desk: Desk): void {
  const { ids } = views;
  const { tools, visited, findOpen, redraw } = desk;

  doors.click(ids.start, (request) =>
    visited(request, request.channelId, async (_trx, visit) => ({
      form: startForm(visit, forms.emptyFacts(), {}),
    })),
  );

  doors.click(ids.facts, (request) =>
    visited(request, request.channelId, async (trx, visit) => {
      const postmortem = await findOpen(trx, request.value, visit);
      if (!postmortem) return { message: views.gone() };
      return {
        form: forms.factsForm({
          postmortem,
          facts: postmortem,
          zone: visit.lead.timeZone,
          place: null,
          ...fresh(visit),
        }),
      };
    }),
  );

  const submitFacts = async (
    request: Request & { values: Parameters<typeof forms.readFacts>[0]; data: unknown },
  ) => {
    const data = forms.wordedData.safeParse(request.data).data;
    if (data?.form !== 'facts') return { message: views.gone() };
    const trouble = await placeTrouble(request, request.values.channel(forms.factFields.place));
    if (trouble) return { errors: { [forms.factFields.place]: trouble } };
    return visited(request, data.channel, async (trx, visit) => {
      const { lead, now } = visit;
      const open = data.id ? await findOpen(trx, data.id, visit) : undefined;
      // Whoever else changes them waits, so that what they change is not overwritten.
      const before = open && (await store.lockPostmortem(trx, tools, open.id));
      if (data.id && !before) return { message: views.gone() };
      const reading = forms.readFacts(request.values, data, before ?? forms.emptyFacts(), lead.timeZone, now);
      if (reading.kind === 'refused') return { errors: reading.errors };
      const { facts, place } = reading;
      if (place !== null || (before && isRead(before))) {
        const findings = unsettled(facts.title, data.seen);
        if (findings.length > 0) {
          return {
            changeForm: forms.factsForm({
              ...data,
              postmortem: before,
              facts,
              zone: lead.timeZone,
              place,
              findings,
              round: data.round + 1,
            }),
          };
        }
      }
      if (before) {
        const changed = await course.changeFacts(
          trx,
          tools,
          { id: before.id, facts, personId: lead.id },
          now,
        );
        return changed
          ? { message: views.saved(changed, 'the facts'), redraw: redraw(changed.id) }
          : { message: views.gone() };
      }
      const { postmortem, suggestion } = await course.begin(
        trx,
        tools,
        lead,
        { ...facts, channelId: place },
        now,
      );
      const first = forms.instantOf(data.at);
      if (first && data.entry) {
        const entry = {
          id: postmortem.id,
          at: first,
          text: data.entry,
          link: data.link ?? null,
          personId: lead.id,
        };
        await course.addNote(trx, tools, entry, now);
      }
      return { message: views.started(postmortem, { severity: true, suggestion }) };
    });
  };
  doors.form(ids.startForm, submitFacts);
  doors.form(ids.factsForm, submitFacts);
}
