// The sandbox's own API beside the local Slack: everything a person can do and see, for curl, the page and any other program.

import type { IncomingMessage, ServerResponse } from 'node:http';
import { streamChanges } from './api.events.ts';
import { stateFor } from './api.state.ts';
import type { FaultSpec } from './slack/faults.ts';
import type { FieldValue } from './slack/forms.ts';
import { isObject } from './slack/limits/schema.ts';
import type { LocalSlack, RequestHandler } from './slack/local-slack.ts';
import type { Outcome, Person, SeenMessage, Where } from './slack/people.ts';
import { readBody } from './slack/web-api.ts';

/** A request that cannot be met; the sentence says what to do instead. */
class Refusal extends Error {
  readonly status: number;

  constructor(status: number, sentence: string) {
    super(sentence);
    this.status = status;
  }
}

type Body = Record<string, unknown>;

/** What else the page can ask for, by name: `POST /_sandbox/do/NAME` runs it and answers with what it returns. */
export type Actions = Map<string, (body: Body) => Promise<unknown>>;

/** What one sandbox offers: its Slack, and what else can be asked for. */
interface Offer {
  slack: LocalSlack;
  actions: Actions;
}

/**
 * Answers, at the local Slack's address, what is not Slack's own: the JSON API below `/_sandbox/`, and the page.
 * The actions it returns may be added to at any time.
 */
export function openApi(
  slack: LocalSlack,
  options: {
    page?: RequestHandler /** Until this resolves people wait at the door. */;
    opens?: Promise<void>;
  } = {},
): Actions {
  const offer: Offer = { slack, actions: new Map() };
  slack.otherRequests = async (request, response) => {
    if (!isLocal(request)) return send(response, 403, { error: foreign });
    await options.opens;
    const isApi = request.url?.startsWith('/_sandbox/') === true;
    if (isApi) await answer(offer, request, response);
    else if (options.page !== undefined) await options.page(request, response);
    else send(response, 404, { error: 'There is nothing here. The JSON API begins with /_sandbox/people.' });
  };
  return offer.actions;
}

async function answer(offer: Offer, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { slack } = offer;
  const url = new URL(request.url ?? '/', slack.url);
  const path = url.pathname.replace(/^\/_sandbox\//, '').replace(/\/$/, '');
  try {
    if (request.method === 'GET' && path === 'events') {
      return streamChanges(slack, personIn(slack, url.searchParams.get('as')), request, response);
    }
    const found =
      request.method === 'GET'
        ? await read(offer, path, url.searchParams)
        : await change(offer, request.method ?? '', path, await bodyOf(request));
    send(response, 200, found);
  } catch (error) {
    // The verbs explain themselves in their errors: no such button, no such field, no such option.
    send(response, error instanceof Refusal ? error.status : 400, { error: (error as Error).message });
  }
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
  });
  response.end(JSON.stringify(body ?? null));
}

const loopback = new Set(['127.0.0.1', 'localhost', '[::1]']);

const foreign =
  'The sandbox answers only programs and pages of this machine. Use 127.0.0.1 or localhost as the host, and with curl leave the Origin header out.';

/**
 * Whether a request comes from this machine's own pages and programs: not by a foreign name that was made to point
 * here (DNS rebinding), and, where it changes something, not from a foreign page (cross-site requests).
 */
function isLocal(request: IncomingMessage): boolean {
  const { host = '', origin } = request.headers;
  if (!loopback.has(host.replace(/:\d+$/, ''))) return false;
  return request.method === 'GET' || origin === undefined || origin === `http://${host}`;
}

async function bodyOf(request: IncomingMessage): Promise<Body> {
  const text = await readBody(request);
  if (text === '') return {};
  const type = request.headers['content-type'] ?? '';
  if (!type.startsWith('application/json')) {
    throw new Refusal(415, 'Send JSON, with the header "content-type: application/json".');
  }
  try {
    const body: unknown = JSON.parse(text);
    if (isObject(body)) return body;
  } catch {
    // Falls through to the refusal, which holds for both.
  }
  throw new Refusal(400, 'The body must be one JSON object, such as {"text": "/logtime 45m review"}.');
}

