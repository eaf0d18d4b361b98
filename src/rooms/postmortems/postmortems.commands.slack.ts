// `/postmortem` in all its forms: reading the line, the blame check before it reaches others, and what is shown.

import { type BlameFinding, findBlame, reworded } from '../../blame/blame.ts';
import { english } from '../../blame/english.ts';
import { type Answer, type Doors, inPlace, type Request } from '../../slack/doors.ts';
import { page } from '../../slack/forms.ts';
import { type Access, atHand, placeTrouble, type Visit } from './postmortems.access.ts';
import * as actions from './postmortems.actions.ts';
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
import * as steps from './postmortems.steps.ts';
import * as store from './postmortems.store.ts';
import { trendsOf } from './postmortems.trends.ts';
import { isRead, mostEntries, nameOf, type Postmortem } from './postmortems.ts';
import * as views from './postmortems.views.ts';

type Typed = Request & { channelId: string | undefined };

/**
 * A line as somebody typed it. `kept`: the blame check is over; whoever wrote it has decided. `asks`: what it left to
 * be asked.
 */
interface Line {
  text: string;
  kept: boolean;
  asks: string[];
}

export function listenForCommands(doors: Doors, { opens, visited, visits }: Access): void {
  const typed = async (request: Typed, line: Line): Promise<Answer> => {
    const trouble = await placeTrouble(request, placeIn(line.text, request));
    if (trouble) return { message: views.notStarted(trouble) };
    return visited<Typed>((visit) => answerCommand(visit, readLine(line.text, visit), line))(request);
  };

  doors.command('/postmortem', (request) => typed(request, { text: request.text, kept: false, asks: [] }));

  // Reworded, the rest of the line is looked over as well; kept, all of it is.
  doors.action(actions.typedLine, async (request) => {
    const { line: text, how, asks } = request.carried;
    return inPlace(await typed(request, { text, kept: how === 'mine', asks }));
  });
  visits.action(actions.editTypedLine, (visit, { carried }) => editLine(visit, carried.line));

  opens.action(actions.show, show);
  opens.action(actions.markdown, markdown);
}

const readLine = (text: string, { now, lead, channelId = '' }: Visit): PostmortemCommand =>
  parsePostmortemCommand(text, { now, zone: lead.timeZone, channelId });

/** The channel a new post-mortem is to stand in. Which one that is depends on no time zone. */
function placeIn(text: string, { now, channelId = '' }: Typed): string | undefined {
  const command = parsePostmortemCommand(text, { now, zone: 'UTC', channelId });
  return command.kind === 'start' ? (command.draft.channelId ?? undefined) : undefined;
}

async function answerCommand(visit: Visit, command: PostmortemCommand, line: Line): Promise<Answer> {
  const { trx, tools, lead, now, channelId } = visit;
  switch (command.kind) {
    case 'form':
      return { form: startForm(visit, forms.emptyFacts()) };
    case 'start':
      return start(visit, command.draft, line);
    case 'note':
      return note(visit, command, line);
    case 'list': {
      const found = await store.findOpenTo(trx, tools, lead.id, channelId);
      const reader = { zone: lead.timeZone, now };
      return { message: found.length > 0 ? views.list(found, reader) : views.noneYet() };
    }
    case 'search':
      return { message: views.hits(await search(visit, command.words), command.words) };
    case 'trends': {
      const found = await store.findOpenTo(trx, tools, lead.id, channelId);
      return views.trends(trendsOf(found, lead.timeZone, now));
    }
    case 'show':
    case 'export': {
      const { kind, number } = command;
      const found = await atHand(visit, number);
      if (!found) return { message: number === undefined ? views.noneYet() : views.noSuch(number) };
      return kind === 'show' ? show(visit, found) : markdown(visit, found);
    }
    case 'help':
      return { message: views.help() };
    case 'refused':
      return { message: refused(command.problems) };
  }
}

async function search({ trx, tools, lead, channelId }: Visit, words: string): Promise<views.Hit[]> {
  const found: views.Hit[] = [];
  for (const postmortem of await store.findOpenTo(trx, tools, lead.id, channelId)) {
    const sections = await store.findSections(trx, tools, postmortem.id);
    const timeline = await store.findTimeline(trx, tools, postmortem.id);
    const hit = searchIn({ postmortem, sections, timeline }, words);
    if (hit) found.push(hit);
  }
  return found;
}

