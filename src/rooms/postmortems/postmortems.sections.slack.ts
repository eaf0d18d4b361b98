// The doors of the sections: writing one, earlier versions, and two people who write at once.

import { readData } from '../../slack/actions.ts';
import type { Doors } from '../../slack/doors.ts';
import { page } from '../../slack/forms.ts';
import type { Access, Visit } from './postmortems.access.ts';
import * as actions from './postmortems.actions.ts';
import * as forms from './postmortems.forms.ts';
import * as steps from './postmortems.steps.ts';
import * as store from './postmortems.store.ts';
import { isRead, mayRemove, type SectionId, sectionKind } from './postmortems.ts';
import * as views from './postmortems.views.ts';

const sectionOf = async ({ trx, tools }: Visit, id: string, section: SectionId) =>
  (await store.findSections(trx, tools, id)).find((one) => one.id === section) ?? store.emptySection(section);

export function listenForSections(doors: Doors, { openedBy, opens }: Access): void {
  opens.action(actions.writeSection, async (visit, postmortem, { carried: { section } }) => {
    const { version, text } = await sectionOf(visit, postmortem.id, section);
    return { form: forms.sectionForm({ postmortem, section, version, text, ...forms.fresh }) };
  });

  opens.submission(actions.sectionForm, async (visit, postmortem, { values, data }) => {
    const { trx, tools } = visit;
    const { id, section, version } = data;
    const text = values.text(forms.wordsField(data));
    const again = { ...data, postmortem, text, round: data.round + 1 };
    const findings = isRead(postmortem) ? forms.unsettled(text, data.seen) : [];
    if (findings.length > 0) return { changeForm: forms.sectionForm({ ...again, findings }) };
    const written = await steps.writeSection(visit, { id, section, version, text });
    switch (written.kind) {
      case 'gone':
        return { message: views.gone() };
      case 'newer': {
        const { theirs } = written;
        const newer = { ...again, version: theirs.version, theirs, findings: [] };
        return { changeForm: forms.sectionForm(newer) };
      }
      case 'saved': {
        if (section === 'factors') {
          const factors = forms.readFactors(values, data.factors ?? [], written.postmortem.factors);
          await store.updatePostmortem(trx, id, { factors });
          await store.markOutdated(trx, id, ['lessons']);
        }
        await steps.ask(visit, id, data.asks);
        return {
          message: views.saved(written.postmortem, `“${sectionKind(section).title}”`, data.asks.length),
          redraw: steps.redrawOf(tools, id),
        };
      }
    }
  });

  // Their newer words first, then those typed here; saving goes on from their version.
  doors.action(actions.belowTheirs, (request) => {
    const data = readData(actions.sectionForm, request.form?.data);
    const merge = openedBy(
      () => data?.id,
      async (visit, postmortem) => {
        if (!request.form || !data) return {};
        const mine = request.form.values.text(forms.wordsField(data));
        const theirs = await sectionOf(visit, data.id, data.section);
        const text = [theirs.text, mine].filter((part) => part !== '').join('\n');
        const again = { ...data, postmortem, text, version: theirs.version, findings: [] };
        return { changeForm: forms.sectionForm({ ...again, round: data.round + 1 }) };
      },
    );
    return merge(request);
  });

  opens.action(actions.history, async ({ trx, tools, lead }, postmortem, { carried: { section } }) => {
    const history = await store.findHistory(trx, tools, postmortem.id, section);
    return { form: forms.historyForm(postmortem, section, history, lead.id) };
  });

  opens.action(actions.removeVersion, async ({ trx, tools, lead }, { id }, { carried }) => {
    const postmortem = await store.lockPostmortem(trx, tools, id);
    const { section, version } = carried;
    const history = await store.findHistory(trx, tools, id, section);
    const wanted = history.find((one) => one.version === version);
    // The latest is what the document says: it is changed, not deleted.
    if (!postmortem || !wanted || wanted === history[0] || !mayRemove(postmortem, wanted, lead.id))
      return { message: views.gone() };
    await store.removeVersion(trx, id, carried);
    const left = history.filter((one) => one !== wanted);
    return { changeForm: forms.historyForm(postmortem, section, left, lead.id) };
  });

  opens.action(actions.restore, async (visit, { id }, { carried: { section, version } }) => {
    const { trx, tools } = visit;
    const history = await store.findHistory(trx, tools, id, section);
    const wanted = history.find((one) => one.version === version);
    if (!wanted) return { message: views.gone() };
    const latest = history[0]?.version ?? 0;
    const written = await steps.writeSection(visit, { id, section, version: latest, text: wanted.text });
    if (written.kind !== 'saved') return { message: views.entryStale() };
    return {
      changeForm: page('Brought back', views.broughtBack(version)),
      redraw: steps.redrawOf(tools, id),
    };
  });
}
