// What a person reads when the world breaks under their request: what was kept, and what to do next.

import { CommitUncertain } from '../db/tenancy.ts';
import { aside, escaped, message, paragraph, paragraphs, say } from './blocks.ts';
import type { Message } from './message.ts';

/** Postgres or the way to it is gone, rather than our code being wrong. */
const unreachable = /^(ECONN\w+|EPIPE|ETIMEDOUT|ENOTFOUND|57P0[123]|08\w{3}|53300)$/;

function isUnreachable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? String(error.code) : '';
  return (
    unreachable.test(code) ||
    /Connection terminated|timeout exceeded when trying to connect/.test(error.message)
  );
}

/** `reference` is in the log next to the failure, so that whoever runs the bot finds it. */
export function sorry(error: unknown, reference: string): Message {
  if (error instanceof CommitUncertain) {
    return say(
      'I lost touch with my database at the last moment and cannot tell whether this was saved. Please look before you do it again.',
    );
  }
  if (isUnreachable(error)) {
    return say('I cannot reach my database right now, so nothing was saved. Please try again in a minute.');
  }
  return say(
    `Something went wrong on my side, and nothing was saved. Please try again; if it happens twice, tell whoever runs Evenkeel this code: \`${reference}\`.`,
  );
}

/** A form closed before it could be told why it cannot be kept, or what comes next. */
export const slowRefusal = (why: readonly string[], typed: readonly string[]): Message =>
  message(
    paragraph(
      `That took me so long that the form closed before I could answer in it, and nothing was saved. ${why.length > 0 ? escaped(why.join(' ')) : 'There was one more step.'} Please try once more.`,
    ),
    ...(typed.length > 0
      ? [aside('What you typed, so that it is not lost:'), ...paragraphs(typed.map(escaped))]
      : []),
  );