function personIn(slack: LocalSlack, name: string | null | undefined): Person {
  if (!name) throw new Refusal(400, 'Say who you are with ?as=USER. GET /_sandbox/people lists everyone.');
  try {
    return slack.person(name);
  } catch (error) {
    throw new Refusal(404, (error as Error).message);
  }
}

async function read({ slack, actions }: Offer, path: string, query: URLSearchParams): Promise<unknown> {
  const [what, name] = path.split('/');
  switch (what) {
    case 'people':
      return slack.people.map((person) => ({
        id: person.id,
        name: person.name,
        role: person.role,
        tz: person.tz,
        real_name: person.realName,
        workspace: person.workspaceId,
      }));
    case 'messages':
      return messagesFor(personIn(slack, query.get('as')), query);
    case 'home':
      return personIn(slack, name).home() ?? null;
    case 'modal':
      return personIn(slack, name).modal() ?? null;
    case 'state':
      return stateFor(slack, personIn(slack, query.get('as')), actions.keys());
    case 'clock':
      return clockOf(slack);
    case 'upcoming': {
      const until = slack.clock.now().add({ hours: 24 * 14 });
      return (await slack.travel?.upcoming?.(until)) ?? [];
    }
    case 'log': {
      const after = Number(query.get('after') ?? 0);
      const entries = slack.log.filter((entry) => entry.id > after);
      return {
        calls: entries.filter((entry) => entry.direction === 'call'),
        sent: entries.filter((entry) => entry.direction === 'sent'),
        violations: slack.violations,
      };
    }
    case 'faults':
      return slack.faults.list().map(({ id, spec, hits }) => ({ id, ...spec, hits }));
    default:
      throw new Refusal(
        404,
        `There is no GET /_sandbox/${path}. There are people, messages, home/USER, modal/USER, state, events, clock, upcoming, log and faults.`,
      );
  }
}

/** The newest `limit` messages before `before`, oldest first; all of them unless told. With `ts` that one alone. */
function messagesFor(person: Person, query: URLSearchParams): SeenMessage[] {
  const channel = query.get('channel') ?? 'dm';
  const thread = query.get('thread');
  const before = query.get('before');
  const ts = query.get('ts');
  const limit = Number(query.get('limit') ?? Number.POSITIVE_INFINITY);
  const messages = person
    .conversation(channel)
    .filter((one) => thread === null || one.ts === thread || one.threadTs === thread)
    .filter((one) => before === null || one.ts < before)
    .filter((one) => ts === null || one.ts === ts);
  return messages.slice(Number.isFinite(limit) ? -limit : 0);
}

async function change({ slack, actions }: Offer, method: string, path: string, body: Body): Promise<unknown> {
  const [what, name, verb] = path.split('/');
  if (method === 'DELETE' && what === 'faults') {
    if (name === undefined) slack.faults.clear();
    else
      slack.faults
        .list()
        .find((fault) => String(fault.id) === name)
        ?.remove();
    return [];
  }
  if (method !== 'POST') throw new Refusal(405, `${method} is not understood here. Use GET or POST.`);
  switch (what) {
    case 'as':
      return asPerson(slack, personIn(slack, name), verb ?? '', body);
    case 'clock':
      return moveClock(slack, body);
    case 'faults':
      return addFault(slack, body);
    case 'do': {
      const action = actions.get(name ?? '');
      if (action !== undefined) return (await action(body)) ?? { ok: true };
      const known = [...actions.keys()].join(', ') || 'none';
      throw new Refusal(404, `There is no action "${name ?? ''}". There are: ${known}.`);
    }
    default:
      throw new Refusal(
        404,
        `There is no POST /_sandbox/${path}. There are as/USER/VERB, clock, faults and do/NAME.`,
      );
  }
}

