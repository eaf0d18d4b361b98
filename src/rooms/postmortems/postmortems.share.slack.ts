// The doors for sharing: a channel or people by name, after everything others will read was looked over.

import { markOf } from '../../blame/blame.ts';
import type { Answer, Doors } from '../../slack/doors.ts';
import { type Access, placeTrouble, type Visit } from './postmortems.access.ts';
import * as actions from './postmortems.actions.ts';
import * as forms from './postmortems.forms.ts';
import * as steps from './postmortems.steps.ts';
import * as store from './postmortems.store.ts';
import { isSectionId, mostPeople, type Postmortem } from './postmortems.ts';
import * as views from './postmortems.views.ts';

export type HowToSettle = 'use' | 'keep' | 'edit';

export function listenForSharing(doors: Doors, { opened, opens }: Access): void {
  opens.action(actions.share, async ({ trx }, postmortem) => {
    const stands = await standsInChannel(trx, postmortem);
    return { form: forms.shareForm(postmortem, { seen: [], kept: [], stands, found: [] }) };
  });

  doors.submission(actions.shareForm, async (request) => {
    const { values, data } = request;
    const wanted = values.channel(forms.shareFields.channel);
    const trouble = await placeTrouble(request, wanted);
    if (trouble) return { errors: { [forms.shareFields.channel]: trouble } };
    const share = opened<typeof request>(async (visit, postmortem) => {
      const stands = await standsInChannel(visit.trx, postmortem);
      const channelId = stands ? null : (wanted ?? null);
      const people = values.people(forms.shareFields.people).filter((id) => !postmortem.people.includes(id));
      const staysPrivate = postmortem.channelId === null && channelId === null;
      if (staysPrivate && postmortem.people.length + people.length > mostPeople)
        return { errors: { [forms.shareFields.people]: views.tooManyPeople } };
      if (channelId === null && people.length === 0)
        return { message: views.shared({ ...postmortem, channelId: null }, []) };
      const found = await steps.pointedAt(visit, postmortem, data.seen);
      if (found.length > 0) return { changeForm: forms.shareForm(postmortem, { ...data, stands, found }) };
      const shared = await steps.shareWith(visit, postmortem, { channelId, people });
      return { message: views.shared(shared, people), redraw: steps.redrawOf(visit.tools, shared.id) };
    });
    return share(request);
  });
}

const standsInChannel = async (trx: Visit['trx'], { id, channelId }: Postmortem): Promise<boolean> =>
  channelId !== null && (await store.stands(trx, id, channelId));

/** Settles one of the sentences that the form for sharing points at. */
export async function settleShared(
  visit: Visit,
  postmortem: Postmortem,
  pressed: {
    data: forms.ShareData;
    settled: {
      mark: string;
      where?: string | undefined;
      wording?: 'what' | 'how' | undefined;
      how: HowToSettle;
    };
  },
): Promise<Answer> {
  const { data, settled } = pressed;
  const { where = '', mark, how } = settled;
  const found = (await steps.pointedAt(visit, postmortem, [])).find(
    (one) => one.where === where && markOf(one.finding.sentence) === mark,
  );
  const kept = how === 'keep' ? [...data.kept, mark].slice(-60) : data.kept;
  /** The form again, with what is left to settle. */
  const again = async (current: Postmortem) =>
    forms.shareForm(current, {
      seen: data.seen,
      kept,
      stands: await standsInChannel(visit.trx, current),
      found: await steps.pointedAt(visit, current, kept),
    });
  if (!found || how === 'keep') return { changeForm: await again(postmortem) };
  if (how === 'edit') {
    const form = await formAt(visit, postmortem, where);
    return form ? { form } : { changeForm: await again(postmortem) };
  }
  const changed = await steps.reword(visit, postmortem, {
    where,
    finding: found.finding,
    question: found.finding[settled.wording ?? 'what'],
  });
  return { changeForm: await again(changed), redraw: steps.redrawOf(visit.tools, postmortem.id) };
}

/** The form in which the words at that place are written; undefined where they are gone. */
async function formAt({ trx, tools, lead }: Visit, postmortem: Postmortem, where: string) {
  if (where === 'title') {
    const state = { postmortem, facts: postmortem, zone: lead.timeZone, place: null };
    return forms.factsForm({ ...state, ...forms.fresh });
  }
  if (isSectionId(where)) {
    const section = (await store.findSections(trx, tools, postmortem.id)).find(({ id }) => id === where);
    if (!section) return undefined;
    const { version, text } = section;
    return forms.sectionForm({ postmortem, section: where, version, text, ...forms.fresh });
  }
  const entry = (await store.findTimeline(trx, tools, postmortem.id)).find(({ id }) => id === where);
  return entry && forms.formOfEntry(postmortem, entry, lead.timeZone);
}
