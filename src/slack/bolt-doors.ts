// The doors made of Bolt: parse what came, let the room answer, carry the answer out. The one catch of the house is here.

import type { AckFn, App, ViewResponseAction } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import type { Kysely } from 'kysely';
import { openGate } from '../db/gate.ts';
import type { Schema } from '../db/schema.ts';
import { inWorkspace, type Tenant } from '../db/tenancy.ts';
import { inPassing, type Timers } from '../time/timers.ts';
import { readCarried, readData, slackId } from './actions.ts';
import { type AnswerTools, carrier, type Visitor } from './answers.ts';
import { say } from './blocks.ts';
import { fetchChannel, isInChannel } from './channels.ts';
import type {
  ActionRequest,
  Answer,
  CommandRequest,
  Doors,
  Handler,
  Request,
  SubmissionRequest,
} from './doors.ts';
import { type Form, FormValues, viewOf } from './forms.ts';
import { firstTime, forget } from './handled.ts';
import { asArguments, type Message, pageBlock } from './message.ts';
import * as payloads from './payloads.ts';
import { fetchProfile, type Profile } from './people.ts';
import { permalinkTo } from './permalink.ts';
import { slowApology, slowRefusal, sorry, stillAtIt } from './sorry.ts';

interface DoorTools extends AnswerTools {
  db: Kysely<Schema>;
  now: () => Temporal.Instant;
  /** A request was handled: something may have been planned for this very moment. */
  kept?(): void;
  /** The process's own unless given. */
  timers?: Pick<Timers, 'after'>;
}

/** How long an answer may take and still be the acknowledgement itself; Slack gives up after 3 s. */
const promptMillis = 2_000;

/** And after that, until the person reads that it is being worked on: before the three seconds are over, too. */
const wordsMillis = 800;

/**
 * One person's transactions at once: a row of theirs that something has locked holds up themselves and not the pool.
 * Whoever waits longer in line than a connection is waited for would wait in vain.
 */
const ofOnePerson = { atOnce: 2, patience: 2_250 };

const alreadyHandled: Answer = { message: say('I have that already; it counts once.') };

const fromElsewhere: Answer = {
  message: say(
    'I work for the people of the workspace this channel belongs to, and you are here from another one; nothing was changed.',
  ),
};

const outdated: Answer = {
  message: say(
    'That is from an older version of me and no longer works; nothing was changed. `/keel help` shows what I can do.',
  ),
};