const verbs =
  'command, message, click, select, options, submit, close, open-home, shortcut, invite, read and move';

async function asPerson(slack: LocalSlack, person: Person, verb: string, body: Body): Promise<unknown> {
  const logged = slack.log.length;
  const outcome = await perform(person, verb, body);
  if (Array.isArray(outcome)) return outcome;
  const sent = slack.log.slice(logged).find((entry) => entry.direction === 'sent');
  return {
    ok: outcome.failure === undefined && outcome.errors === undefined,
    ...outcome,
    acknowledgement: sent === undefined ? null : { status: sent.status ?? null, body: sent.response ?? null },
    sees: person.sees(),
    modal: person.modal() ?? null,
    now: slack.clock.now().toString(),
  };
}

async function perform(person: Person, verb: string, body: Body): Promise<Outcome | unknown[]> {
  const where: Where = {
    ...((textIn(body, 'ts') ?? textIn(body, 'view_id'))
      ? { in: (textIn(body, 'ts') ?? textIn(body, 'view_id')) as string }
      : {}),
    ...(textIn(body, 'block_id') === undefined ? {} : { blockId: textIn(body, 'block_id') as string }),
    ...(typeof body.nth === 'number' ? { nth: body.nth } : {}),
    ...(typeof body.confirm === 'boolean' ? { confirm: body.confirm } : {}),
  };
  const channel = textIn(body, 'channel');
  const inChannel = channel === undefined ? {} : { in: channel };
  switch (verb) {
    case 'command':
    case 'message': {
      const text = needText(body, 'text');
      const threadTs = textIn(body, 'thread_ts');
      return person.types(text, { ...inChannel, ...(threadTs === undefined ? {} : { threadTs }) });
    }
    case 'click':
      return person.clicks(textIn(body, 'action_id') ?? needText(body, 'label'), {
        ...where,
        ...(textIn(body, 'value') === undefined ? {} : { value: textIn(body, 'value') as string }),
      });
    case 'select':
      return person.selects(
        textIn(body, 'action_id') ?? needText(body, 'label'),
        body.value as FieldValue,
        where,
      );
    case 'options':
      return person.looksUp(
        textIn(body, 'action_id') ?? needText(body, 'label'),
        textIn(body, 'typed') ?? '',
        where,
      );
    case 'submit': {
      const { values } = body;
      if (values !== undefined && !isObject(values)) {
        throw new Refusal(
          400,
          'values must be an object: a field’s block_id, action_id or label, and what to put in.',
        );
      }
      const viewId = textIn(body, 'view_id');
      return person.submits(
        (values ?? {}) as Record<string, FieldValue>,
        viewId === undefined ? {} : { viewId },
      );
    }
    case 'close':
      await person.closes({ all: body.all === true });
      return {};
    case 'open-home':
      await person.opensHome();
      return {};
    case 'shortcut':
      return person.usesShortcut(needText(body, 'callback_id'), textIn(body, 'ts'));
    case 'invite':
      await person.invites(needText(body, 'channel'), textIn(body, 'who'));
      return {};
    case 'read':
      person.reads(needText(body, 'channel'));
      return {};
    case 'move':
      await person.movesTo(needText(body, 'tz'));
      return {};
    default:
      throw new Refusal(404, `Nobody can "${verb}". They can ${verbs}.`);
  }
}

