// Carrying an answer out once its transaction is over: forms, words, and messages that have to show what changed.

import type { WebClient } from '@slack/web-api';
import type { Log } from '../log.ts';
import { say } from './blocks.ts';
import type { Answer } from './doors.ts';
import { type Form, viewOf } from './forms.ts';
import { asArguments, type Message } from './message.ts';
import type * as payloads from './payloads.ts';
import type { Redrawing } from './redraw.ts';

export interface AnswerTools {
  log: Log;
  bringUpToDate: Redrawing['bringUpToDate'];
  /** Where Slack's Web API is. */
  apiUrl: string;
  /** Draws a person's Home, `notice` on top of it. */
  publishHome(client: WebClient, workspaceId: string, personId: string, notice?: Message): Promise<void>;
}

/** Who did it, where Slack says so. */
export interface Visitor {
  workspaceId: string;
  personId: string;
  client: WebClient;
}

/** What may follow an acknowledgement. Never rejects: a failure here has lost nothing that was kept. */
type CarryOut = (
  visitor: Visitor,
  origin: payloads.Origin,
  answer: Answer,
  at: { trigger: string; view?: { id: string; hash?: string | undefined } | undefined },
) => Promise<void>;

const notOpened = say('Slack did not open the form in time. Please try once more.');

export function carrier(tools: AnswerTools): CarryOut {
  const { log } = tools;

  /** Says it where the person was; in their DM where that place is closed by now. */
  async function tell(visitor: Visitor, origin: payloads.Origin, answer: Answer): Promise<void> {
    const { client, personId } = visitor;
    const words = answer.replace ?? answer.message;
    if (origin.home) {
      if (await drawHome(visitor, words)) return;
    } else if (answer.home) {
      await drawHome(visitor);
    }
    if (!words) return;
    const replace = answer.replace !== undefined && origin.replace === true;
    for (const version of [words, answer.plainer ?? words]) {
      if (origin.responseUrl && (await respond(origin.responseUrl, version, replace))) return;
    }
    const dm = (version: Message) => client.chat.postMessage({ channel: personId, ...asArguments(version) });
    await dm(words).catch((error: unknown) => {
      if (!answer.plainer) throw error;
      return dm(answer.plainer);
    });
  }

  /** Whether it stands there. Where it can't be read or drawn the words are still to be said elsewhere. */
  async function drawHome({ client, workspaceId, personId }: Visitor, notice?: Message): Promise<boolean> {
    try {
      await tools.publishHome(client, workspaceId, personId, notice);
      return true;
    } catch (error) {
      log.warn({ err: error, workspaceId, personId }, 'a Home could not be drawn');
      return false;
    }
  }

  /** Whether Slack took it: a response URL serves five times in thirty minutes. */
  async function respond(url: string, message: Message, replace: boolean): Promise<boolean> {
    if (!isSlacks(url, tools.apiUrl)) {
      log.warn('a response URL that is not Slack’s was not used');
      return false;
    }
    const response = await fetch(url, {
      method: 'POST',
      redirect: 'error',
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify({ response_type: 'ephemeral', replace_original: replace, ...message }),
      signal: AbortSignal.timeout(5_000),
    }).catch((error: unknown) => {
      log.warn({ err: error }, 'a response URL did not answer');
      return undefined;
    });
    return response?.ok ?? false;
  }

  async function carryOut(
    visitor: Visitor,
    origin: payloads.Origin,
    answer: Answer,
    at: { trigger: string; view?: { id: string; hash?: string | undefined } | undefined },
  ): Promise<void> {
    const { client } = visitor;
    const lost = (error: unknown): void =>
      log.warn(
        { err: error, workspaceId: visitor.workspaceId, personId: visitor.personId },
        'an answer did not arrive',
      );
    let said = answer;
    try {
      const envelope = (form: Form) => viewOf(form, { origin, data: form.data });
      if (answer.changeForm && at.view) {
        await client.views.update({ view_id: at.view.id, view: envelope(answer.changeForm) });
      }
      if (answer.form && at.view)
        await client.views.push({ trigger_id: at.trigger, view: envelope(answer.form) });
      else if (answer.form) await client.views.open({ trigger_id: at.trigger, view: envelope(answer.form) });
    } catch (error) {
      lost(error);
      // Most likely the answer took longer than the trigger lives. Silence would look like a dead button.
      said = { ...answer, message: answer.message ?? notOpened };
    }
    await tell(visitor, origin, said).catch(lost);
    if (answer.redraw) await tools.bringUpToDate(visitor.workspaceId, client, answer.redraw);
  }

  return carryOut;
}

/** Hosts of response URLs; docs.slack.dev/interactivity/handling-user-interaction, and GovSlack's own. */
const hosts = ['https://hooks.slack.com', 'https://hooks.slack-gov.com'];

/** Also true at the address of the Web API, which for a local Slack is where its response URLs are. */
function isSlacks(url: string, apiUrl: string): boolean {
  const origin = URL.parse(url)?.origin;
  return origin !== undefined && [...hosts, URL.parse(apiUrl)?.origin].includes(origin);
}
