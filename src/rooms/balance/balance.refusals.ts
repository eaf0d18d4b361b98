// Why a line was not logged, in words that say what to do, with a button where one click mends it.

import type { Button } from '@slack/types';
import { button, escaped, message, paragraph, quoted, row, shorten } from '../../slack/blocks.ts';
import { limits } from '../../slack/limits.ts';
import type { Message } from '../../slack/message.ts';
import { dayInWords, localDay, longDate } from '../../time/days.ts';
import { type DurationRefusal, formatDuration } from '../../time/durations.ts';
import type { StretchRefusal } from '../../time/stretches.ts';
import { whichYear } from '../../time/time.views.ts';
import { listInWords } from '../../words.ts';
import * as actions from './balance.actions.ts';
import { parseLogtimeCommand } from './balance.parse.command.ts';
import { longestName } from './balance.parse.names.ts';
import { furthestBack, type Problem } from './balance.parse.ts';
import type { Category, Reader } from './balance.ts';

const mostReplacements = 4;

/** What was typed is known to whoever typed it: as much as tells which of it is meant, in characters. */
const longestCitation = 80;

const cited = (text: string): string => escaped(shorten(text, longestCitation));

/** The button, where Slack allows a value so long. */
const fitting = (mend: Button): Button[] => ((mend.value ?? '').length <= limits.buttonValue ? [mend] : []);

/** `line`: what was typed after the command, as Slack sent it. */
export function refused(line: string, problems: readonly Problem[], reader: Reader): Message {
  const several = problems.length > 1;
  const sentences = problems.slice(0, 5).map((problem) => {
    const where = several && 'part' in problem ? `In “${cited(problem.part)}”: ` : '';
    return `${where}${sentence(problem, reader, several)}`;
  });
  const more = problems.length > 5 ? [`And ${problems.length - 5} more.`] : [];
  const only = problems.length === 1 ? problems[0] : undefined;
  const words = several
    ? ['Nothing logged.', ...sentences, ...more].join('\n')
    : only?.kind === 'bad-week' || only?.kind === 'after-word'
      ? `${sentences[0]}`
      : `Nothing logged. ${sentences[0]}`;
  const buttons = only ? mends(line, only, reader) : [];
  return message(paragraph(words), buttons.length > 0 ? row(...buttons) : undefined);
}

/** The buttons that log the same line with what was doubtful settled, or add the word as a category. */
function mends(line: string, problem: Problem, reader: Reader): Button[] {
  const log = (label: string, mended: string | undefined, sure?: true): Button[] =>
    mended === undefined
      ? []
      : fitting(button(label, actions.logLine, { line: mended, ...(sure && { sure }) }));
  switch (problem.kind) {
    case 'which-year':
      return [problem.near, problem.far].flatMap((day) =>
        log(longDate(day), replaced(line, problem.text, day.toString(), reader)),
      );
    case 'bad-range':
      return problem.why === 'to-come' || problem.why === 'into-tomorrow'
        ? log('It was yesterday', yesterday(line, reader))
        : [];
    case 'ahead-of-the-clock':
      return line === ''
        ? []
        : [...log('It was yesterday', yesterday(line, reader)), ...log('Log it all the same', line, true)];
  }
  if (problem.kind !== 'unknown-category' && problem.kind !== 'ambiguous-category') return [];
  const word = problem.text;
  const choices = problem.kind === 'unknown-category' ? problem.nearest : problem.candidates;
  const replacements = choices.slice(0, mostReplacements).flatMap((category) => {
    return log(category.name, replaced(line, word, escaped(category.name), reader));
  });
  if (problem.kind === 'ambiguous-category') return replacements;
  const add = (carried: { name: string; line?: string }) =>
    button(`Add “${word}”`, actions.addCategory, carried);
  const [withLine = add({ name: shorten(word, longestName) })] = fitting(add({ name: word, line }));
  return [...replacements, withLine];
}