/** Opens the doors, one room after the other: `openDoors(…)(room.name)` are a room's own. */
export function openDoors(app: App, tools: DoorTools): (room: string) => Doors {
  const { db, now, log, timers = inPassing } = tools;
  const gate = openGate({ ...ofOnePerson, timers });
  const carryOut = carrier(tools);
  const after = (millis: number): Promise<undefined> =>
    new Promise((resolve) => {
      timers.after(millis, () => resolve(undefined));
    });
  const commands = new Map<string, Handler<CommandRequest>>();
  const opened = new Set<string>();

  /** Bolt would call both listeners where a name is opened twice, and each would answer. */
  function openOnce(name: string): void {
    if (opened.has(name)) throw new Error(`Two doors are called ${name}`);
    opened.add(name);
  }

  /**
   * `door` and `id` name the request: one that several doors hear counts once at each. `again`: what is said of one
   * that came before. `here`: the channel it was done in, as Slack says.
   */
  function requestOf(
    { workspaceId, personId, client }: Visitor,
    door: string,
    id: string,
    { again = alreadyHandled, here }: { again?: Answer; here?: string | undefined } = {},
  ): Request {
    const requestId = `${door} ${id}`;
    const inTransaction = <T>(work: (trx: Tenant) => Promise<T>): Promise<T> =>
      gate(`${workspaceId} ${personId}`, () => inWorkspace(db, workspaceId, work));
    return {
      workspaceId,
      personId,
      now: now(),
      once: async (work) => {
        const kept = await inTransaction(async (trx) => {
          if (!(await firstTime(trx, workspaceId, requestId, now()))) return again;
          const answer = await work(trx);
          if (answer.errors || answer.changeForm) await forget(trx, requestId);
          return answer;
        });
        tools.kept?.();
        return kept;
      },
      inTransaction,
      profile: (id): Promise<Profile> => fetchProfile(client, id),
      channel: (id) => fetchChannel(client, id),
      isIn: async (id) => id === here || isInChannel(client, id, personId),
      permalink: (channel, ts) => permalinkTo(client, { channel, ts }),
    };
  }

  /** The room's answer; an apology in its place when the world broke. Never rejects. */
  async function attempt(
    door: string,
    visitor: Visitor,
    handle: () => Promise<Answer>,
    apologise: (words: Message) => Answer = (words) => ({ message: words }),
  ): Promise<Answer> {
    try {
      return await handle();
    } catch (error) {
      const reference = crypto.randomUUID().slice(0, 8);
      const { workspaceId, personId } = visitor;
      log.error({ err: error, door, workspaceId, personId, reference }, 'a request failed');
      return apologise(sorry(error, reference));
    }
  }

  // Members of another workspace see our messages in channels shared with it, and can press what stands there. Before
  // any door, so that none can forget it. They have no commands of ours, and without a click no form.
  app.use(async ({ body, context, client, next, ...rest }) => {
    const { user, trigger_id, response_url } = payloads.senderPayload.parse(body);
    if (user?.team_id === undefined || user.team_id === context.teamId) return next();
    if ('ack' in rest) await (rest.ack as AckFn<void>)();
    const origin = response_url === undefined ? {} : { responseUrl: response_url };
    await carryOut(visitorOf(context, client), origin, fromElsewhere, { trigger: trigger_id });
  });

  // Bolt calls every listener that matches, so this one hears all clicks and speaks only for those nobody knows.
  app.action(/^/, async ({ action, body, ack, client, context }) => {
    const name = 'action_id' in action ? (action.action_id.split(':')[0] ?? '') : '';
    if (opened.has(`action ${name}`)) return;
    const payload = payloads.clickPayload.parse(body);
    await ack();
    const origin = payload.response_url === undefined ? {} : { responseUrl: payload.response_url };
    await carryOut(visitorOf(context, client), origin, outdated, { trigger: payload.trigger_id });
  });
  app.view(/^/, async ({ body, ack, client, context }) => {
    const { view, trigger_id } = payloads.formPayload.parse(body);
    if (opened.has(`modal ${view.callback_id}`)) return;
    await ack();
    const { origin } = payloads.openEnvelope(view.private_metadata);
    await carryOut(visitorOf(context, client), origin, outdated, { trigger: trigger_id });
  });

  function openAction(
    name: string,
    handler: (request: payloads.Clicked & Request) => Promise<Answer>,
    { oncePerMessage }: { oncePerMessage?: true } = {},
  ): void {
    openOnce(`action ${name}`);
    app.action(new RegExp(`^${RegExp.escape(name)}(:|$)`), async ({ body, ack, client, context }) => {
      const visitor = visitorOf(context, client);
      const payload = payloads.clickPayload.parse(body);
      await ack();
      const [action] = payload.actions;
      if (!action) return;
      const inForm = payload.view?.type === 'modal' ? payload.view : undefined;
      const opened = inForm ? payloads.openEnvelope(inForm.private_metadata) : undefined;
      const message = payload.container?.message_ts;
      const here = payload.channel?.id;
      const request =
        oncePerMessage && message !== undefined
          ? // The first press answers for them all.
            requestOf(visitor, name, `${here}:${message}`, { again: {}, here })
          : requestOf(visitor, name, `${payload.trigger_id}:${action.action_id}`, { here });
      const answer = await attempt(name, visitor, () =>
        handler({
          ...request,
          value: payloads.carriedValue(action),
          suffix: action.action_id.slice(name.length + 1),
          channelId: here,
          form: inForm && { values: new FormValues(inForm.state?.values), data: opened?.data },
        }),
      );
      const origin: payloads.Origin = opened?.origin ?? {
        ...(payload.response_url !== undefined && {
          responseUrl: payload.response_url,
          replace: action.block_id?.startsWith(pageBlock) !== true,
        }),
        ...(payload.view?.type === 'home' && { home: true }),
      };
      await carryOut(visitor, origin, answer, { trigger: payload.trigger_id, view: inForm });
    });
  }

  function openSubmission(
    callbackId: string,
    handler: (request: { values: FormValues; data: unknown } & Request) => Promise<Answer>,
  ): void {
    openOnce(`modal ${callbackId}`);
    app.view(callbackId, async ({ body, ack, client, context }) => {
      const visitor = visitorOf(context, client);
      const { view, trigger_id } = payloads.formPayload.parse(body);
      const { origin, data } = payloads.openEnvelope(view.private_metadata);
      // An apology under a field keeps the form open, and with it everything that was typed.
      const [firstField] = view.blocks.filter((block) => block.type === 'input');
      const values = new FormValues(view.state?.values);
      let apology: Message | undefined;
      const answering = attempt(
        callbackId,
        visitor,
        () => handler({ ...requestOf(visitor, callbackId, view.id), values, data }),
        (words) => {
          apology = words;
          return firstField?.block_id
            ? { errors: { [firstField.block_id]: words.text } }
            : { message: words };
        },
      );
      const prompt = await Promise.race([answering, after(promptMillis)]);
      if (prompt) await acknowledgeForm(ack, prompt, origin);
      // Slack would call it failed after 3 s, though it may well be kept: the form closes, and words follow.
      else await ack();
      // Forms went out with the acknowledgement, or come too late; what is left are words.
      const late = prompt ?? (await answering);
      const told =
        prompt ?? (apology ? { message: slowApology(apology, values.typed()) } : inWords(late, values));
      const { form: _form, changeForm: _changeForm, ...words } = told;
      await carryOut(visitor, origin, words, { trigger: trigger_id });
    });
  }

  return (room) => ({
    command(name, handler) {
      openOnce(`command ${name}`);
      const [slash = name] = name.split(' ');
      const first = ![...commands.keys()].some((known) => known.split(' ')[0] === slash);
      commands.set(name, handler);
      if (!first) return;
      app.command(slash, async ({ body, ack, client, context }) => {
        const visitor = visitorOf(context, client);
        const payload = payloads.commandPayload.parse(body);
        const { name: door, handler: chosen, text } = longestMatch(commands, slash, payload.text);
        const origin = { responseUrl: payload.response_url };
        const request = requestOf(visitor, door, payload.trigger_id, { here: payload.channel_id });
        const answering = attempt(door, visitor, () =>
          chosen({ ...request, text, channelId: payload.channel_id }),
        );

        const prompt = await Promise.race([answering, after(promptMillis)]);
        const asAcknowledgement = prompt?.message && !prompt.form && !prompt.plainer;
        if (asAcknowledgement) {
          await ack({ response_type: 'ephemeral', ...asArguments(prompt.message as Message) });
          const { message: _said, ...rest } = prompt;
          await carryOut(visitor, origin, rest, { trigger: payload.trigger_id });
        } else {
          await ack();
          const at = { trigger: payload.trigger_id };
          if (!prompt && !(await Promise.race([answering, after(wordsMillis)]))) {
            await carryOut(visitor, origin, { message: stillAtIt }, at);
          }
          await carryOut(visitor, origin, await answering, at);
        }
      });
    },

    action(to, handler, options) {
      openAction(
        to.id,
        async ({ value, suffix, ...request }) => {
          const carried = readCarried(to, value, suffix);
          return carried === undefined
            ? outdated
            : handler({ ...request, carried } as ActionRequest<typeof to>);
        },
        options,
      );
    },
    submission(to, handler) {
      openSubmission(to.id, async ({ data: brought, ...request }) => {
        const data = readData(to, brought);
        return data === undefined ? outdated : handler({ ...request, data } as SubmissionRequest<typeof to>);
      });
    },
    shortcut(callbackId, handler) {
      openOnce(`shortcut ${callbackId}`);
      app.shortcut(callbackId, async ({ body, ack, client, context }) => {
        const visitor = visitorOf(context, client);
        const payload = payloads.shortcutPayload.parse(body);
        await ack();
        const here = payload.channel?.id;
        const answer = await attempt(callbackId, visitor, () =>
          handler({
            ...requestOf(visitor, callbackId, payload.trigger_id, { here }),
            channelId: here,
            message: payload.message && { ...payload.message, authorId: payload.message.user },
          }),
        );
        const origin = payload.response_url === undefined ? {} : { responseUrl: payload.response_url };
        await carryOut(visitor, origin, answer, { trigger: payload.trigger_id });
      });
    },

    event(type, handler) {
      const door = `${room} ${type}`;
      openOnce(`event ${door}`);
      app.event(type, async ({ event, body, client, context }) => {
        const named = context.userId ?? userOf(event);
        const personId = named === undefined ? nobody : known(named);
        const visitor = { workspaceId: known(context.teamId), personId, client };
        const id = payloads.eventPayload.parse(body).event_id;
        const answer = await attempt(
          door,
          visitor,
          // Slack repeats an event by itself, so whoever it is about is not told that it counts once.
          () =>
            handler({
              ...requestOf(visitor, door, id, { again: {} }),
              event: event as unknown as Record<string, unknown>,
            }),
          // Nobody asked, so nobody is told that it failed; the log is.
          () => ({}),
        );
        const { home, message, plainer } = answer;
        await carryOut(
          visitor,
          {},
          { ...(home && { home }), ...(message && { message }), ...(plainer && { plainer }) },
          { trigger: '' },
        );
      });
    },
  });
}

