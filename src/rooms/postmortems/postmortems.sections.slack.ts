// The doors of the sections: writing one, earlier versions, and two people who write at once.

import { z } from 'zod';
import type { Doors } from '../../slack/doors.ts';
import { channelData, type Desk, fresh, isRead, parseJson, unsettled } from './postmortems.desk.ts';
import * as forms from './postmortems.forms.ts';
import * as course from './postmortems.steps.ts';
import * as store from './postmortems.store.ts';
import { isSectionId, sectionKind } from './postmortems.ts';
import * as views from './postmortems.views.ts';

export function listenForSections(doors: Doors, desk: Desk): void {
  const { ids } = views;
  const { tools, visited, findOpen, redraw } = desk;

  doors.click(ids.section, (request) =>
    visited(request, request.channelId, async (trx, visit) => {
      const [id, section] = parseJson(request.value, z.tuple([z.string(), z.string()])) ?? ['', ''];
      const postmortem = await findOpen(trx, id, visit);
      if (!postmortem || !isSectionId(section)) return { message: views.gone() };
      const now =
        (await store.findSections(trx, tools, id)).find((one) => one.id === section) ??
        store.emptySection(section);
      return {
        form: forms.sectionForm({
          postmortem,
          section,
          version: now.version,
          text: now.text,
          ...fresh(visit),
        }),
      };
    }),
  );

  doors.form(ids.sectionForm, (request) => {
    const data = forms.wordedData.safeParse(request.data).data;
    if (data?.form !== 'section') return Promise.resolve({});
    return visited(request, data.channel, async (trx, visit) => {
      const { lead, now } = visit;
      const postmortem = await findOpen(trx, data.id, visit);
      if (!postmortem) return { message: views.gone() };
      const text = request.values.text(forms.wordsField(data));
      const findings = isRead(postmortem) ? unsettled(text, data.seen) : [];
      if (findings.length > 0) {
        return {
          changeForm: forms.sectionForm({ ...data, postmortem, text, findings, round: data.round + 1 }),
        };
      }
      const { id, section, version } = data;
      const written = await course.writeSection(
        trx,
        tools,
        { id, section, version, text, personId: lead.id },
        now,
      );
      switch (written.kind) {
        case 'gone':
          return { message: views.gone() };
        case 'newer':
          return {
            changeForm: forms.sectionForm({
              ...data,
              postmortem,
              text,
              version: written.theirs.version,
              theirs: written.theirs,
              findings: [],
              round: data.round + 1,
            }),
          };
        case 'saved': {
          if (section === 'factors') {
            const factors = forms.readFactors(request.values, data.factors ?? [], written.postmortem.factors);
            await store.saveStanding(trx, id, { factors });
            await store.markOutdated(trx, id, ['lessons']);
          }
          const title = sectionKind(section).title;
          return { message: views.saved(written.postmortem, `“${title}”`), redraw: redraw(id) };
        }
      }
    });
  });

  // Their newer words first, then those typed here; saving goes on from their version.
  doors.click(ids.mine, (request) => {
    const data = forms.wordedData.safeParse(request.form?.data).data;
    if (!request.form || data?.form !== 'section') return Promise.resolve({});
    const mine = request.form.values.text(forms.wordsField(data));
    return visited(request, data.channel, async (trx, visit) => {
      const postmortem = await findOpen(trx, data.id, visit);
      if (!postmortem) return { message: views.gone() };
      const theirs = (await store.findSections(trx, tools, data.id)).find(({ id }) => id === data.section);
      const text = [theirs?.text ?? '', mine].filter((part) => part !== '').join('\n');
      return {
        changeForm: forms.sectionForm({
          ...data,
          postmortem,
          text,
          version: theirs?.version ?? 0,
          findings: [],
          round: data.round + 1,
        }),
      };
    });
  });

  doors.click(ids.history, (request) => {
    const channel = forms.wordedData.safeParse(request.form?.data).data?.channel ?? request.channelId;
    return visited(request, channel, async (trx, visit) => {
      const [id, section] = parseJson(request.value, z.tuple([z.string(), z.string()])) ?? ['', ''];
      const postmortem = await findOpen(trx, id, visit);
      if (!postmortem || !isSectionId(section)) return { message: views.gone() };
      const history = await store.findHistory(trx, tools, id, section);
      return { form: forms.historyForm(postmortem, section, history, channel) };
    });
  });

  doors.click(ids.restore, (request) => {
    const channel = channelData.safeParse(request.form?.data).data?.channel ?? request.channelId;
    return visited(request, channel, async (trx, visit) => {
      const shape = z.tuple([z.string(), z.string(), z.number()]);
      const [id, section, version] = parseJson(request.value, shape) ?? ['', '', 0];
      const postmortem = await findOpen(trx, id, visit);
      if (!postmortem || !isSectionId(section)) return { message: views.gone() };
      const history = await store.findHistory(trx, tools, id, section);
      const wanted = history.find((one) => one.version === version);
      if (!wanted) return { message: views.gone() };
      const edit = {
        id,
        section,
        version: history[0]?.version ?? 0,
        text: wanted.text,
        personId: visit.lead.id,
      };
      const written = await course.writeSection(trx, tools, edit, visit.now);
      if (written.kind !== 'saved') return { message: views.entryStale() };
      return {
        changeForm: forms.doneForm(
          'Brought back',
          `Version ${version} is how it reads again; what stood there meanwhile is kept as a version too.`,
        ),
        redraw: redraw(id),
      };
    });
  });
}