/** The line with the words replaced where that makes it readable: their letters may come elsewhere as well. */
function replaced(line: string, wrong: string, right: string, reader: Reader): string | undefined {
  const words = escaped(wrong).split(' ').map(RegExp.escape).join('\\s+');
  return line
    .matchAll(new RegExp(`(?<![^\\s,])${words}(?![^\\s,])`, 'giu'))
    .map(({ index, 0: found }) => `${line.slice(0, index)}${right}${line.slice(index + found.length)}`)
    .find((mended) => isReadable(mended, reader));
}

/** The line for yesterday, where it holds one entry that names no day. */
function yesterday(line: string, { categories, lead, now }: Reader): string | undefined {
  const mended = `yesterday ${line}`;
  const command = parseLogtimeCommand(mended, { categories, now, life: lead });
  return command.kind === 'log' && command.drafts.length === 1 ? mended : undefined;
}

const isReadable = (line: string, { categories, lead, now }: Reader): boolean =>
  parseLogtimeCommand(line, { categories, now, life: lead }).kind !== 'refused';

const names = (texts: readonly string[]): string => listInWords(texts.map((text) => `“${cited(text)}”`));

/** As many as there are buttons for, and how many more. */
function candidates(categories: readonly Category[]): string {
  const shown = categories.slice(0, mostReplacements).map(({ name }) => `*${quoted(name)}*`);
  const more = categories.length - shown.length;
  const all = more > 0 ? [...shown, `${more} more`] : shown;
  return listInWords(all, 'or');
}

/** `several`: with other problems, where there are no buttons to point at. */
function sentence(problem: Problem, { lead, now }: Reader, several: boolean): string {
  const today = localDay(now, lead.timeZone);
  switch (problem.kind) {
    case 'no-duration':
      return 'How long was it? Begin with the time, as in `45m`, `1h30` or `9:00-10:30`.';
    case 'bad-duration':
      return problem.workday === undefined
        ? durationTrouble(problem.text, problem.why)
        : `Is “${cited(problem.text)}” minutes, hours or days? Write \`${escaped(problem.text)}m\`, \`${escaped(problem.text)}h\` or \`${escaped(problem.text)}d\`; a day of yours has ${formatDuration(problem.workday)}.`;
    case 'two-durations':
      return `I read more than one time: ${names(problem.texts)}. Put a comma between entries.`;
    case 'bad-range':
      return rangeTrouble(problem.text, problem.why, dayInWords(problem.day, today));
    case 'no-category':
      return 'What was it? Name a category after the time, as in `45m review`. `/logtime help` lists them.';
    case 'unknown-category':
      if (problem.nearest.length === 0) {
        return `I know no category “${cited(problem.text)}”. \`/logtime help\` lists yours.`;
      }
      return several
        ? `I know no category “${cited(problem.text)}”. Did you mean ${candidates(problem.nearest)}?`
        : `I know no category “${cited(problem.text)}”. Did you mean one of these?`;
    case 'ambiguous-category':
      return `“${cited(problem.text)}” could be ${candidates(problem.candidates)}. Which one?`;
    case 'bad-day':
      return `There is no such day as “${cited(problem.text)}”.`;
    case 'which-year':
      return whichYear(cited(problem.text), problem);
    case 'several-days':
      return `“${cited(problem.text)}” is more than one day. Log it day by day; only leave goes over several, as in \`leave 21 dec - 31 dec\`.`;
    case 'bad-days':
      return `I cannot read “${cited(problem.text)}” as days of leave. Write the first and the last, as in \`leave 21 dec - 31 dec\`, within a year and no more than ${problem.most} days.`;
    case 'no-working-day':
      return `“${cited(problem.text)}” has no working day of yours, so there is nothing to take off.`;
    case 'two-days':
      return `I read more than one day: ${names(problem.texts)}. One for each entry, please.`;
    case 'future-day':
      return `“${cited(problem.text)}” is ${longDate(problem.day)}, which is still to come. Log it when it is over; leave can be logged ahead.`;
    case 'too-long-ago':
      return `“${cited(problem.text)}” is ${longDate(problem.day)}. I keep up to ${furthestBack} days back, so from ${longDate(problem.earliest)} on.`;
    case 'over-a-day':
      return `That would make it ${formatDuration(problem.minutes)} for ${dayInWords(problem.day, today)}, and the day has ${formatDuration(problem.most)}.`;
    case 'ahead-of-the-clock':
      return `That would make it ${formatDuration(problem.minutes)} for today, of which ${formatDuration(problem.most)} have passed. Is it for another day? Then name it, as in \`yesterday\`.`;
    case 'unknown-person':
      return `I cannot tell who “${cited(problem.text)}” is. Type @ and pick them from Slack’s list.`;
    case 'with-nobody':
      return 'With whom? Type @ after “with” and pick somebody from Slack’s list.';
    case 'empty-note':
      return 'The note is empty. Write something after the dashes, or leave them out.';
    case 'two-notes':
      return 'I read two notes in one entry. Put a new line between entries.';
    case 'long-note':
      return `The note has ${problem.length} characters; ${problem.most} is the most I keep.`;
    case 'unclosed-quote':
      return `A quote begins at “${cited(problem.text)}” and never ends. Close it, or put the note after two dashes.`;
    case 'leftover':
      return `I do not know what to do with “${cited(problem.words)}”. A note goes after two dashes, as in \`45m review -- the parser\`.`;
    case 'too-long':
      return `That is more than ${problem.most} characters. Log it in parts, please.`;
    case 'too-many':
      return `Those are ${problem.count} entries; ${problem.most} is the most at once.`;
    case 'too-many-words':
      return `That entry has more than ${problem.most} words. A note goes after two dashes.`;
    case 'bad-week':
      return problem.why === 'no-such-week'
        ? `There is no week “${cited(problem.text)}”: years have 52 or 53 of them.`
        : `I cannot read “${cited(problem.text)}” as a week. Try \`/logtime week\`, \`/logtime week last\` or \`/logtime week 2026-W47\`.`;
    case 'after-word':
      return `Nothing was done. \`/logtime ${problem.word}\` stands on its own; I do not know what to do with “${cited(problem.words)}”.`;
  }
}

