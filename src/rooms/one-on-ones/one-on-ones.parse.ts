// Reads what stands after `/oneonone`: one verb, one person, and the rest, all of it understood or nothing done.

import { onOneLine, personCode, plainText, unescaped } from '../../slack/typed-text.ts';
import type { WhichYear } from '../../time/days.parse.ts';
import { asTyped, type MomentReading, partsOf, readDay, readMoment } from '../../time/moments.ts';
import { parseRecurrence, type RhythmRefusal } from '../../time/recurrence.parse.ts';
import { comparable } from '../../words.ts';
import { type Relation, type Rhythm, relations, rhythmProblem } from './one-on-ones.ts';

export type Command =
  | { kind: 'overview' }
  | { kind: 'help' }
  | { kind: 'questions' }
  | { kind: 'person'; personId: string }
  | { kind: 'add-form'; personId: string | undefined }
  | { kind: 'add'; personId: string; role: string | null; relation: Relation; rhythm: Rhythm }
  | { kind: 'change'; personId: string }
  | { kind: 'end'; personId: string }
  /** Words undefined: a form asks for them. */
  | { kind: 'point'; personId: string; words: string | undefined }
  | { kind: 'held'; personId: string; day: Temporal.PlainDate | undefined }
  | { kind: 'move'; personId: string; to: Temporal.PlainDateTime | undefined }
  | { kind: 'skip'; personId: string; why: string | undefined }
  | { kind: 'refused'; problem: Problem };

export type Problem =
  | { why: 'unknown-verb'; word: string }
  | { why: 'who'; verb: string }
  | { why: 'unknown-person'; word: string }
  | { why: 'two-people' }
  | { why: 'leftover'; words: string; verb: string }
  | { why: 'no-role' }
  | { why: 'rhythm'; trouble: RhythmRefusal['why'] | 'too-often' | 'too-rarely'; words: string }
  | { why: 'bad-day'; words: string }
  | ({ why: 'which-year'; words: string } & Pick<WhichYear, 'near' | 'far'>)
  | { why: 'future-day'; words: string }
  | { why: 'too-long-ago'; words: string }
  | { why: 'bad-moment' | 'no-time' | 'no-such-time' | 'no-such-day'; words: string }
  | { why: 'past-moment'; words: string }
  | { why: 'too-far'; words: string }
  | { why: 'too-long'; most: number };

export const longestPoint = 500;
export const longestReason = 300;
const longestLine = 2000;
const longestRole = 40;
/** A conversation longer ago than this is not remembered well enough to note. */
export const furthestBackDays = 90;
/** A meeting further away is a slip of the finger. */
export const furthestAheadDays = 190;

const verbs: Record<string, string> = {
  add: 'add',
  new: 'add',
  change: 'change',
  edit: 'change',
  end: 'end',
  stop: 'end',
  remove: 'end',
  point: 'point',
  agenda: 'point',
  held: 'held',
  done: 'held',
  happened: 'held',
  move: 'move',
  moved: 'move',
  skip: 'skip',
  skipped: 'skip',
};

const refused = (problem: Problem): Command => ({ kind: 'refused', problem });

/** `now`: the lead's local time. */
export function parseCommand(text: string, now: Temporal.PlainDateTime): Command {
  const typed = onOneLine(text);
  if (typed === '') return { kind: 'overview' };
  if (unescaped(typed).length > longestLine) return refused({ why: 'too-long', most: longestLine });
  const [first = ''] = typed.split(' ', 1);
  const word = comparable(first).toLowerCase();
  if (typed === first && (word === 'list' || word === 'people')) return { kind: 'overview' };
  if (word === 'help') return { kind: 'help' };
  if (typed === first && word === 'questions') return { kind: 'questions' };

  const verb = verbs[word] ?? (personCode.test(first) || first.startsWith('@') ? 'show' : undefined);
  if (verb === undefined) return refused({ why: 'unknown-verb', word: first });
  const rest = verb === 'show' ? typed : typed.slice(first.length).trim();
  if (rest === '') {
    return verb === 'add' ? { kind: 'add-form', personId: undefined } : refused({ why: 'who', verb });
  }
  const found = personIn(rest, verb);
  if (found.kind === 'refused') return refused(found.problem);
  return withPerson(verb, found.personId, found.rest, now);
}

/** A point may name others; everything else is about one person. */
function personIn(
  text: string,
  verb: string,
): { kind: 'found'; personId: string; rest: string } | { kind: 'refused'; problem: Problem } {
  const [first = ''] = text.split(' ', 1);
  const leading = new RegExp(`^${personCode.source}`).exec(text);
  const found = leading ?? personCode.exec(text);
  if (!found?.[1]) {
    return first.startsWith('@') || first.startsWith('<')
      ? { kind: 'refused', problem: { why: 'unknown-person', word: first } }
      : { kind: 'refused', problem: { why: 'who', verb } };
  }
  const rest = onOneLine(`${text.slice(0, found.index)} ${text.slice(found.index + found[0].length)}`);
  if (personCode.test(rest) && verb !== 'point' && verb !== 'skip') {
    return { kind: 'refused', problem: { why: 'two-people' } };
  }
  return { kind: 'found', personId: found[1], rest };
}

