// What a person reads when the world breaks under their request: what was kept, and what to do next.

import { StillBusy } from '../db/gate.ts';
import { DatabaseSilent } from '../db/pool.ts';
import { CommitUncertain } from '../db/tenancy.ts';
import { aside, escaped, message, paragraph, paragraphs, say } from './blocks.ts';
import type { Message } from './message.ts';

// Postgres' codes: postgresql.org/docs/current/errcodes-appendix.html. The rest are the system's own.
/** Postgres or the way to it is gone, rather than our code being wrong. */
const unreachable =
  /^(ECONN\w+|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EAI_AGAIN|ENOTFOUND|57P0[1-4]|25P03|08\w{3}|53300)$/;
/** Somebody else held a row for too long, or Postgres has more to do than it can. */
const busy = /^(55P03|57014|40P01|40001)$/;
/** Read-only, full, or out of order. */
const takesNothing = /^(25006|53100|53200|58030)$/;

const codeOf = (error: Error): string => ('code' in error ? String(error.code) : '');

/** `reference` is in the log next to the failure, so that whoever runs the bot finds it. */
export function sorry(error: unknown, reference: string): Message {
  if (!(error instanceof Error)) return somethingWrong(reference);
  const code = codeOf(error);
  if (error instanceof CommitUncertain) {
    return say(
      'I lost touch with my database at the last moment and cannot tell whether this was saved. Please look before you do it again.',
    );
  }
  if (error instanceof StillBusy || busy.test(code)) {
    return say(
      'Something else has been holding what I needed for this, so nothing was saved. Please try again in a minute.',
    );
  }
  if (takesNothing.test(code)) {
    return say(
      `My database takes nothing new at the moment, so nothing was saved. Please tell whoever runs Evenkeel; the code is \`${reference}\`.`,
    );
  }
  if (
    error instanceof DatabaseSilent ||
    unreachable.test(code) ||
    /Connection terminated|timeout exceeded when trying to connect|not queryable/.test(error.message)
  ) {
    return say('I cannot reach my database right now, so nothing was saved. Please try again in a minute.');
  }
  return somethingWrong(reference);
}

const somethingWrong = (reference: string): Message =>
  say(
    `Something went wrong on my side, and nothing was saved. Please try again; if it happens twice, tell whoever runs Evenkeel this code: \`${reference}\`.`,
  );

/** For a command that takes longer than Slack waits: that it is being worked on, and where the answer will be. */
export const stillAtIt = say(
  'This is taking me longer than it should. I am still at it, and will say here what became of it.',
);

/** A form closed before it could be told why it cannot be kept, or what comes next. */
export const slowRefusal = (why: readonly string[], typed: readonly string[]): Message =>
  withTyped(
    `That took me so long that the form closed before I could answer in it, and nothing was saved. ${why.length > 0 ? escaped(why.join(' ')) : 'There was one more step.'} Please try once more.`,
    typed,
  );

/** The same where the world broke: `why` says what is known of it, and no more is claimed. */
export const slowApology = (why: Message, typed: readonly string[]): Message => withTyped(why.text, typed);

const withTyped = (words: string, typed: readonly string[]): Message =>
  message(
    paragraph(words),
    ...(typed.length > 0
      ? [aside('What you typed, so that it is not lost:'), ...paragraphs(typed.map(escaped))]
      : []),
  );