/** Also said under the form's field. */
export function durationTrouble(text: string, why: DurationRefusal): string {
  const typed = `“${cited(text)}”`;
  switch (why) {
    case 'unreadable':
      return `I cannot read ${typed} as a time. Try \`45m\`, \`1h30\` or \`9:00-10:30\`.`;
    case 'no-unit':
      return `Is ${typed} minutes or hours? Write \`${escaped(text)}m\` or \`${escaped(text)}h\`.`;
    case 'zero':
      return `${typed} is no time at all.`;
    case 'negative':
      return `${typed} is negative. \`/logtime undo\` takes something back.`;
    case 'part-of-a-minute':
      return `${typed} is not a whole number of minutes. Try it as minutes.`;
    case 'too-long':
      return `${typed} is longer than a week. Log it day by day.`;
  }
}

/** Also said under the form's field. */
export function rangeTrouble(
  text: string,
  why: StretchRefusal | 'into-tomorrow' | 'to-come',
  day: string,
): string {
  const typed = `“${cited(text)}”`;
  switch (why) {
    case 'in-a-gap':
      return `The clocks went forward over part of ${typed}: that time did not exist ${day}.`;
    case 'into-tomorrow':
      return `${typed} runs into tomorrow, which has not been yet. Log it once it is over.`;
    case 'to-come':
      return `${typed} ${day} is still to come. Log it when it has begun, or name the day it was.`;
    case 'no-such-time':
      return `There is no such time of day in ${typed}. Try \`9:00-10:30\` or \`2-3:30pm\`.`;
    case 'backwards':
      return `${typed} ends before it starts. Write the hours from 0 to 24, or add am and pm.`;
  }
}
