// Slack's errors, sorted by what they mean for a message that was to be sent.

import { ErrorCode } from '@slack/web-api';

export type SlackFailure =
  /** The app was removed or its token is dead: nothing can be sent to this workspace. */
  | { kind: 'workspace-gone'; error: string }
  /** The channel or person can't be reached; others in the workspace can. */
  | { kind: 'destination-gone'; error: string }
  /** Slack refuses the message itself; sending it again would not help. `blocks`: other blocks might do. */
  | { kind: 'our-fault'; error: string; blocks: boolean }
  /** Slack asks to wait; it did not take the message. */
  | { kind: 'rate-limited'; wait: Temporal.Duration }
  /** Slack did not take the message and may do so later. */
  | { kind: 'try-again'; error: string }
  /** Slack may or may not have taken the message. */
  | { kind: 'in-doubt'; error: string };

const workspaceGone = [
  'account_inactive',
  'token_revoked',
  'token_expired',
  'invalid_auth',
  'not_authed',
  'team_access_not_granted',
  'org_login_required',
];

const destinationGone = [
  'channel_not_found',
  'is_archived',
  'not_in_channel',
  'no_permission',
  'ekm_access_denied',
  'messages_tab_disabled',
  'user_disabled',
  'user_not_found',
  'user_not_visible',
  'cannot_dm_bot',
  'team_not_found',
];

const tryAgain = [
  'ratelimited',
  'rate_limited',
  'service_unavailable',
  'request_timeout',
  'team_added_to_org',
];

/** Slack's own pages say of fatal_error that some of the call may have succeeded. */
const inDoubt = ['internal_error', 'fatal_error'];

const blocksRefused = ['invalid_blocks', 'invalid_blocks_format', 'msg_blocks_too_long'];

/** The system errors that happen before a byte of the request has left. */
const neverLeft = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT'];

/** What an error of @slack/web-api means. Anything else is not Slack's and is thrown on. */
export function sortFailure(error: unknown): SlackFailure {
  const { code } = error as { code?: unknown };
  switch (code) {
    case ErrorCode.PlatformError:
      return platformFailure((error as { data: { error: string } }).data.error);
    case ErrorCode.RateLimitedError:
      return {
        kind: 'rate-limited',
        wait: Temporal.Duration.from({ seconds: Math.ceil((error as { retryAfter: number }).retryAfter) }),
      };
    case ErrorCode.HTTPError: {
      const status = (error as { statusCode: number }).statusCode;
      return status >= 500
        ? { kind: 'in-doubt', error: `http_${status}` }
        : { kind: 'our-fault', error: `http_${status}`, blocks: false };
    }
    case ErrorCode.RequestError: {
      const reason = systemCode((error as { original?: unknown }).original);
      return { kind: neverLeft.includes(reason) ? 'try-again' : 'in-doubt', error: reason };
    }
    default:
      throw error;
  }
}

function platformFailure(error: string): SlackFailure {
  if (workspaceGone.includes(error)) return { kind: 'workspace-gone', error };
  if (destinationGone.includes(error) || error.startsWith('restricted_action')) {
    return { kind: 'destination-gone', error };
  }
  if (tryAgain.includes(error)) return { kind: 'try-again', error };
  if (inDoubt.includes(error)) return { kind: 'in-doubt', error };
  return { kind: 'our-fault', error, blocks: blocksRefused.includes(error) };
}

/** fetch hides the system's error below its own. */
function systemCode(error: unknown): string {
  for (let at = error; at instanceof Error; at = at.cause) {
    const { code } = at as { code?: unknown };
    if (typeof code === 'string' && code !== '') return code;
    if (at.name === 'TimeoutError' || at.name === 'AbortError') return 'timeout';
  }
  return 'network';
}
