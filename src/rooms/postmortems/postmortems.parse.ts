// What stands after `/postmortem`, read whole or refused: starting one, a note for its timeline, lists and exports.

import { channelCode, onOneLine, personCode, sayLinks, sayNames, unescaped } from '../../slack/typed-text.ts';
import type { WhichYear } from '../../time/days.parse.ts';
import { localDay } from '../../time/days.ts';
import { type Moment, type MomentReading, momentFirst, readMoment } from '../../time/moments.ts';
import { readStretch } from '../../time/stretches.ts';
import { isInNumber } from '../../words.ts';
import { pastInstant, pastStretch, type TimeProblem } from './postmortems.parse.times.ts';
import {
  longestNote,
  longestService,
  longestTitle,
  mostPeople,
  mostServices,
  problemWithTimes,
  type Severity,
} from './postmortems.ts';

/** A post-mortem as typed; what was not said is null. */
export interface StartDraft {
  title: string;
  severity: Severity | null;
  startedAt: Temporal.Instant | null;
  detectedAt: Temporal.Instant | null;
  resolvedAt: Temporal.Instant | null;
  services: string[];
  /** Slack channel id; null: private. */
  channelId: string | null;
  facilitatorId: string | null;
  responders: string[];
}

export type CommandProblem =
  | { why: 'no-title' }
  | { why: 'title-too-long'; most: number }
  | { why: 'no-such-severity'; text: string }
  | { why: 'time'; text: string; problem: TimeProblem | 'before-the-start' | 'after-the-end' }
  | ({ why: 'which-year'; text: string } & Pick<WhichYear, 'near' | 'far'>)
  | { why: 'twice'; what: 'severity' | 'times' | 'place' | 'facilitator' }
  | { why: 'not-understood'; text: string }
  | { why: 'services'; most: number }
  | { why: 'people'; most: number }
  | { why: 'no-note' }
  | { why: 'note-too-long'; most: number }
  | { why: 'no-search' }
  | { why: 'no-such-number'; text: string };

export type PostmortemCommand =
  | { kind: 'form' }
  | { kind: 'start'; draft: StartDraft }
  /** `moment` undefined: now. `number` undefined: the one at hand. */
  | { kind: 'note'; number: number | undefined; moment: Moment | undefined; text: string }
  | { kind: 'list' }
  | { kind: 'search'; words: string }
  | { kind: 'trends' }
  | { kind: 'export' | 'show'; number: number | undefined }
  | { kind: 'help' }
  | { kind: 'refused'; problems: CommandProblem[] };

interface Writer {
  now: Temporal.Instant;
  /** IANA zone. */
  zone: string;
  /** Where it was typed: what `here` means. */
  channelId: string;
}

export function parsePostmortemCommand(text: string, writer: Writer): PostmortemCommand {
  const line = plainWords(text);
  const [, word = '', rest = ''] = /^(\S*)\s*(.*)$/u.exec(line) ?? [];
  switch (word.toLowerCase()) {
    case '':
      return { kind: 'form' };
    case 'help':
      return rest === '' ? { kind: 'help' } : start(line, writer);
    case 'list':
      return rest === '' ? { kind: 'list' } : start(line, writer);
    case 'trends':
      return rest === '' ? { kind: 'trends' } : start(line, writer);
    case 'search':
    case 'find':
      if (rest === '') return refused({ why: 'no-search' });
      return asIncident(line, writer) ?? { kind: 'search', words: rest.slice(0, 200) };
    case 'export':
    case 'show':
      return asIncident(line, writer) ?? numbered(word.toLowerCase() as 'export' | 'show', rest);
    case 'note':
      return note(rest, writer);
    case 'start':
      return rest === '' ? { kind: 'form' } : start(rest, writer);
    default: {
      const one = naming.exec(line);
      return one ? { kind: 'show', number: Number(one[1]) } : start(line, writer);
    }
  }
}

