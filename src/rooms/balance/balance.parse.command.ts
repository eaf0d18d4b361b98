// Everything that can stand after `/logtime`: a line to log, or a word that asks for something else.

import { plainText } from '../../slack/typed-text.ts';
import { localDay } from '../../time/days.ts';
import { type IsoWeek, parseWeek } from '../../time/weeks.ts';
import { comparable } from '../../words.ts';
import { findCategory } from './balance.categories.ts';
import { type LineContext, parseLog, type Refused, refused } from './balance.parse.ts';
import type { Category, Draft } from './balance.ts';

export type LogtimeCommand =
  /** Nothing was typed: show the form. */
  | { kind: 'form' }
  | { kind: 'log'; drafts: [Draft, ...Draft[]] }
  | { kind: 'undo' }
  | { kind: 'edit' }
  | { kind: 'start'; category: Category }
  | { kind: 'stop' }
  | { kind: 'today' }
  /** `/logtime week`, and `/logtime week last` or `2026-W47` for another than this one. */
  | { kind: 'week'; week: IsoWeek }
  | { kind: 'help' }
  | Refused;

/** Reads what stands after `/logtime`, as Slack sends it. Never throws. */
export function parseLogtimeCommand(text: string, context: LineContext): LogtimeCommand {
  const typed = comparable(plainText(text));
  const [, first = '', rest = ''] = /^(\S*)\s*(.*)$/su.exec(typed) ?? [];
  const word = first.toLowerCase();
  switch (word) {
    case '':
      return { kind: 'form' };
    case 'undo':
    case 'edit':
    case 'stop':
    case 'help':
      return rest === '' ? { kind: word } : refused([{ kind: 'after-word', word, words: rest, part: typed }]);
    case '?':
      return { kind: 'help' };
    case 'start':
      return parseStart(rest, typed, context);
    case 'week': {
      const reading = parseWeek(rest, localDay(context.now, context.life.timeZone));
      if (reading.kind === 'week') return reading;
      return refused([{ kind: 'bad-week', text: rest, why: reading.why, part: typed }]);
    }
    case 'today':
      // "today 1h coding" is a line like any other.
      return rest === '' ? { kind: 'today' } : parseLine(text, context);
    default:
      return parseLine(text, context);
  }
}

function parseLine(text: string, context: LineContext): LogtimeCommand {
  const reading = parseLog(text, context);
  return reading.kind === 'parsed' ? { kind: 'log', drafts: reading.drafts } : reading;
}

function parseStart(text: string, part: string, { categories }: LineContext): LogtimeCommand {
  if (text === '') return refused([{ kind: 'no-category', part }]);
  const match = findCategory(text, categories);
  if (match.kind === 'found') return { kind: 'start', category: match.category };
  return match.kind === 'ambiguous'
    ? refused([{ kind: 'ambiguous-category', text, candidates: match.candidates, part }])
    : refused([{ kind: 'unknown-category', text, nearest: match.nearest, part }]);
}
