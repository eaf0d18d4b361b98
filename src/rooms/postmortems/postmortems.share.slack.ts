// The doors for sharing: a channel or people by name, after everything others will read was looked over.

import { z } from 'zod';
import type { Tenant } from '../../db/tenancy.ts';
import type { Answer, ClickRequest, Doors } from '../../slack/doors.ts';
import { english } from './postmortems.blame.english.ts';
import { findBlame, reworded } from './postmortems.blame.ts';
import { type Desk, fresh, isRead, parseJson, placeTrouble } from './postmortems.desk.ts';
import * as forms from './postmortems.forms.ts';
import * as course from './postmortems.steps.ts';
import * as store from './postmortems.store.ts';
import {
  isSectionId,
  longestNote,
  longestTitle,
  mostPeople,
  type Postmortem,
  sectionKind,
} from './postmortems.ts';
import * as views from './postmortems.views.ts';

/** Settles one of the sentences that the form for sharing points at. */
export type SettleShared = (
  request: ClickRequest,
  data: z.infer<typeof forms.shareData>,
  how: 'use' | 'keep' | 'edit',
) => Promise<Answer>;

export function listenForSharing(doors: Doors, desk: Desk): SettleShared {
  const { ids } = views;
  const { tools, visited, findOpen, redraw } = desk;

  doors.click(ids.share, (request) =>
    visited(request, request.channelId, async (trx, visit) => {
      const postmortem = await findOpen(trx, request.value, visit);
      if (!postmortem) return { message: views.gone() };
      return {
        form: forms.shareForm(postmortem, {
          seen: [],
          kept: [],
          stands: await standsInChannel(trx, postmortem),
          found: [],
          channel: visit.channelId,
        }),
      };
    }),
  );

  const standsInChannel = async (trx: Tenant, { id, channelId }: Postmortem): Promise<boolean> =>
    channelId !== null && (await store.stands(trx, id, channelId));

  /** Everything a reader will see, with what points at somebody in it and was not settled yet. */
  async function pointedAt(
    trx: Tenant,
    postmortem: Postmortem,
    seen: readonly string[],
  ): Promise<forms.PlacedFinding[]> {
    // What others read already was checked when it was written.
    if (isRead(postmortem)) return [];
    const words = [
      { where: 'title', whereWords: 'Title', text: postmortem.title },
      ...(await store.findSections(trx, tools, postmortem.id)).map(({ id, text }) => ({
        where: id as string,
        whereWords: sectionKind(id).title,
        text,
      })),
      ...(await store.findTimeline(trx, tools, postmortem.id)).map(({ id, text }) => ({
        where: id,
        whereWords: 'Timeline',
        text,
      })),
    ];
    return words.flatMap(({ where, whereWords, text }) =>
      findBlame(text, english)
        .filter(({ sentence }) => !seen.includes(forms.markOf(sentence)))
        .map((finding) => ({ where, whereWords, finding })),
    );
  }

  async function settleShared(
    request: ClickRequest,
    data: z.infer<typeof forms.shareData>,
    how: 'use' | 'keep' | 'edit',
  ): Promise<Answer> {
    return visited(request, data.channel, async (trx, visit) => {
      const { lead, now } = visit;
      const postmortem = await findOpen(trx, data.id, visit);
      const [where, mark] = parseJson(request.value, z.tuple([z.string(), z.string()])) ?? ['', ''];
      if (!postmortem) return { message: views.gone() };
      const found = (await pointedAt(trx, postmortem, [])).find(
        (one) => one.where === where && forms.markOf(one.finding.sentence) === mark,
      );
      const kept = how === 'keep' ? [...data.kept, mark].slice(-60) : data.kept;
      /** The form again, with what is left to settle. */
      const again = async (current: Postmortem) => {
        const left = (await pointedAt(trx, current, [])).filter(
          ({ finding }) => !kept.includes(forms.markOf(finding.sentence)),
        );
        return forms.shareForm(current, {
          seen: data.seen,
          kept,
          stands: await standsInChannel(trx, current),
          found: left,
          channel: data.channel,
        });
      };
      if (!found || how === 'keep') return { changeForm: await again(postmortem) };
      const section = isSectionId(where)
        ? (await store.findSections(trx, tools, postmortem.id)).find(({ id }) => id === where)
        : undefined;
      if (how === 'edit') {
        if (section) {
          const { version, text } = section;
          return {
            form: forms.sectionForm({ postmortem, section: section.id, version, text, ...fresh(visit) }),
          };
        }
        if (where === 'title') {
          return {
            form: forms.factsForm({
              postmortem,
              facts: postmortem,
              zone: lead.timeZone,
              place: null,
              ...fresh(visit),
            }),
          };
        }
        const entry = (await store.findTimeline(trx, tools, postmortem.id)).find(({ id }) => id === where);
        if (!entry) return { changeForm: await again(postmortem) };
        const when = forms.momentText(entry.at, lead.timeZone);
        return {
          form: forms.entryForm({
            postmortem,
            choices: [],
            entry,
            when,
            at: entry.at.toString(),
            link: entry.link ?? undefined,
            text: entry.text,
            ...fresh(visit),
          }),
        };
      }
      const words = request.suffix.startsWith('how') ? found.finding.how : found.finding.what;
      if (section) {
        const text = reworded(section.text, found.finding, words);
        await course.writeSection(
          trx,
          tools,
          { id: postmortem.id, section: section.id, version: section.version, text, personId: lead.id },
          now,
        );
      } else if (where === 'title') {
        const facts = {
          title: reworded(postmortem.title, found.finding, words).slice(0, longestTitle),
        };
        await course.changeFacts(trx, tools, { id: postmortem.id, facts, personId: lead.id }, now);
      } else {
        const entry = (await store.findTimeline(trx, tools, postmortem.id)).find(({ id }) => id === where);
        if (entry && (await store.moveEntry(trx, postmortem.id, entry.id, now))) {
          const text = reworded(entry.text, found.finding, words).slice(0, longestNote);
          await course.addNote(trx, tools, { ...entry, id: postmortem.id, text, personId: lead.id }, now);
        }
      }
      const changed = (await store.findPostmortem(trx, tools, postmortem.id)) ?? postmortem;
      return {
        changeForm: await again(changed),
        redraw: redraw(postmortem.id),
      };
    });
  }

  doors.form(ids.shareForm, async (request) => {
    const data = forms.shareData.safeParse(request.data).data;
    const trouble = await placeTrouble(request, request.values.channel(forms.shareFields.channel));
    if (trouble) return { errors: { [forms.shareFields.channel]: trouble } };
    return visited(request, data?.channel, async (trx, visit) => {
      const { lead, now } = visit;
      const postmortem = await findOpen(trx, data?.id ?? '', visit);
      if (!postmortem || !data) return { message: views.gone() };
      const stands = await standsInChannel(trx, postmortem);
      const channelId = stands ? null : (request.values.channel(forms.shareFields.channel) ?? null);
      const invited = request.values
        .people(forms.shareFields.people)
        .filter((id) => !postmortem.people.includes(id));
      if (
        postmortem.people.length + invited.length > mostPeople &&
        postmortem.channelId === null &&
        channelId === null
      ) {
        return {
          errors: {
            [forms.shareFields.people]:
              `At most ${mostPeople} people share a private one. A channel holds everybody.`,
          },
        };
      }
      if (channelId === null && invited.length === 0)
        return { message: views.shared({ ...postmortem, channelId: null }, []) };
      const found = await pointedAt(trx, postmortem, data.seen);
      if (found.length > 0) return { changeForm: forms.shareForm(postmortem, { ...data, stands, found }) };
      const shared = await course.shareWith(
        trx,
        tools,
        postmortem,
        { channelId, people: invited },
        lead.id,
        now,
      );
      return { message: views.shared(shared, invited), redraw: redraw(shared.id) };
    });
  });

  return settleShared;
}