function withPerson(verb: string, personId: string, rest: string, now: Temporal.PlainDateTime): Command {
  switch (verb) {
    case 'add':
      return rest === '' ? { kind: 'add-form', personId } : readAdd(personId, rest);
    case 'point':
    case 'skip': {
      const words = plainText(rest);
      const most = verb === 'point' ? longestPoint : longestReason;
      if ([...words].length > most) return refused({ why: 'too-long', most });
      const said = words === '' ? undefined : words;
      return verb === 'point'
        ? { kind: 'point', personId, words: said }
        : { kind: 'skip', personId, why: said };
    }
    case 'held':
      return readHeld(personId, rest, now);
    case 'move':
      return readMove(personId, rest, now);
    case 'show':
    case 'change':
    case 'end': {
      const kind = verb === 'show' ? 'person' : verb;
      return rest === '' ? { kind, personId } : refused({ why: 'leftover', words: rest, verb });
    }
    default:
      throw new Error(`No verb ${verb}`);
  }
}

function readAdd(personId: string, text: string): Command {
  const named = /(?:^| )as(?: an?)?(?: (\S+))?(?= |$)/i.exec(text);
  const word = named?.[1];
  if (named && (word === undefined || [...word].length > longestRole)) return refused({ why: 'no-role' });
  const reading = readRhythm(named ? text.replace(named[0], ' ') : text);
  if (reading.kind === 'refused') return refused(reading.problem);
  return { kind: 'add', personId, ...readRole(word ?? ''), rhythm: reading.rhythm };
}

/** `manager` and `mentor` say what somebody is to the lead; any other word is what they do. */
function readRole(word: string): { role: string | null; relation: Relation } {
  const typed = word.trim();
  const relation = relations.find((one) => one === typed.toLowerCase().replace(/^skip$/, 'skip-level'));
  if (relation !== undefined) return { role: null, relation };
  return { role: typed === '' ? null : typed, relation: 'report' };
}

type RhythmReading = { kind: 'rhythm'; rhythm: Rhythm } | { kind: 'refused'; problem: Problem };

/** `every 2 weeks tuesday 10:00`, `monthly first monday 9:00`, `quarterly last friday 3pm` */
export function readRhythm(text: string): RhythmReading {
  const reading = parseRecurrence(text);
  if (reading.kind === 'refused') {
    return { kind: 'refused', problem: { why: 'rhythm', trouble: reading.why, words: reading.text } };
  }
  const rhythm = { rule: reading.rule, time: reading.time };
  const trouble = rhythmProblem(rhythm);
  return trouble
    ? { kind: 'refused', problem: { why: 'rhythm', trouble, words: text } }
    : { kind: 'rhythm', rhythm };
}

function readHeld(personId: string, text: string, now: Temporal.PlainDateTime): Command {
  if (text === '') return { kind: 'held', personId, day: undefined };
  const today = now.toPlainDate();
  const reading = readDay(text, today, 'past');
  if (reading.kind !== 'day') return refused(momentProblem(reading, text, 'bad-day'));
  const problem = heldProblem(reading.day, today);
  return problem ? refused({ why: problem, words: text }) : { kind: 'held', personId, day: reading.day };
}

/** What is wrong with a day or a moment, and with which of its words. */
function momentProblem(
  reading: Exclude<MomentReading, { kind: 'moment' | 'day' }>,
  text: string,
  unreadable: 'bad-day' | 'bad-moment',
): Problem {
  if (reading.kind === 'none' || reading.why === 'no-such-zone') return { why: unreadable, words: text };
  return reading.why === 'which-year'
    ? { why: 'which-year', words: reading.text, near: reading.near, far: reading.far }
    : { why: reading.why, words: reading.text };
}

export function heldProblem(
  day: Temporal.PlainDate,
  today: Temporal.PlainDate,
): 'future-day' | 'too-long-ago' | undefined {
  const ago = day.until(today).days;
  if (ago < 0) return 'future-day';
  return ago > furthestBackDays ? 'too-long-ago' : undefined;
}

function readMove(personId: string, text: string, now: Temporal.PlainDateTime): Command {
  const words = text.replace(/^to( |$)/i, '').trim();
  if (words === '') return { kind: 'move', personId, to: undefined };
  const reading = readMoment(words, now.toPlainDate(), 'future');
  if (reading.kind === 'day') return refused({ why: 'no-time', words });
  if (reading.kind !== 'moment') {
    // Of "smarch 15:00" the clock is fine.
    const day = partsOf(words)?.day;
    return refused(
      day
        ? momentProblem(reading, asTyped(day, words), 'bad-day')
        : momentProblem(reading, words, 'bad-moment'),
    );
  }
  const { day, time, zone } = reading.moment;
  // A 1:1 stands in the lead's own time.
  if (zone !== undefined) return refused({ why: 'bad-moment', words });
  const to = (day ?? now.toPlainDate()).toPlainDateTime(time);
  const problem = moveProblem(to, now);
  return problem ? refused({ why: problem, words }) : { kind: 'move', personId, to };
}

export function moveProblem(
  to: Temporal.PlainDateTime,
  now: Temporal.PlainDateTime,
): 'past-moment' | 'too-far' | undefined {
  if (Temporal.PlainDateTime.compare(to, now) <= 0) return 'past-moment';
  return now.toPlainDate().until(to.toPlainDate()).days > furthestAheadDays ? 'too-far' : undefined;
}
