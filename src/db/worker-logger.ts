// What graphile-worker says, brought to our own log.

import { Logger } from 'graphile-worker';
import type { Log } from '../log.ts';

/** For migrations, where the caller reports the outcome itself. */
export const quietWorkerLogger = new Logger(() => () => {});

/** Its levels are ours; its `meta` may hold job payloads, which are ids only, but errors are all we keep. */
export function workerLogger(log: Log): Logger {
  return new Logger(() => (level, message, meta) => {
    const error = meta && 'error' in meta ? meta.error : undefined;
    const say =
      { error: log.error, warning: log.warn, info: log.debug, debug: log.trace }[level] ?? log.debug;
    say.call(log, error instanceof Error ? { err: error } : {}, message);
  });
}
