// The doors of this room: `/postmortem` in all its forms, the buttons of its messages, its forms, and two message shortcuts.

import { z } from 'zod';
import { needsKeys } from '../db/sealed.ts';
import type { Tenant } from '../db/tenancy.ts';
import type { Lead } from '../leads/leads.ts';
import type { Shortcut, SlashCommand } from '../room.ts';
import { say } from '../slack/blocks.ts';
import type { Answer, Doors, Request } from '../slack/doors.ts';
import type { Block } from '../slack/message.ts';
import { atClock, localDay } from '../time/days.ts';
import { english } from './postmortems.blame.english.ts';
import { type BlameFinding, findBlame, reworded } from './postmortems.blame.ts';
import * as course from './postmortems.course.ts';
import { toMarkdown } from './postmortems.export.ts';
import * as forms from './postmortems.forms.ts';
import { timelineInstant } from './postmortems.parse.times.ts';
import {
  type PostmortemCommand,
  parsePostmortemCommand,
  plainWords,
  type StartDraft,
  withNames,
} from './postmortems.parse.ts';
import { refused } from './postmortems.refusals.ts';
import { searchIn } from './postmortems.search.ts';
import * as store from './postmortems.store.ts';
import { trendsOf } from './postmortems.trends.ts';
import {
  isSectionId,
  longestNote,
  longestTitle,
  mayOpen,
  mostEntries,
  mostPeople,
  nameOf,
  type Postmortem,
  sectionKind,
  statuses,
} from './postmortems.ts';
import * as views from './postmortems.views.ts';

export const commands: SlashCommand[] = [
  {
    command: '/postmortem',
    usageHint: 'checkout was down, sev1, 09:12-09:37 today',
    description: 'Start a post-mortem; note, list, search, trends, show and export go on from there',
  },
];

export const shortcuts: Shortcut[] = [
  {
    name: 'Start a post-mortem',
    type: 'message',
    callback_id: views.ids.shortcutStart,
    description: 'Look back on an incident without blame, beginning with this message',
  },
  {
    name: 'Add to the timeline',
    type: 'message',
    callback_id: views.ids.shortcutEntry,
    description: 'Put this message into a post-mortem’s timeline, at the time it was posted',
  },
];

/** Who knocked, where from, and whether the blame check is still to be made. */
interface Visit {
  lead: Lead;
  now: Temporal.Instant;
  channelId: string | undefined;
}

