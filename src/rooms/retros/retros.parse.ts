// Reads what stands after `/retro`: everything typed is understood, or nothing is done. And writes such a line anew.

import { channelCode, onOneLine, plainText, unescaped } from '../../slack/typed-text.ts';
import { inWords } from '../../time/durations.ts';
import { parseRecurrence, type RhythmRefusal } from '../../time/recurrence.parse.ts';
import { comparable, inPlace } from '../../words.ts';
import { readFormat, rotating } from './retros.formats.ts';

/** What somebody asked for; what they left open is undefined. */
export interface Wish {
  channelId: string | undefined;
  /** Undefined: not said. */
  when: { kind: 'now' } | { kind: 'rhythm'; rule: string; time: Temporal.PlainTime } | undefined;
  /** A format's id or `rotating`. */
  formatId: string | undefined;
  anonymous: boolean | undefined;
  openDays: number | undefined;
}

export type RefusedLine =
  | 'too-long'
  | 'unknown-channel'
  | 'two-channels'
  | 'now-and-later'
  | 'unknown-format'
  | 'two-formats'
  | 'named-and-anonymous'
  | 'open-days'
  | 'no-reason'
  | RhythmRefusal['why'];

export type RetroCommand =
  | { kind: 'list' | 'help' | 'formats' | 'new' }
  | { kind: 'set-up'; wish: Wish }
  | { kind: 'skip'; channelId: string | undefined; reason: string }
  | { kind: 'stop'; channelId: string | undefined }
  | { kind: 'refused'; why: RefusedLine; text: string };

export const longestLine = 500;
export const mostOpenDays = 10;

const mentioned = new RegExp(`(?:\\b(?:in|for)\\s+)?${channelCode.source}`, 'gi');

/** Reads one line as Slack sends it, channels as `<#C1|name>`. */
export function parseRetroCommand(line: string): RetroCommand {
  const text = onOneLine(line);
  const refused = (why: RefusedLine, what = text): RetroCommand => ({
    kind: 'refused',
    why,
    text: plainText(what),
  });
  if (unescaped(text).length > longestLine) return refused('too-long', '');
  const word = comparable(text).toLowerCase();
  if (word === '') return { kind: 'list' };
  if (word === 'list') return { kind: 'list' };
  if (word === 'help') return { kind: 'help' };
  if (word === 'formats') return { kind: 'formats' };
  if (word === 'new' || word === 'set up') return { kind: 'new' };

  const channels = [...text.matchAll(mentioned)].map(([, id = '']) => id.toUpperCase());
  if (new Set(channels).size > 1) return refused('two-channels');
  const [channelId] = channels;
  const rest = text.replaceAll(mentioned, ' ').replace(/\s+/g, ' ').trim();
  // Slack turns the names of channels into mentions; what is left with a # is one that it doesn't know.
  const [stray] = /(?:^|\s)#\S+/.exec(rest) ?? [];
  if (stray) return refused('unknown-channel', stray.trim());

  const [, first = '', reasoned = ''] = /^(\p{L}+)(?!\p{L})(.*)$/u.exec(rest) ?? [];
  const verb = comparable(first).toLowerCase();
  if (verb === 'skip') {
    const reason = reasoned
      .replace(/^[\s:—–-]+/, '')
      .replace(/^because /i, '')
      .trim();
    return reason === '' ? refused('no-reason') : { kind: 'skip', channelId, reason: plainText(reason) };
  }
  if (verb === 'stop' && reasoned === '') return { kind: 'stop', channelId };
  return readWish(rest, channelId, refused);
}

function readWish(
  text: string,
  channelId: string | undefined,
  refused: (why: RefusedLine, what?: string) => RetroCommand,
): RetroCommand {
  let rest = ` ${text} `;
  const take = (pattern: RegExp): RegExpExecArray | undefined => {
    const found = pattern.exec(inPlace(rest));
    if (!found) return undefined;
    rest = `${rest.slice(0, found.index)} ${rest.slice(found.index + found[0].length)}`;
    return found;
  };

  const named = take(/(?<=\s)(?:named|with names)(?=[\s,])/i);
  const anonymous = take(/(?<=\s)anonymous(?:ly)?(?=[\s,])/i);
  if (named && anonymous) return refused('named-and-anonymous');

  const open = take(/(?<=\s)open (?:for )?(\d{1,3}|[a-z]{1,7}) (?:working )?days?(?=[\s,])/i);
  const openDays = open ? inWords(inPlace(open[1]!).toLowerCase()) : undefined;
  if (openDays !== undefined && !(openDays >= 1 && openDays <= mostOpenDays)) return refused('open-days');

  const turning = take(/(?<=\s)rotating(?: formats?)?(?=[\s,])/i);
  const format = take(
    /(?<=\s)(?:format|as) ([\p{L}][\p{L}\p{N}, -]*?)(?=\s(?:now|every|weekly|fortnightly|biweekly|monthly|quarterly|daily|at|on|in)\s|\s*$)/iu,
  );
  if (turning && format) return refused('two-formats');
  const chosen = format ? readFormat(format[1] ?? '') : undefined;
  if (format && !chosen) return refused('unknown-format', format[1] ?? '');

  const now = take(/(?<=\s)now(?=[\s,])/i);
  const left = rest.replaceAll(/\s+/g, ' ').replace(/^[\s,]+|[\s,]+$/g, '');
  const wish = {
    channelId,
    formatId: turning ? rotating : chosen?.id,
    anonymous: anonymous ? true : named ? false : undefined,
    openDays,
  };
  if (left === '') return { kind: 'set-up', wish: { ...wish, when: now ? { kind: 'now' } : undefined } };
  const rhythm = parseRecurrence(left);
  if (rhythm.kind === 'understood') {
    if (now) return refused('now-and-later');
    return {
      kind: 'set-up',
      wish: { ...wish, when: { kind: 'rhythm', rule: rhythm.rule, time: rhythm.time } },
    };
  }
  return refused(rhythm.why, rhythm.text);
}

/** The line without the channel it names. */
export const withoutChannel = (line: string): string =>
  line.replaceAll(mentioned, ' ').replace(/\s+/g, ' ').trim();

/** The line asking for names, whatever it asked for. */
export const withNames = (line: string): string => `${line.replace(/\banonymous(?:ly)?\b/gi, '')} named`;

/** What a form asked for as a line. `when` is as it was typed. */
export const lineOf = (when: string, { formatId = rotating, openDays, anonymous }: Wish): string =>
  `${when} ${formatId === rotating ? rotating : `format ${formatId}`} open ${openDays} days ${anonymous ? 'anonymous' : 'named'}`;
