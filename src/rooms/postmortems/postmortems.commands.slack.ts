// `/postmortem` in all its forms: reading the line, the blame check before it reaches others, and what is shown.

import { z } from 'zod';
import type { Tenant } from '../../db/tenancy.ts';
import type { Answer, Doors, Request } from '../../slack/doors.ts';
import { english } from './postmortems.blame.english.ts';
import { type BlameFinding, findBlame, reworded } from './postmortems.blame.ts';
import {
  type Desk,
  fresh,
  inPlace,
  isRead,
  parseJson,
  placeTrouble,
  type Visit,
} from './postmortems.desk.ts';
import { toMarkdown } from './postmortems.export.ts';
import { startForm } from './postmortems.facts.slack.ts';
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
import * as course from './postmortems.steps.ts';
import * as store from './postmortems.store.ts';
import { trendsOf } from './postmortems.trends.ts';
import { mostEntries, nameOf, type Postmortem } from './postmortems.ts';
import * as views from './postmortems.views.ts';

export function listenForCommands(doors: Doors, desk: Desk): void {
  const { ids } = views;
  const { tools, visited, findOpen, atHand, redraw } = desk;

  /** `kept`: the blame check is over; whoever wrote it has decided. */
  const typed = async (
    request: Request & { channelId: string | undefined },
    text: string,
    kept = false,
  ): Promise<Answer> => {
    const trouble = await placeTrouble(request, placeIn(text, request));
    if (trouble) return { message: views.notStarted(trouble) };
    return visited(request, request.channelId, async (trx, visit) => {
      const { lead, now, channelId } = visit;
      const writer = { now, zone: lead.timeZone, channelId: channelId ?? '' };
      const command = parsePostmortemCommand(text, writer);
      return answerCommand(trx, command, text, visit, kept);
    });
  };

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
      const findings = findBlame(draft.title, english);
      if (findings.length > 0) return lineFindings(findings, line, typedDraft.title, visit);
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
      const findings = findBlame(text, english);
      if (findings.length > 0) return lineFindings(findings, line, command.text, visit);
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

  /** The same line three times: its first sentence reworded in two ways, and as it is. */
  function lineFindings(
    findings: readonly BlameFinding[],
    line: string,
    words: string,
    { channelId }: Visit,
  ): Answer {
    const [finding] = findings;
    if (!finding) return {};
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
      message: views.lineFindings(findings, {
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
    // Reworded, the rest of the line is looked over as well; kept, all of it is.
    const kept = request.suffix === 'mine';
    return inPlace(await typed({ ...request, channelId: channelId || undefined }, line, kept));
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
    const document = toMarkdown(await course.findWhole(trx, tools, postmortem));
    if (document.length <= views.longestMarkdown) return { message: views.markdown(postmortem, document) };
    const blocks = views.markdownBlocks(postmortem, document);
    return { form: { callbackId: ids.sectionForm, title: 'As Markdown', blocks } };
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
}

/** The channel a new post-mortem is to stand in. Which one that is depends on no time zone. */
function placeIn(text: string, request: Request & { channelId: string | undefined }): string | undefined {
  const writer = { now: request.now, zone: 'UTC', channelId: request.channelId ?? '' };
  const command = parsePostmortemCommand(text, writer);
  return command.kind === 'start' ? (command.draft.channelId ?? undefined) : undefined;
}

/** Angle brackets and ampersands as Slack would have sent them, for a line that is read once more. */
const asTyped = (words: string): string => words.replaceAll(',', ' ');
