// The configuration: read from the environment once, checked as a whole, every problem reported with what to do.

import { z } from 'zod';
import { type MasterKey, readMasterKeys } from './db/sealed.ts';

export interface Config {
  databaseUrl: string;
  slack: {
    botToken: string;
    /** Checks that requests come from Slack; needed over HTTP, unused in Socket Mode. */
    signingSecret: string | undefined;
    /** Given: Socket Mode, the bot calls Slack. Not given: HTTP, Slack calls the bot. */
    appToken: string | undefined;
    /** Ends in a slash. */
    apiUrl: string;
  };
  /** What notes and other trusted words are sealed with, the current one first. Empty: those features refuse. */
  encryptionKeys: MasterKey[];
  /** How long deliveries are remembered after they are over, in days. */
  deliveriesKeptDays: number;
  port: number;
  logLevel: string;
  environment: 'production' | 'development' | 'test';
}

interface ConfigProblem {
  variable: string;
  /** One sentence: what is wrong and what to do. Never the value, which may be a secret. */
  advice: string;
}

type ConfigOutcome = { kind: 'ready'; config: Config } | { kind: 'refused'; problems: ConfigProblem[] };

const levels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'];

const isUrl = (text: string, protocols: string[]): boolean =>
  URL.canParse(text) && protocols.includes(new URL(text).protocol);

const required = (advice: string) => z.string({ error: `is missing. ${advice}` });

const databaseAdvice =
  'Set it to a PostgreSQL connection string, as in postgres://user:password@host:5432/evenkeel.';
const botTokenAdvice =
  'Copy the "Bot User OAuth Token" (xoxb-…) from your Slack app\'s page "OAuth & Permissions".';
const secretAdvice = 'Copy the "Signing Secret" from your Slack app\'s page "Basic Information".';
const appTokenAdvice =
  'Make an app-level token (xapp-…) with the scope connections:write, or leave the variable out to use HTTP.';

const variables = z.object({
  DATABASE_URL: required(databaseAdvice).refine((text) => isUrl(text, ['postgres:', 'postgresql:']), {
    error: `is no connection string. ${databaseAdvice}`,
  }),
  SLACK_BOT_TOKEN: required(botTokenAdvice).regex(/^(xoxe\.)?xoxb-./, {
    error: `is no bot token. ${botTokenAdvice}`,
  }),
  SLACK_SIGNING_SECRET: z.string().optional(),
  SLACK_APP_TOKEN: z
    .string()
    .regex(/^xapp-./, { error: `is no app-level token. ${appTokenAdvice}` })
    .optional(),
  SLACK_API_URL: z
    .string()
    .refine((text) => isUrl(text, ['https:', 'http:']), {
      error: 'is no web address. Leave it out to use Slack itself, https://slack.com/api/.',
    })
    .transform((text) => (text.endsWith('/') ? text : `${text}/`))
    .default('https://slack.com/api/'),
  ENCRYPTION_KEYS: z
    .string()
    .transform((text, context) => {
      const reading = readMasterKeys(text);
      if (reading.kind === 'keys') return reading.keys;
      context.addIssue({ code: 'custom', message: reading.advice });
      return z.NEVER;
    })
    .default([]),
  DELIVERIES_KEPT_DAYS: z
    .string()
    .regex(/^[1-9]\d{0,4}$/, {
      error: 'is no number of days. Set a whole number from 1, or leave it out for 400.',
    })
    .transform(Number)
    .default(400),
  PORT: z
    .string()
    .regex(/^\d{1,5}$/, { error: 'is no port. Set a number from 0 to 65535, or leave it out for 3000.' })
    .transform(Number)
    .refine((port) => port <= 65_535, {
      error: 'is no port. Set a number from 0 to 65535, or leave it out for 3000.',
    })
    .default(3000),
  LOG_LEVEL: z.enum(levels, { error: `is no level. Set one of ${levels.join(', ')}.` }).default('info'),
  NODE_ENV: z
    .enum(['production', 'development', 'test'], {
      error: 'is unknown. Set production, development or test.',
    })
    .default('production'),
});

/** Reads `env`; an empty value counts as not given. Reports every problem at once, none with its value. */
export function readConfig(env: Record<string, string | undefined>): ConfigOutcome {
  const given = Object.fromEntries(
    Object.entries(env)
      .map(([name, value]) => [name, value?.trim()] as const)
      .filter(([, value]) => value),
  );
  const parsed = variables.safeParse(given);
  const problems: ConfigProblem[] = (parsed.error?.issues ?? []).map((issue) => ({
    variable: String(issue.path[0]),
    advice: issue.message,
  }));
  if (!given.SLACK_APP_TOKEN && !given.SLACK_SIGNING_SECRET) {
    problems.push({
      variable: 'SLACK_SIGNING_SECRET',
      advice: `is missing. ${secretAdvice} (Or set SLACK_APP_TOKEN to use Socket Mode, which needs none.)`,
    });
  }
  if (!parsed.success || problems.length > 0) return { kind: 'refused', problems };
  const values = parsed.data;
  return {
    kind: 'ready',
    config: {
      databaseUrl: values.DATABASE_URL,
      slack: {
        botToken: values.SLACK_BOT_TOKEN,
        signingSecret: values.SLACK_SIGNING_SECRET,
        appToken: values.SLACK_APP_TOKEN,
        apiUrl: values.SLACK_API_URL,
      },
      encryptionKeys: values.ENCRYPTION_KEYS,
      deliveriesKeptDays: values.DELIVERIES_KEPT_DAYS,
      port: values.PORT,
      logLevel: values.LOG_LEVEL,
      environment: values.NODE_ENV,
    },
  };
}

/** The problems as the process prints them before it exits. */
export function describeProblems(problems: ConfigProblem[]): string {
  const lines = problems.map(({ variable, advice }) => `  ${variable} ${advice}`);
  return [
    'Evenkeel cannot start. Its configuration needs attention:',
    ...lines,
    'Every variable is explained in .env.example. To try Evenkeel without Slack: npm run sandbox',
  ].join('\n');
}