/** "close PM-2", "PM-2": about one that is kept, and what can be done with it is where it is shown. */
const naming = /^(?:\S+ )?(?:pm[- ]?|#)(\d{1,6})$/i;

/** "search was empty, sev2": a thing that is named like one of our words, and was down. */
function asIncident(line: string, writer: Writer): PostmortemCommand | undefined {
  const command = start(line, writer);
  return command.kind === 'start' && command.draft.severity !== null ? command : undefined;
}

const refused = (...problems: CommandProblem[]): PostmortemCommand => ({ kind: 'refused', problems });

const numberShape = /^(?:pm[- ]?|#)?(\d{1,6})$/i;

function numbered(kind: 'export' | 'show', text: string): PostmortemCommand {
  if (text === '') return { kind, number: undefined };
  const found = numberShape.exec(text);
  return found ? { kind, number: Number(found[1]) } : refused({ why: 'no-such-number', text });
}

function note(text: string, { now, zone }: Writer): PostmortemCommand {
  const [, named, line = ''] = /^(?:pm[- ]?(\d{1,6})[\s,:]+)?(.*)$/iu.exec(text) ?? [];
  const number = named === undefined ? undefined : Number(named);
  const first = momentFirst(line, localDay(now, zone), 'past');
  if (first?.reading.kind === 'refused') return refused(timeProblem(first.typed, first.reading));
  const words = (first ? first.rest : line).trim();
  if (words === '') return refused({ why: 'no-note' });
  if ([...words].length > longestNote) return refused({ why: 'note-too-long', most: longestNote });
  return { kind: 'note', number, moment: first?.reading.moment, text: words };
}

/** What was understood of a line so far. */
interface Understood extends Omit<StartDraft, 'title'> {
  problems: CommandProblem[];
  /** Once something other than words was read, further words are no title any more. */
  any: boolean;
  placed: boolean;
  inServices: boolean;
}

function start(line: string, writer: Writer): PostmortemCommand {
  const found: Understood = {
    severity: null,
    startedAt: null,
    detectedAt: null,
    resolvedAt: null,
    services: [],
    channelId: null,
    facilitatorId: null,
    responders: [],
    problems: [],
    any: false,
    placed: false,
    inServices: false,
  };
  const words: string[] = [];
  for (const piece of piecesOf(line)) {
    if (piece === '' || read(piece, found, writer)) continue;
    if (found.inServices && piece.split(/\s/u).length <= 3) addServices(piece, found);
    else if (found.any) found.problems.push({ why: 'not-understood', text: piece });
    else words.push(peel(piece, found, writer));
  }
  const title = words.join(', ').trim();
  const { problems, any: _any, placed: _placed, inServices: _inServices, ...draft } = found;
  if (title === '') problems.unshift({ why: 'no-title' });
  if ([...title].length > longestTitle) problems.unshift({ why: 'title-too-long', most: longestTitle });
  if (draft.services.length > mostServices) problems.push({ why: 'services', most: mostServices });
  if (draft.responders.length > mostPeople) problems.push({ why: 'people', most: mostPeople });
  const wrong = problemWithTimes(draft, writer.now);
  if (wrong && problems.length === 0) problems.push({ why: 'time', text: '', problem: wrong.why });
  return problems.length > 0 ? { kind: 'refused', problems } : { kind: 'start', draft: { ...draft, title } };
}

/** What stands between the commas; a number keeps its own. */
function piecesOf(line: string): string[] {
  const ends = [...line.matchAll(/,/g)].map(({ index }) => index).filter((at) => !isInNumber(line, at));
  return [...ends, line.length].map((end, index) => line.slice((ends[index - 1] ?? -1) + 1, end).trim());
}

/** Takes what it can from the end of a title: "checkout was down sev1 since 09:12". */
function peel(piece: string, found: Understood, writer: Writer): string {
  let words = piece.split(/\s+/u);
  for (let taken = true; taken && words.length > 1; ) {
    taken = false;
    for (let count = Math.min(7, words.length - 1); count > 0 && !taken; count -= 1) {
      const tail = words.slice(-count).join(' ');
      // "broke with release 3.14"
      if (/^\d+\.\d+$/.test(tail)) continue;
      // One that is not quite right stays in the title, where it harms nobody.
      const before = found.problems.length;
      const copy = { ...found, problems: [...found.problems] };
      if (!read(tail, copy, writer) || copy.problems.length > before) continue;
      Object.assign(found, copy);
      words = words.slice(0, -count);
      taken = true;
    }
  }
  const unread = unreadTime(words, writer);
  if (unread) found.problems.push(unread);
  return words.join(' ');
}

/** What follows the last "since" or "until" of a title and begins as a day or clock does: meant as one, and not read. */
function unreadTime(words: readonly string[], { now, zone }: Writer): CommandProblem | undefined {
  const at = words.findLastIndex((word) => /^(?:since|from|until|till|detected|resolved)$/iu.test(word));
  const today = localDay(now, zone);
  for (let end = at < 1 ? 0 : words.length; end > at + 1; end -= 1) {
    const text = words.slice(at).join(' ');
    const reading = readMoment(words.slice(at + 1, end).join(' '), today, 'past');
    if (reading.kind === 'none') continue;
    if (end < words.length || reading.kind === 'moment') return { why: 'time', text, problem: 'unread' };
    return timeProblem(text, reading);
  }
  return undefined;
}

/** Whether a piece was one of ours; what it said, or what is wrong with it, is in `found`. */
function read(piece: string, found: Understood, writer: Writer): boolean {
  const understood =
    readSeverity(piece, found) ||
    readPlace(piece, found, writer) ||
    readPeople(piece, found) ||
    readServices(piece, found) ||
    readTimes(piece, found, writer);
  if (understood) found.any = true;
  return understood;
}

function readSeverity(piece: string, found: Understood): boolean {
  const match = /^(?:sev|severity|s|p)[ -]?(\d{1,2})$/iu.exec(piece);
  if (!match) return false;
  found.inServices = false;
  const severity = Number(match[1]);
  if (severity !== 1 && severity !== 2 && severity !== 3)
    found.problems.push({ why: 'no-such-severity', text: piece });
  else if (found.severity !== null) found.problems.push({ why: 'twice', what: 'severity' });
  else found.severity = severity;
  return true;
}

function readPlace(piece: string, found: Understood, { channelId }: Writer): boolean {
  const channel = new RegExp(`^(?:in )?${channelCode.source}$`, 'u').exec(piece)?.[1];
  const here = /^(?:in )?@?here$/iu.test(piece);
  const privately = /^(?:in )?private(?:ly)?$/iu.test(piece);
  if (!channel && !here && !privately) return false;
  found.inServices = false;
  if (found.placed) found.problems.push({ why: 'twice', what: 'place' });
  found.placed = true;
  // In a DM, here is nobody but the writer.
  found.channelId = channel ?? (here && !channelId.startsWith('D') ? channelId : null);
  return true;
}

function readPeople(piece: string, found: Understood): boolean {
  const facilitator = new RegExp(`^(?:facilitat(?:or|ed|es)(?: by|:| is)?) ${personCode.source}$`, 'iu').exec(
    piece,
  )?.[1];
  if (facilitator) {
    found.inServices = false;
    if (found.facilitatorId !== null) found.problems.push({ why: 'twice', what: 'facilitator' });
    found.facilitatorId = facilitator;
    return true;
  }
  if (
    !new RegExp(
      `^(?:(?:with|responders?:?|and) )?${personCode.source}(?: (?:and |& )?${personCode.source})*$`,
      'iu',
    ).test(piece)
  ) {
    return false;
  }
  found.inServices = false;
  const people = [...piece.matchAll(new RegExp(personCode, 'gu'))].map(([, id]) => id!);
  found.responders = [...new Set([...found.responders, ...people])];
  return true;
}

function readServices(piece: string, found: Understood): boolean {
  const named = /^(?:services?|affect(?:ing|ed|s)):? (.+)$/iu.exec(piece)?.[1];
  if (!named) return false;
  found.inServices = true;
  addServices(named, found);
  return true;
}

function addServices(text: string, found: Understood): void {
  const named = text
    .split(/\s+(?:and|\+|&)\s+|\s*[/;]\s*/iu)
    .map((one) => one.trim())
    .filter((one) => one !== '');
  for (const service of named) {
    if ([...service].length > longestService) found.problems.push({ why: 'not-understood', text: service });
    else if (!found.services.some((one) => one.toLowerCase() === service.toLowerCase()))
      found.services.push(service);
  }
}

const momentRoles = /^(detected|noticed|found|seen|resolved|fixed|over|ended|until|till)(?: at)? (.+)$/iu;
const startRoles = /^(?:since|from|at|started(?: at)?|start|began at) (.+)$/iu;

function readTimes(piece: string, found: Understood, { now, zone }: Writer): boolean {
  const today = localDay(now, zone);
  const role = momentRoles.exec(piece);
  const stretch = role ? undefined : readStretch(piece, today, 'past');
  if (stretch && stretch.kind !== 'none') {
    const times = stretch.kind === 'refused' ? stretch : pastStretch(stretch.stretch, zone, now);
    if (times.kind === 'refused') found.problems.push(timeProblem(piece, times));
    else keepTimes(found, { startedAt: times.startedAt, resolvedAt: times.resolvedAt });
    return true;
  }
  const reading = readMoment(role?.[2] ?? startRoles.exec(piece)?.[1] ?? piece, today, 'past');
  if (reading.kind === 'none') return false;
  const at = reading.kind === 'moment' ? pastInstant(reading.moment, zone, now) : reading;
  const field = !role
    ? 'startedAt'
    : /^(?:detected|noticed|found|seen)$/iu.test(role[1]!)
      ? 'detectedAt'
      : 'resolvedAt';
  if (at.kind === 'instant') keepTimes(found, { [field]: at.at });
  else found.problems.push(timeProblem(piece, at));
  return true;
}

/** `text`: what was typed. */
function timeProblem(
  text: string,
  reading: Exclude<MomentReading, { kind: 'moment' | 'none' }> | { kind: 'refused'; why: TimeProblem },
): CommandProblem {
  if (reading.kind === 'day') return { why: 'time', text, problem: 'no-time' };
  if (reading.why === 'which-year') {
    return { why: 'which-year', text: reading.text, near: reading.near, far: reading.far };
  }
  return { why: 'time', text: 'text' in reading ? reading.text : text, problem: reading.why };
}

function keepTimes(
  found: Understood,
  times: Partial<Pick<Understood, 'startedAt' | 'detectedAt' | 'resolvedAt'>>,
): void {
  found.inServices = false;
  const again = Object.keys(times).some((name) => found[name as keyof typeof times] !== null);
  if (again) found.problems.push({ why: 'twice', what: 'times' });
  Object.assign(found, times);
}

/** Markup undone, save for people and channels, whose codes are left for the grammar and for `withNames`. */
export const plainWords = (text: string): string => onOneLine(unescaped(sayLinks(text)));

/** Mentions in a sentence, said with their names: nobody is called by a document. `names`: by Slack id. */
export const withNames = (text: string, names: ReadonlyMap<string, string> = new Map()): string =>
  sayNames(text, (kind, id, label) => {
    if (kind === 'channel') return label ? `#${label}` : 'a channel';
    return names.get(id) ?? (label ? `@${label}` : 'somebody');
  });
