// What a note of feedback is, and how `/keel feedback` is read.

import { onOneLine, personCode, plainText } from '../../slack/typed-text.ts';

/** `kind`: something good. `critical`: something to change. */
type Tone = 'kind' | 'critical';

/** Situation, behaviour, impact (after the Center for Creative Leadership's SBI), and what comes next. */
export interface FeedbackWords {
  tone: Tone;
  situation: string;
  behaviour: string;
  impact: string;
  next: string;
}

export interface FeedbackNote extends FeedbackWords {
  id: string;
  /** Slack user id of whom it is about, and their name as Slack had it then. */
  personId: string;
  personName: string;
  notedAt: Temporal.Instant;
  /** The lead's local day on which they told them; null: not yet. */
  givenOn: Temporal.PlainDate | null;
  /** Since when it is thrown away. */
  removedAt?: Temporal.Instant | null;
}

export const longestFeedback = 1000;

export type FeedbackCommand =
  | { kind: 'list'; personId: string | undefined }
  | { kind: 'form'; personId: string; behaviour: string }
  | { kind: 'help' }
  | { kind: 'refused'; problem: 'unknown-person' | 'who' | 'too-long'; words: string };

/** What stands after `/keel feedback`. */
export function parseFeedback(text: string): FeedbackCommand {
  const typed = onOneLine(text);
  if (typed === '') return { kind: 'list', personId: undefined };
  const [first = ''] = typed.split(' ', 1);
  const word = first.toLowerCase();
  if (typed === first && word === 'help') return { kind: 'help' };
  const listing = word === 'list';
  const rest = listing ? typed.slice(first.length).trim() : typed;
  if (listing && rest === '') return { kind: 'list', personId: undefined };
  const found = new RegExp(`^(?:for )?${personCode.source}`, 'i').exec(rest);
  const personId = found?.[1];
  if (!found || personId === undefined) {
    const [named = ''] = rest.split(' ', 1);
    const unknown = named.startsWith('@') || named.startsWith('<');
    return { kind: 'refused', problem: unknown ? 'unknown-person' : 'who', words: named };
  }
  const words = plainText(rest.slice(found[0].length).trim());
  if (listing) {
    return words === '' ? { kind: 'list', personId } : { kind: 'refused', problem: 'who', words };
  }
  if (words.length > longestFeedback) return { kind: 'refused', problem: 'too-long', words: '' };
  return { kind: 'form', personId, behaviour: words };
}
