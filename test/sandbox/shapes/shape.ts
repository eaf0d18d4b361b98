// What a recorded shape is, and how the local Slack's is held against it: field by field, names and types.

/** Whom and what a recorded payload speaks of; a replay puts the house's own people and channels in. */
export interface Actors {
  team: string;
  domain: string;
  app: string;
  person: string;
  handle: string;
  /** The bot's user id, and its bot id. */
  botUser: string;
  bot: string;
  channel: string;
  trigger: string;
  responseUrl: string;
}

export const anyone: Actors = {
  team: 'T0ANYTEAM',
  domain: 'any-team',
  app: 'A0ANYAPP',
  person: 'U0ANYONE',
  handle: 'anyone',
  botUser: 'U0ANYBOT',
  bot: 'B0ANYBOT',
  channel: 'D0ANYDM',
  trigger: '1.2.abcdef',
  responseUrl: 'https://hooks.slack.example/actions/T0ANYTEAM/1/abc',
};

/**
 * Where what the local Slack wrote differs from what was recorded: a field it lacks, one it adds, one of another type.
 * Lists are compared item by item as far as both go.
 */
export function differences(recorded: unknown, ours: unknown, at = ''): string[] {
  if (typeOf(recorded) !== typeOf(ours)) return [`${at} is ${typeOf(ours)} for ${typeOf(recorded)}`];
  if (Array.isArray(recorded) && Array.isArray(ours)) {
    return recorded
      .slice(0, ours.length)
      .flatMap((item, index) => differences(item, ours[index], `${at}[${index}]`));
  }
  if (!isRecord(recorded) || !isRecord(ours)) return [];
  const fields = [...new Set([...Object.keys(recorded), ...Object.keys(ours)])];
  return fields.flatMap((field) => {
    const path = at === '' ? field : `${at}.${field}`;
    if (!(field in ours)) return [`${path} is lacking`];
    if (!(field in recorded)) return [`${path} is added`];
    return differences(recorded[field], ours[field], path);
  });
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'list' : typeof value;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeOf(value) === 'object';
}