/** Slack does not say who deleted a channel or removed the bot. */
const nobody = '';

const visitorOf = ({ teamId, userId }: { teamId?: string; userId?: string }, client: WebClient): Visitor => ({
  workspaceId: known(teamId),
  personId: known(userId),
  client,
});

/** A workspace or person, by an id such as Slack makes. */
const known = (id: string | undefined): string => slackId.parse(id);

/** `user_change` carries a whole user, other events an id. */
function userOf(event: object): string | undefined {
  if (!('user' in event)) return undefined;
  const { user } = event;
  if (typeof user === 'string') return user;
  return user && typeof user === 'object' && 'id' in user && typeof user.id === 'string'
    ? user.id
    : undefined;
}

function longestMatch(
  commands: Map<string, Handler<CommandRequest>>,
  slash: string,
  text: string,
): { name: string; handler: Handler<CommandRequest>; text: string } {
  const [word = ''] = text.split(/\s/, 1);
  const name = `${slash} ${word.toLowerCase()}`;
  const named = word && commands.get(name);
  if (named) return { name, handler: named, text: text.slice(word.length).trim() };
  const handler = commands.get(slash);
  if (!handler) throw new Error(`No room answers ${slash} on its own`);
  return { name: slash, handler, text };
}

async function acknowledgeForm(
  ack: AckFn<void> | AckFn<ViewResponseAction>,
  answer: Answer,
  origin: payloads.Origin,
): Promise<void> {
  const acknowledge = ack as (response?: ViewResponseAction) => Promise<void>;
  const view = (form: Form) => viewOf(form, { origin, data: form.data });
  if (answer.errors) await acknowledge({ response_action: 'errors', errors: answer.errors });
  else if (answer.changeForm) await acknowledge({ response_action: 'update', view: view(answer.changeForm) });
  else if (answer.form) await acknowledge({ response_action: 'push', view: view(answer.form) });
  else if (answer.closeAll) await acknowledge({ response_action: 'clear' });
  else await acknowledge();
}

/** What a form that closed already can still be told: errors as words, with what was typed, so that none of it is lost. */
function inWords(answer: Answer, values: FormValues): Answer {
  const next = answer.changeForm ?? answer.form;
  if (!answer.errors && !next) return answer;
  const why = Object.values(answer.errors ?? {});
  return { ...answer, message: answer.message ?? slowRefusal(why, values.typed()) };
}
