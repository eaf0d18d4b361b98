// Slack's errors, sorted.

import { expect, test } from '@jest/globals';
import {
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebAPIRequestError,
} from '@slack/web-api';
import { sortFailure } from '../../src/slack/failures.ts';

test.each([
  ['account_inactive', 'workspace-gone'],
  ['token_revoked', 'workspace-gone'],
  ['channel_not_found', 'destination-gone'],
  ['restricted_action_read_only_channel', 'destination-gone'],
  ['user_disabled', 'destination-gone'],
  ['invalid_blocks', 'our-fault'],
  ['msg_too_long', 'our-fault'],
  ['an_error_nobody_has_seen', 'our-fault'],
  ['service_unavailable', 'try-again'],
  ['fatal_error', 'in-doubt'],
])('%s: %s', (error, kind) => {
  expect(sortFailure(new WebAPIPlatformError({ ok: false, error } as never)).kind).toBe(kind);
});

test('a rate limit carries how long to wait', () => {
  const failure = sortFailure(new WebAPIRateLimitedError(30));
  expect(failure).toEqual({ kind: 'rate-limited', wait: Temporal.Duration.from({ seconds: 30 }) });
});

const request = (cause: object) =>
  new WebAPIRequestError(
    Object.assign(new TypeError('fetch failed'), { cause: Object.assign(new Error('x'), cause) }),
  );

test.each([
  ['a refused connection: surely not taken', request({ code: 'ECONNREFUSED' }), 'try-again'],
  ['a name that was not found: surely not taken', request({ code: 'ENOTFOUND' }), 'try-again'],
  ['a connection cut in the middle', request({ code: 'ECONNRESET' }), 'in-doubt'],
  ['a timeout', new WebAPIRequestError(new DOMException('late', 'TimeoutError') as never), 'in-doubt'],
  ['a server that fell over', new WebAPIHTTPError(500, 'x', {}, ''), 'in-doubt'],
  ['a request it could not read', new WebAPIHTTPError(400, 'x', {}, ''), 'our-fault'],
])('%s', (_, error, kind) => {
  expect(sortFailure(error).kind).toBe(kind);
});

test('what is no error of Slack is nobody’s to sort', () => {
  expect(() => sortFailure(new RangeError('a bug'))).toThrow('a bug');
});
