// The log: pino, what never appears in it, and the adapter through which Bolt writes to it.

import { type Logger as BoltLogger, LogLevel } from '@slack/bolt';
import { type Logger, pino } from 'pino';

export type Log = Logger;

/** Keys whose values are secrets or people's words, wherever they turn up in a logged object. */
const secretKeys = [
  'authorization',
  'token',
  'botToken',
  'appToken',
  'signingSecret',
  'databaseUrl',
  'connectionString',
  'password',
  'text',
  'note',
  'blocks',
  'view',
  'response_url',
  'trigger_id',
];

/** Anything in free text that looks like a Slack token or the password in a connection string. */
const secretText = /xox[a-z]-[\w-]+|xapp-[\w-]+|(?<=:\/\/[^\s:@/]*:)[^\s@/]+(?=@)/g;

/** Takes tokens and passwords out of free text, for errors that quote what they were given. */
export const withoutSecrets = (text: string): string => text.replace(secretText, '[secret]');

export function createLog(level: string, destination?: pino.DestinationStream): Log {
  const options: pino.LoggerOptions = {
    level,
    base: null,
    redact: {
      paths: secretKeys.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]),
      censor: '[secret]',
    },
    serializers: {
      // Only what helps to find the fault: Slack's and pg's errors carry requests and row values.
      err: (error: Error & { code?: unknown }) => ({
        type: error.name,
        code: error.code,
        message: withoutSecrets(String(error.message)),
        stack: withoutSecrets(String(error.stack)),
      }),
    },
    hooks: {
      logMethod(input, method) {
        method.apply(
          this,
          input.map((part) => (typeof part === 'string' ? withoutSecrets(part) : part)) as typeof input,
        );
      },
    },
  };
  return destination ? pino(options, destination) : pino(options);
}

/** Bolt logs through here; its debug lines hold whole payloads, so they are dropped at every level. */
export function boltLogger(log: Log): BoltLogger {
  const words = (parts: unknown[]): string =>
    parts.map((part) => (part instanceof Error ? part.message : String(part))).join(' ');
  return {
    debug: () => {},
    info: (...parts) => log.debug(words(parts)),
    warn: (...parts) => log.warn(words(parts)),
    // What is an error is for our own code to say: the client also calls refusals so that we expect.
    error: (...parts) => log.warn(words(parts)),
    setLevel: () => {},
    getLevel: () => LogLevel.INFO,
    setName: () => {},
  };
}

/** Says the first of many like it at once and then one a minute, with how many it kept to itself in between. */
export function sparingly(
  say: (error: unknown, others: number) => void,
  /** In milliseconds, from any moment on. */
  clock: () => number = () => performance.now(),
): (error: unknown) => void {
  let next = Number.NEGATIVE_INFINITY;
  let others = 0;
  return (error) => {
    if (clock() < next) {
      others += 1;
      return;
    }
    next = clock() + 60_000;
    say(error, others);
    others = 0;
  };
}