function textIn(body: Body, name: string): string | undefined {
  const value = body[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function needText(body: Body, name: string): string {
  const value = textIn(body, name);
  if (value === undefined) throw new Refusal(400, `The body needs "${name}", a text.`);
  return value;
}

function clockOf(slack: LocalSlack) {
  const zone = leadOf(slack)?.tz ?? 'UTC';
  const now = slack.clock.now();
  return {
    now: now.toString(),
    local: now.toZonedDateTimeISO(zone).toPlainDateTime().toString({ smallestUnit: 'second' }),
    zone,
    speed: slack.clock.speed,
  };
}

function leadOf(slack: LocalSlack): Person | undefined {
  return slack.people.find((person) => person.role === 'lead') ?? slack.people[0];
}

async function moveClock(slack: LocalSlack, body: Body): Promise<unknown> {
  if (body.pause === true) slack.clock.pause();
  if (typeof body.speed === 'number') {
    if (body.speed <= 0) slack.clock.pause();
    else slack.clock.run(body.speed);
  }
  const to = textIn(body, 'to');
  const advance = textIn(body, 'advance');
  const zone = leadOf(slack)?.tz ?? 'UTC';
  if (to !== undefined) await slack.moveClock(await momentOf(slack, to, zone));
  else if (advance !== undefined) {
    await slack.moveClock(slack.clock.now().toZonedDateTimeISO(zone).add(durationOf(advance)).toInstant());
  } else if (body.pause === undefined && body.speed === undefined) {
    throw new Refusal(
      400,
      'Say "to" (a moment, or "next"), "advance" (such as "1h"), "speed" or "pause": true.',
    );
  }
  return clockOf(slack);
}

/** An ISO instant, a date and time as the lead's clock shows it, or `next`: the next thing that is due. */
async function momentOf(slack: LocalSlack, text: string, zone: string): Promise<Temporal.Instant> {
  if (text === 'next') {
    const next = await slack.travel?.nextDue();
    if (next !== undefined) return next;
    throw new Refusal(409, 'Nothing is planned, so there is no next moment to go to.');
  }
  try {
    if (/(Z|[+-]\d{2}:?\d{2})(\[.*\])?$/i.test(text)) return Temporal.Instant.from(text);
    return Temporal.PlainDateTime.from(text.replace(' ', 'T')).toZonedDateTime(zone).toInstant();
  } catch {
    throw new Refusal(
      400,
      `"${text}" is no moment. Write 2026-11-27T15:00 (the lead’s clock) or 2026-11-27T14:00:00Z.`,
    );
  }
}

const units: Record<string, 'seconds' | 'minutes' | 'hours' | 'days' | 'weeks'> = {
  s: 'seconds',
  sec: 'seconds',
  second: 'seconds',
  m: 'minutes',
  min: 'minutes',
  minute: 'minutes',
  h: 'hours',
  hour: 'hours',
  d: 'days',
  day: 'days',
  w: 'weeks',
  week: 'weeks',
};

/** `PT90M`, `1h`, `1 h 30 min`, `2 days`. */
export function durationOf(text: string): Temporal.Duration {
  const refuse = () => new Refusal(400, `"${text}" is no duration. Write 1h, 30min, 2 days or PT1H30M.`);
  if (/^P/i.test(text.trim())) {
    try {
      return Temporal.Duration.from(text.trim().toUpperCase());
    } catch {
      throw refuse();
    }
  }
  const parts = [...text.matchAll(/(\d+)\s*([a-z]+)/gi)];
  const rest = text.replace(/(\d+)\s*([a-z]+)/gi, '').trim();
  if (parts.length === 0 || rest !== '') throw refuse();
  let total = new Temporal.Duration();
  for (const [, count = '', word = ''] of parts) {
    const unit = units[word.toLowerCase()] ?? units[word.toLowerCase().replace(/s$/, '')];
    if (unit === undefined) throw refuse();
    total = total.with({ [unit]: total[unit] + Number(count) });
  }
  return total;
}

const faultKinds = ['ratelimited', 'error', 'http', 'timeout', 'accepted-then-dropped', 'slow'];

function addFault(slack: LocalSlack, body: Body): unknown {
  const kind = needText(body, 'kind');
  if (kind === 'disconnect') {
    slack.socketMode.cut();
    return { ok: true };
  }
  if (!faultKinds.includes(kind)) {
    throw new Refusal(
      400,
      `There is no fault "${kind}". There are: ${faultKinds.join(', ')} and disconnect.`,
    );
  }
  const spec = { ...body, method: textIn(body, 'method') ?? '*' } as FaultSpec;
  const { id } = slack.faults.add(spec);
  return { id, ...spec };
}