export function listen(doors: Doors, tools: course.PostmortemTools): void {
  const { ids } = views;

  /** Whoever knocked, and `work` in one transaction that counts once; a note for somebody new goes underneath. */
  async function visited(
    request: Request,
    channelId: string | undefined,
    work: (trx: Tenant, visit: Visit) => Promise<Answer>,
  ): Promise<Answer> {
    if (!tools.sealer.available) return { message: say(needsKeys) };
    const { lead, note } = await tools.leads.meet(request);
    const answer = await request.once((trx) => work(trx, { lead, now: request.now, channelId }));
    return answer.message ? { ...answer, message: withNote(answer.message, note) } : answer;
  }

  const findOpen = async (
    trx: Tenant,
    id: string,
    { lead, channelId }: Visit,
  ): Promise<Postmortem | undefined> => {
    const found = await store.findPostmortem(trx, tools, id);
    return found && mayOpen(found, lead.id, channelId) ? found : undefined;
  };

  /** The one somebody means: by its number, else the latest open one here, else the latest open one of theirs. */
  async function atHand(
    trx: Tenant,
    number: number | undefined,
    visit: Visit,
  ): Promise<Postmortem | undefined> {
    const found = await store.findOpenTo(trx, tools, visit.lead.id, visit.channelId);
    if (number !== undefined) return found.find((one) => one.number === number);
    const open = found.filter(({ status }) => status !== 'closed');
    return open.find(({ channelId }) => channelId !== null && channelId === visit.channelId) ?? open[0];
  }

  /** Which post-mortem a form is about. */
  const idData = z.object({ id: z.string(), channel: z.string().optional() });
  /** The channel a form was opened from. */
  const channelData = z.object({ channel: z.string().optional() });

  const redraw = (id: string) => course.redrawOf(tools, id);

  // Commands.

  /** `kept`: the blame check is over; whoever wrote it has decided. */
  const typed = (
    request: Request & { channelId: string | undefined },
    text: string,
    kept = false,
  ): Promise<Answer> =>
    visited(request, request.channelId, async (trx, visit) => {
      const { lead, now, channelId } = visit;
      const writer = { now, zone: lead.timeZone, channelId: channelId ?? '' };
      const command = parsePostmortemCommand(text, writer);
      return answerCommand(trx, command, text, visit, kept);
    });

  async function answerCommand(
    trx: Tenant,
    command: PostmortemCommand,
    text: string,
    visit: Visit,
    kept: boolean,
  ): Promise<Answer> {
    const { lead, now, channelId } = visit;
    const reader = { zone: lead.timeZone, now };
    switch (command.kind) {
      case 'form':
        return { form: startForm(visit, forms.emptyFacts(), {}) };
      case 'start':
        return start(trx, command.draft, text, visit, kept);
      case 'note':
        return note(trx, command, text, visit, kept);
      case 'list': {
        const found = await store.findOpenTo(trx, tools, lead.id, channelId);
        return { message: found.length > 0 ? views.list(found, reader) : views.noneYet() };
      }
      case 'search': {
        const found: views.Hit[] = [];
        for (const postmortem of await store.findOpenTo(trx, tools, lead.id, channelId)) {
          const hit = searchIn(
            {
              postmortem,
              sections: await store.findSections(trx, tools, postmortem.id),
              timeline: await store.findTimeline(trx, tools, postmortem.id),
            },
            command.words,
          );
          if (hit) found.push(hit);
        }
        return { message: views.hits(found, command.words) };
      }
      case 'trends':
        return views.trends(
          trendsOf(await store.findOpenTo(trx, tools, lead.id, channelId), lead.timeZone, now),
        );
      case 'show':
      case 'export': {
        const found = await atHand(trx, command.number, visit);
        if (!found)
          return { message: command.number === undefined ? views.noneYet() : views.noSuch(command.number) };
        return command.kind === 'show' ? show(trx, found) : markdown(trx, found);
      }
      case 'help':
        return { message: views.help() };
      case 'refused':
        return { message: refused(command.problems) };
    }
  }

  async function start(
    trx: Tenant,
    typedDraft: StartDraft,
    line: string,
    visit: Visit,
    kept: boolean,
  ): Promise<Answer> {
    const draft = { ...typedDraft, title: withNames(typedDraft.title) };
    if (draft.channelId !== null && !kept) {
      const [finding] = findBlame(draft.title, english);
      if (finding) return lineFindings(finding, line, typedDraft.title, visit);
    }
    const { postmortem, suggestion } = await course.begin(trx, tools, visit.lead, draft, visit.now);
    return { message: views.started(postmortem, { severity: draft.severity !== null, suggestion }) };
  }

  async function note(
    trx: Tenant,
    command: Extract<PostmortemCommand, { kind: 'note' }>,
    line: string,
    visit: Visit,
    kept: boolean,
  ): Promise<Answer> {
    const { lead, now } = visit;
    const postmortem = await atHand(trx, command.number, visit);
    if (!postmortem)
      return { message: command.number === undefined ? views.noneOpen() : views.noSuch(command.number) };
    const text = withNames(command.text);
    if (isRead(postmortem) && !kept) {
      const [finding] = findBlame(text, english);
      if (finding) return lineFindings(finding, line, command.text, visit);
    }
    const at = command.moment
      ? timelineInstant(command.moment, postmortem, lead.timeZone, now)
      : { kind: 'instant' as const, at: now };
    if (at.kind === 'refused') return { message: refused([{ why: 'time', text: '', problem: at.why }]) };
    const added = await course.addNote(
      trx,
      tools,
      { id: postmortem.id, at: at.at, text, link: null, personId: lead.id },
      now,
    );
    if (added.kind !== 'added')
      return { message: added.kind === 'full' ? views.full(mostEntries) : views.gone() };
    return {
      message: views.noted(added.postmortem, added.entry, command.moment !== undefined),
      redraw: redraw(postmortem.id),
    };
  }

  /** A button's value holds 2,000 characters. */
  const longestLine = 1_800;

  /** The same line three times: reworded twice, and as it is. */
  function lineFindings(finding: BlameFinding, line: string, words: string, { channelId }: Visit): Answer {
    const value = (text: string) => JSON.stringify([channelId ?? '', text.slice(0, longestLine)]);
    const plainLine = plainWords(line);
    const at = plainLine.indexOf(words);
    const replaced = (by: string) =>
      value(
        at < 0
          ? plainLine
          : plainLine.slice(0, at) +
              asTyped(reworded(words, finding, by)) +
              plainLine.slice(at + words.length),
      );
    return {
      message: views.lineFindings(finding, {
        what: replaced(finding.what),
        how: replaced(finding.how),
        mine: value(plainLine),
      }),
    };
  }

  doors.command('/postmortem', (request) => typed(request, request.text));

  const lineValue = z.tuple([z.string(), z.string()]);
  doors.click(ids.line, async (request) => {
    const [channelId, line] = parseJson(request.value, lineValue) ?? ['', ''];
    return inPlace(await typed({ ...request, channelId: channelId || undefined }, line, true));
  });
  doors.click(ids.lineEdit, (request) => {
    const [channelId, line] = parseJson(request.value, lineValue) ?? ['', ''];
    return visited(request, channelId || undefined, async (trx, visit) => {
      const { lead, now } = visit;
      const command = parsePostmortemCommand(line, { now, zone: lead.timeZone, channelId });
      if (command.kind === 'start') {
        const { title, severity, channelId: place, ...facts } = command.draft;
        return {
          form: startForm(
            visit,
            { ...forms.emptyFacts(withNames(title)), ...facts, severity: severity ?? course.usualSeverity },
            { place },
          ),
        };
      }
      if (command.kind !== 'note') return { message: views.noneOpen() };
      const postmortem = await atHand(trx, command.number, visit);
      if (!postmortem) return { message: views.noneOpen() };
      const at = command.moment ? timelineInstant(command.moment, postmortem, lead.timeZone, now) : undefined;
      const when = forms.momentText(at?.kind === 'instant' ? at.at : now, lead.timeZone);
      return {
        form: forms.entryForm({
          postmortem,
          choices: [],
          when,
          text: withNames(command.text),
          ...fresh(visit),
        }),
      };
    });
  });

  // Starting one, and its facts.

  const fresh = ({ channelId }: Visit) => ({
    round: 0,
    seen: [],
    kept: [],
    findings: [],
    channel: channelId,
  });

  function startForm(
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

  /** Sentences that nobody has settled yet, as many as a form shows. Private words are checked when they are shared. */
  const unsettled = (text: string, seen: readonly string[]): BlameFinding[] =>
    findBlame(text, english)
      .filter(({ sentence }) => !seen.includes(forms.markOf(sentence)))
      .slice(0, 8);

  const submitFacts = (
    request: Request & { values: Parameters<typeof forms.readFacts>[0]; data: unknown },
  ) => {
    const data = forms.wordedData.safeParse(request.data).data;
    if (data?.form !== 'facts') return Promise.resolve({ message: views.gone() });
    return visited(request, data.channel, async (trx, visit) => {
      const { lead, now } = visit;
      const before = data.id ? await findOpen(trx, data.id, visit) : undefined;
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

  doors.click(ids.facilitate, (request) =>
    visited(request, request.channelId, async (trx, visit) => {
      const [id, facilitatorId] = parseJson(request.value, z.tuple([z.string(), z.string()])) ?? ['', ''];
      const postmortem = await findOpen(trx, id, visit);
      if (!postmortem) return { replace: views.gone() };
      const changed = await course.changeFacts(
        trx,
        tools,
        { id, facts: { ...postmortem, facilitatorId }, personId: visit.lead.id },
        visit.now,
      );
      return changed
        ? { replace: views.facilitatorSet(changed), redraw: redraw(id) }
        : { replace: views.gone() };
    }),
  );

  // Sections.

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
            const factors = forms.readFactors(request.values);
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

  // The blame check inside a form: one sentence is settled, and the form comes again with what is left.

  const settle =
    (how: 'use' | 'keep' | 'edit') => (request: Parameters<Parameters<Doors['click']>[1]>[0]) => {
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
            const reading = forms.readFacts(
              values,
              data,
              postmortem ?? forms.emptyFacts(),
              lead.timeZone,
              now,
            );
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

  // The timeline.

  const openOnes = async (trx: Tenant, { lead, channelId }: Visit): Promise<Postmortem[]> => {
    const found = await store.findOpenTo(trx, tools, lead.id, channelId);
    const open = found.filter(({ status }) => status !== 'closed');
    return [
      ...open.filter((one) => one.channelId === channelId),
      ...open.filter((one) => one.channelId !== channelId),
    ];
  };

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

  const entryValue = z.tuple([z.string(), z.string()]);

  // From the menu of a form, which knows whose lines they are, or from a button that carries both.
  doors.click(ids.entryChosen, (request) => {
    const data = idData.safeParse(request.form?.data).data;
    return visited(request, data?.channel ?? request.channelId, async (trx, visit) => {
      const [id, entryId] = data
        ? [data.id, request.value]
        : (parseJson(request.value, entryValue) ?? ['', '']);
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

  const moveEntry = (removed: boolean) => (request: Parameters<Parameters<Doors['click']>[1]>[0]) => {
    const channel = forms.wordedData.safeParse(request.form?.data).data?.channel ?? request.channelId;
    return visited(request, channel, async (trx, visit) => {
      const [id, entryId] = parseJson(request.value, entryValue) ?? ['', ''];
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

  // State, review, sharing.

  doors.click(ids.status, (request) =>
    visited(request, request.channelId, async (trx, visit) => {
      const shape = z.tuple([z.string(), z.enum(statuses), z.enum(statuses)]);
      const step = parseJson(request.value, shape);
      const postmortem = step && (await findOpen(trx, step[0], visit));
      if (!step || !postmortem) return { message: views.gone() };
      const [id, from, to] = step;
      const moved = await course.moveTo(trx, tools, { id, from, to }, visit.now);
      if (moved.kind === 'gone') return { message: views.gone() };
      return {
        message:
          moved.kind === 'moved'
            ? views.statusChanged(moved.postmortem)
            : views.staleStatus(moved.postmortem),
        redraw: redraw(id),
      };
    }),
  );

  doors.click(ids.review, (request) =>
    visited(request, request.channelId, async (trx, visit) => {
      const postmortem = await findOpen(trx, request.value, visit);
      if (!postmortem) return { message: views.gone() };
      const { reviewBy } = await course.findWhole(trx, tools, postmortem);
      const form = forms.reviewForm(postmortem, reviewBy, visit.lead.timeZone);
      return { form: { ...form, data: { id: postmortem.id, channel: visit.channelId } } };
    }),
  );

  doors.form(ids.reviewForm, (request) => {
    const data = idData.safeParse(request.data).data;
    return visited(request, data?.channel, async (trx, visit) => {
      const { lead, now } = visit;
      const postmortem = await findOpen(trx, data?.id ?? '', visit);
      if (!postmortem) return { message: views.gone() };
      const [day, time] = [
        request.values.day(forms.reviewFields.day),
        request.values.time(forms.reviewFields.time),
      ];
      if (day && !time) return { errors: { [forms.reviewFields.time]: 'Choose a time.' } };
      const reading = day && time ? atClock(day, time, lead.timeZone) : undefined;
      if (reading?.kind === 'in-a-gap')
        return { errors: { [forms.reviewFields.time]: forms.timeTrouble['in-a-gap'] } };
      if (reading && Temporal.Instant.compare(reading.instant, now) <= 0) {
        return { errors: { [forms.reviewFields.day]: 'That has passed. Choose a moment ahead.' } };
      }
      const planned = await course.planReview(trx, tools, postmortem, reading?.instant ?? null, now);
      return { message: views.reviewPlanned(planned), redraw: redraw(planned.id) };
    });
  });

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
    request: Parameters<Parameters<Doors['click']>[1]>[0],
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
          ...postmortem,
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

  doors.form(ids.shareForm, (request) => {
    const data = forms.shareData.safeParse(request.data).data;
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

  // Commitments.

  doors.click(ids.commit, (request) =>
    visited(request, request.channelId, async (trx, visit) => {
      const postmortem = await findOpen(trx, request.value, visit);
      if (!postmortem) return { message: views.gone() };
      const due = forms.suggestedDue(postmortem, localDay(visit.now, visit.lead.timeZone));
      return { form: forms.commitForm({ postmortem, what: '', who: undefined, due, ...fresh(visit) }) };
    }),
  );

  doors.form(ids.commitForm, async (request) => {
    const data = forms.wordedData.safeParse(request.data).data;
    if (data?.form !== 'commit') return {};
    const { who, due } = forms.commitFields;
    const words = forms.wordsField(data);
    const [what, ownerId, day] = [
      request.values.text(words),
      request.values.person(who),
      request.values.day(due),
    ];
    if (!ownerId) {
      return { errors: { [who]: 'Choose one person; what belongs to everybody is done by nobody.' } };
    }
    if (!day) return { errors: { [due]: 'Choose a day.' } };
    // Slack is asked before the transaction begins.
    const owner = await request.profile(ownerId);
    return visited(request, data.channel, async (trx, visit) => {
      const postmortem = await findOpen(trx, data.id, visit);
      if (!postmortem) return { message: views.gone() };
      const findings = unsettled(what, data.seen);
      if (findings.length > 0) {
        const state = { ...data, postmortem, what, who: ownerId, due: day, findings, round: data.round + 1 };
        return { changeForm: forms.commitForm(state) };
      }
      const added = await tools.commitments.add(
        trx,
        { workspaceId: visit.lead.workspaceId, leadId: visit.lead.id },
        { ...course.sourceOf(postmortem), words: `post-mortem ${nameOf(postmortem)}` },
        [{ owner: { id: owner.id, name: owner.name, timeZone: owner.timeZone }, what, due: day }],
        visit.now,
      );
      if (added.kind === 'refused') {
        return {
          errors:
            added.field === 'due'
              ? { [due]: 'Choose a day from today on, within two years.' }
              : { [words]: commitTrouble(added) },
        };
      }
      await course.touched(trx, tools, postmortem, visit.lead.id, ['follow-ups'], visit.now);
      return { message: views.takenOn(what, owner.id), redraw: redraw(postmortem.id) };
    });
  });

  // Reading and sending on.

  async function show(trx: Tenant, postmortem: Postmortem): Promise<Answer> {
    return {
      form: {
        callbackId: ids.sectionForm,
        title: nameOf(postmortem),
        blocks: views.wholeBlocks(await course.findWhole(trx, tools, postmortem)),
      },
    };
  }

  async function markdown(trx: Tenant, postmortem: Postmortem): Promise<Answer> {
    return {
      message: views.markdown(postmortem, toMarkdown(await course.findWhole(trx, tools, postmortem))),
    };
  }

  doors.click(ids.show, (request) =>
    visited(request, request.channelId, async (trx, visit) => {
      const postmortem = await findOpen(trx, request.value, visit);
      return postmortem ? show(trx, postmortem) : { message: views.gone() };
    }),
  );

  doors.click(ids.markdown, (request) =>
    visited(request, request.channelId, async (trx, visit) => {
      const postmortem = await findOpen(trx, request.value, visit);
      return postmortem ? markdown(trx, postmortem) : { message: views.gone() };
    }),
  );

  // Shortcuts: a message, stamped when it was posted, with its link. Slack is asked before the transaction begins.

  async function messageOf(request: Parameters<Parameters<Doors['shortcut']>[1]>[0]) {
    const { message, channelId } = request;
    if (!message || !channelId) return undefined;
    const mentioned = [
      ...new Set([...message.text.matchAll(/<@([A-Z0-9]{1,64})>/g)].map(([, id]) => id!)),
    ].slice(0, 5);
    const names = new Map<string, string>();
    for (const id of mentioned) names.set(id, (await request.profile(id)).name);
    const words = withNames(plainWords(message.text), names);
    return {
      text: words.length > longestNote ? `${words.slice(0, longestNote - 1)}…` : words,
      at: Temporal.Instant.fromEpochMilliseconds(Math.round(Number(message.ts) * 1000)),
      link: await request.permalink(channelId, message.ts),
    };
  }

  doors.shortcut(ids.shortcutEntry, async (request) => {
    const message = await messageOf(request);
    if (!message) return { message: views.gone() };
    return visited(request, request.channelId, async (trx, visit) => {
      const choices = await openOnes(trx, visit);
      if (choices.length === 0) return { message: views.noneOpen() };
      const when = forms.momentText(message.at, visit.lead.timeZone);
      const { text, link } = message;
      return {
        form: forms.entryForm({
          postmortem: undefined,
          choices,
          when,
          at: message.at.toString(),
          link,
          text,
          ...fresh(visit),
        }),
      };
    });
  });

  doors.shortcut(ids.shortcutStart, async (request) => {
    const message = await messageOf(request);
    return visited(request, request.channelId, async (_trx, visit) => {
      if (!message) return { form: startForm(visit, forms.emptyFacts(), {}) };
      const [title = ''] = message.text.split(/(?<=[.!?])\s|\n/u);
      const facts = { ...forms.emptyFacts(title.slice(0, longestTitle)), detectedAt: message.at };
      return {
        form: startForm(visit, facts, { at: message.at.toString(), link: message.link, entry: message.text }),
      };
    });
  });
}

/** Whether anybody but its owner can read it. */
const isRead = ({ channelId, people, ownerId }: Postmortem): boolean =>
  channelId !== null || people.some((id) => id !== ownerId);

/** Angle brackets and ampersands as Slack would have sent them, for a line that is read once more. */
const asTyped = (words: string): string => words.replaceAll(',', ' ');

function commitTrouble(added: { why: string; most?: number }): string {
  switch (added.why) {
    case 'no-words':
      return 'Say what will be done.';
    case 'too-long':
      return 'At most 500 characters, please.';
    default:
      return `There are ${added.most ?? 'enough'} open ones from here already. Close one first, or write this down as an idea.`;
  }
}

/** The answer to a click on a message takes that message's place, so that its buttons don't mislead any more. */
const inPlace = ({ message, ...rest }: Answer): Answer => ({ ...rest, ...(message && { replace: message }) });

const withNote = (words: NonNullable<Answer['message']>, note: Block[]): NonNullable<Answer['message']> =>
  note.length === 0 ? words : { text: words.text, blocks: [...words.blocks, ...note].slice(0, 50) };

function parseJson<T>(text: string, shape: z.ZodType<T>): T | undefined {
  try {
    return shape.safeParse(JSON.parse(text)).data;
  } catch {
    // What came back is no JSON: an old or forged button, which finds nothing.
    return undefined;
  }
}
