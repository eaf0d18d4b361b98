// How a Web API method says no: with Slack's own error code, and the details Slack adds to it.

export class SlackError extends Error {
  readonly code: string;
  /** What stands beside the code in the answer. */
  readonly extra: Record<string, unknown>;
  /** What is wrong, in words; empty where the code says it all. */
  readonly problems: readonly string[];

  constructor(code: string, extra: Record<string, unknown> = {}, problems: readonly string[] = []) {
    super(code);
    this.name = 'SlackError';
    this.code = code;
    this.extra = extra;
    this.problems = problems;
  }
}

const messagesOf = (problems: readonly string[]) => ({
  response_metadata: { messages: problems.map((problem) => `[ERROR] ${problem}`) },
});

/** Slack's way of listing what is wrong with the arguments. */
export function withMessages(code: string, problems: readonly string[]): SlackError {
  return new SlackError(code, messagesOf(problems), problems);
}

/** The same for the blocks of a message, which are listed twice. */
export function invalidBlocks(problems: readonly string[]): SlackError {
  return new SlackError('invalid_blocks', { errors: problems, ...messagesOf(problems) }, problems);
}

/**
 * Errors that say the bot itself did something Slack does not allow. The others (a channel that is gone, a rate
 * limit, a changed hash) happen to well-behaved bots too.
 */
export const faultsOfTheBot: ReadonlySet<string> = new Set([
  'cannot_parse_attachment',
  'cant_delete_message',
  'cant_update_message',
  'duplicate_external_id',
  'exchanged_trigger_id',
  'expired_trigger_id',
  'invalid_arguments',
  'invalid_arg_name',
  'invalid_blocks',
  'invalid_blocks_format',
  'invalid_cursor',
  'invalid_form_data',
  'invalid_json',
  'invalid_limit',
  'invalid_metadata_format',
  'invalid_metadata_schema',
  'invalid_payload',
  'invalid_post_type',
  'invalid_trigger_id',
  'invalid_ts_latest',
  'invalid_ts_oldest',
  'invalid_types',
  'json_not_object',
  'markdown_text_conflict',
  'metadata_too_large',
  'missing_post_type',
  'missing_scope',
  'msg_blocks_too_long',
  'msg_too_long',
  'no_text',
  'not_allowed_token_type',
  'push_limit_reached',
  'too_many_attachments',
  'unknown_method',
  'used_url',
  'expired_url',
  'view_too_large',
]);