async function start(visit: Visit, typedDraft: StartDraft, line: Line): Promise<Answer> {
  const draft = { ...typedDraft, title: withNames(typedDraft.title) };
  const findings = draft.channelId === null || line.kept ? [] : findBlame(draft.title, english);
  if (findings.length > 0) return pointAt(findings, line, typedDraft.title, visit);
  const { postmortem, suggestion } = await steps.begin(visit, draft);
  await steps.ask(visit, postmortem.id, line.asks);
  return { message: views.started(postmortem, { severity: draft.severity !== null, suggestion }) };
}

async function note(
  visit: Visit,
  { number, text: words, moment }: Extract<PostmortemCommand, { kind: 'note' }>,
  line: Line,
): Promise<Answer> {
  const { tools, lead, now } = visit;
  const postmortem = await atHand(visit, number);
  if (!postmortem) return { message: number === undefined ? views.noneOpen() : views.noSuch(number) };
  const text = withNames(words);
  const findings = isRead(postmortem) && !line.kept ? findBlame(text, english) : [];
  if (findings.length > 0) return pointAt(findings, line, words, visit);
  const at = moment
    ? timelineInstant(moment, postmortem, lead.timeZone, now)
    : { kind: 'instant' as const, at: now };
  if (at.kind === 'refused') return { message: refused([{ why: 'time', text: '', problem: at.why }]) };
  const added = await steps.addNote(visit, { id: postmortem.id, at: at.at, text, link: null });
  if (added.kind !== 'added')
    return { message: added.kind === 'full' ? views.full(mostEntries) : views.gone() };
  await steps.ask(visit, postmortem.id, line.asks);
  return {
    message: views.noted(added.postmortem, added.entry, moment !== undefined),
    redraw: steps.redrawOf(tools, postmortem.id),
  };
}

/** A button's value holds 2,000 characters, and the questions stand in it as well. */
const longestLine = 1_200;

/** The same line three times: what stays of its first sentence, with either question, and as it is. */
function pointAt(
  findings: readonly BlameFinding[],
  line: Line,
  words: string,
  { channelId = '' }: Visit,
): Answer {
  const [finding] = findings;
  if (!finding) return {};
  const plainLine = plainWords(line.text);
  const at = plainLine.indexOf(words);
  const withQuestion = (question: string) => {
    if (at < 0) return { line: plainLine.slice(0, longestLine), asks: line.asks };
    const { text, ask } = reworded(words, finding, question);
    const said = plainLine.slice(0, at) + asTyped(text) + plainLine.slice(at + words.length);
    return {
      line: said.slice(0, longestLine),
      asks: ask ? [...line.asks, ask].slice(-actions.mostAsked) : line.asks,
    };
  };
  return {
    message: views.lineFindings(findings, {
      channel: channelId,
      what: withQuestion(finding.what),
      how: withQuestion(finding.how),
      mine: { line: plainLine.slice(0, longestLine), asks: line.asks },
    }),
  };
}

/** Commas separate the parts of a line; a reworded sentence has none, so that it is read as one part. */
const asTyped = (words: string): string => words.replaceAll(',', ' ');

/** The form with what the line says, for somebody who would rather write it anew. */
async function editLine(visit: Visit, line: string): Promise<Answer> {
  const { lead, now } = visit;
  const command = readLine(line, visit);
  if (command.kind === 'start') {
    const { title, severity, channelId: place, ...facts } = command.draft;
    const known = { ...forms.emptyFacts(withNames(title)), ...facts };
    return { form: startForm(visit, { ...known, severity: severity ?? steps.usualSeverity }, { place }) };
  }
  const postmortem = command.kind === 'note' ? await atHand(visit, command.number) : undefined;
  if (command.kind !== 'note' || !postmortem) return { message: views.noneOpen() };
  const at = command.moment ? timelineInstant(command.moment, postmortem, lead.timeZone, now) : undefined;
  const when = forms.momentText(at?.kind === 'instant' ? at.at : now, lead.timeZone);
  const text = withNames(command.text);
  return { form: forms.entryForm({ postmortem, choices: [], when, text, ...forms.fresh }) };
}

const show = async (visit: Visit, postmortem: Postmortem): Promise<Answer> => ({
  form: page(nameOf(postmortem), views.wholeBlocks(await steps.findWhole(visit, postmortem))),
});

async function markdown(visit: Visit, postmortem: Postmortem): Promise<Answer> {
  const document = toMarkdown(await steps.findWhole(visit, postmortem));
  return document.length <= views.longestMarkdown
    ? { message: views.markdown(postmortem, document) }
    : { form: page('As Markdown', views.markdownBlocks(postmortem, document)) };
}
