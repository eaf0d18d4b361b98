// The doors of the facts: starting a post-mortem by form, and changing what is known of the incident.

import type { Answer, Doors, Handler, SubmissionRequest } from '../../slack/doors.ts';
import { type Access, placeTrouble, type Visit } from './postmortems.access.ts';
import * as actions from './postmortems.actions.ts';
import * as forms from './postmortems.forms.ts';
import * as steps from './postmortems.steps.ts';
import * as store from './postmortems.store.ts';
import { isRead, type Postmortem } from './postmortems.ts';
import * as views from './postmortems.views.ts';

/** The form that starts one, prefilled; `at` and `entry` make a message its timeline's first line. */
export const startForm = (
  { lead }: Visit,
  facts: ReturnType<typeof forms.emptyFacts>,
  more: { place?: string | null; link?: string | undefined; at?: string; entry?: string } = {},
) =>
  forms.factsForm({
    postmortem: undefined,
    facts,
    zone: lead.timeZone,
    place: null,
    ...more,
    ...forms.fresh,
  });

type Submission = SubmissionRequest<typeof actions.factsForm>;

export function listenForFacts(doors: Doors, { opened, opens, visited, visits }: Access): void {
  visits.action(actions.start, async (visit) => ({ form: startForm(visit, forms.emptyFacts()) }));
  opens.action(actions.facts, async ({ lead }, postmortem) => {
    const state = { postmortem, facts: postmortem, zone: lead.timeZone, place: null };
    return { form: forms.factsForm({ ...state, ...forms.fresh }) };
  });

  const starts = visited((visit, request: Submission) => keepFacts(visit, undefined, request));
  const changes = opened((visit, postmortem, request: Submission) => keepFacts(visit, postmortem, request));
  const submitted: Handler<Submission> = async (request) => {
    const trouble = await placeTrouble(request, request.values.channel(forms.factFields.place));
    if (trouble) return { errors: { [forms.factFields.place]: trouble } };
    return request.data.id === undefined ? starts(request) : changes(request);
  };
  doors.submission(actions.startForm, submitted);
  doors.submission(actions.factsForm, submitted);
}

async function keepFacts(
  visit: Visit,
  open: Postmortem | undefined,
  { values, data }: Submission,
): Promise<Answer> {
  const { trx, tools, lead, now } = visit;
  // Whoever else changes them waits, so that what they change is not overwritten.
  const before = open && (await store.lockPostmortem(trx, tools, open.id));
  if (open && !before) return { message: views.gone() };
  const reader = { zone: lead.timeZone, now };
  const reading = forms.readFacts(values, data, before ?? forms.emptyFacts(), reader);
  if (reading.kind === 'refused') return { errors: reading.errors };
  const { facts, place } = reading;
  const findings =
    place !== null || (before && isRead(before)) ? forms.unsettled(facts.title, data.seen) : [];
  if (findings.length > 0) {
    const again = { ...data, postmortem: before, facts, zone: lead.timeZone, place, findings };
    return { changeForm: forms.factsForm({ ...again, round: data.round + 1 }) };
  }
  if (before) {
    const changed = await steps.changeFacts(visit, { id: before.id, facts });
    await steps.ask(visit, before.id, data.asks);
    return changed
      ? {
          message: views.saved(changed, 'the facts', data.asks.length),
          redraw: steps.redrawOf(tools, changed.id),
        }
      : { message: views.gone() };
  }
  const { postmortem, suggestion } = await steps.begin(visit, { ...facts, channelId: place });
  const at = forms.instantOf(data.at);
  if (at && data.entry) {
    await steps.addNote(visit, { id: postmortem.id, at, text: data.entry, link: data.link ?? null });
  }
  await steps.ask(visit, postmortem.id, data.asks);
  return { message: views.started(postmortem, { severity: true, suggestion }) };
}
