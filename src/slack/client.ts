// The Web API client, set up so that nothing is retried, awaited or shared behind our back.

import { type LogLevel, WebClient, type WebClientOptions } from '@slack/web-api';
import { boltLogger, type Log } from '../log.ts';

/**
 * Options for every client the bot makes. No retries: a retried post can be posted twice, and who may try again
 * is the caller's decision. A rate limit is reported at once with its seconds instead of blocking the queue.
 */
export const clientOptions = (apiUrl: string, log: Log): WebClientOptions & { logLevel?: LogLevel } => ({
  slackApiUrl: apiUrl,
  retryConfig: { retries: 0 },
  rejectRateLimitedCalls: true,
  timeout: 10_000,
  logger: boltLogger(log),
});

export const createClient = (token: string, apiUrl: string, log: Log): WebClient =>
  new WebClient(token, clientOptions(apiUrl, log));
