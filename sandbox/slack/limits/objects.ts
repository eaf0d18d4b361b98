// Limits of the small objects that blocks are composed of: texts, options, confirmations, filters.

import { anyOf, type Check, flag, list, object, oneOf, say, text } from './schema.ts';

export function plainText(max: number, min = 1): Check {
  return object({
    required: { type: oneOf('plain_text'), text: text({ min, max }) },
    optional: { emoji: flag },
  });
}

export function mrkdwn(max: number, min = 1): Check {
  return object({
    required: { type: oneOf('mrkdwn'), text: text({ min, max }) },
    optional: { verbatim: flag },
  });
}

/** Either kind of text. */
export function anyText(max: number, min = 1): Check {
  return (value, pointer, found) => {
    const kind = (value as { type?: unknown } | null)?.type;
    (kind === 'mrkdwn' ? mrkdwn(max, min) : plainText(max, min))(value, pointer, found);
  };
}

const url = text({ min: 1, max: 3000, pattern: /^(https?|mailto|slack):/i, like: 'of a URL' });

/** A link people can follow. */
export const link: Check = url;

export const confirm: Check = object({
  required: { text: anyText(300) },
  optional: {
    title: plainText(100),
    confirm: plainText(30),
    deny: plainText(30),
    style: oneOf('primary', 'danger'),
  },
});

/**
 * An option; Slack's page says 150 for its value and its types say 75, so 75 holds here (75 is right either way).
 */
export function option(kind: 'plain' | 'mrkdwn' | 'overflow'): Check {
  return object({
    required: {
      text: kind === 'mrkdwn' ? anyText(75) : plainText(75),
      value: text({ min: 1, max: 75 }),
    },
    optional: {
      description: kind === 'mrkdwn' ? anyText(75) : plainText(75),
      ...(kind === 'overflow' ? { url } : {}),
    },
  });
}

export function options(kind: 'plain' | 'mrkdwn' | 'overflow', max: number): Check {
  const each = list(option(kind), { min: 1, max });
  return (value, pointer, found) => {
    each(value, pointer, found);
    if (!Array.isArray(value)) return;
    const seen = new Set<unknown>();
    for (const one of value) {
      const given = (one as { value?: unknown } | null)?.value;
      if (seen.has(given)) say(found, pointer, `option values must be unique: ${String(given)}`);
      seen.add(given);
    }
  };
}

export const optionGroups: Check = list(
  object({ required: { label: plainText(75), options: list(option('plain'), { min: 1, max: 100 }) } }),
  { min: 1, max: 100 },
);

export const conversationFilter: Check = object({
  optional: {
    include: list(oneOf('im', 'mpim', 'private', 'public'), { min: 1 }),
    exclude_external_shared_channels: flag,
    exclude_bot_users: flag,
  },
});

export const dispatchConfig: Check = object({
  required: {
    trigger_actions_on: list(oneOf('on_enter_pressed', 'on_character_entered'), { min: 1, max: 2 }),
  },
});

const slackFile = anyOf(object({ required: { id: text() } }), object({ required: { url: text() } }));

/** The fields an image needs, block or element: one source and a text for those who do not see it. */
export const imageFields = {
  required: { alt_text: text({ min: 1, max: 2000 }) },
  optional: {
    image_url: text({ min: 1, max: 3000, pattern: /^https?:\/\//i, like: 'of an http(s) URL' }),
    slack_file: slackFile,
  },
};

export function oneImageSource(
  value: Record<string, unknown>,
  pointer: string,
  found: { pointer: string; message: string }[],
): void {
  if ((value.image_url === undefined) === (value.slack_file === undefined)) {
    say(found, pointer, 'must provide exactly one of image_url and slack_file');
  }
}
