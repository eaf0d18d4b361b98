// The doors of this room: the list, and the three buttons that every commitment has wherever it is shown.

import { z } from 'zod';
import type { Tenant } from '../../db/tenancy.ts';
import type { LeadDesk } from '../../leads/index.ts';
import type { Lead } from '../../leads/leads.ts';
import type { Prompts } from '../../prompts/prompts.ts';
import type { Answer, Doors, Request } from '../../slack/doors.ts';
import { knownTimeZone } from '../../time/zones.ts';
import type { SlashCommand } from '../room.ts';
import * as forms from './commitments.forms.ts';
import * as store from './commitments.store.ts';
import {
  type Changed,
  type Commitment,
  type Commitments,
  mayChange,
  mostOpenAllowed,
  parseListCommand,
} from './commitments.ts';
import * as views from './commitments.views.ts';

export const commands: SlashCommand[] = [
  {
    command: '/keel commitments',
    usageHint: '[done | help]',
    description: 'What you took on, and what became of it',
  },
];

export interface CommitmentTools {
  leads: LeadDesk;
  prompts: Prompts;
  commitments: Commitments;
  /** Leads, and guests: people who lead nobody here and are only reminded. */
  findMember(trx: Tenant, personId: string): Promise<Lead | undefined>;
  /** A guest's zone follows Slack; undefined when nothing changed, or a lead decides for themselves. */
  moveGuest(trx: Tenant, personId: string, timeZone: string): Promise<Lead | undefined>;
}

/** How far back the list of what was closed looks. */
const closedWeeks = 4;

const { ids } = views;

export function listen(doors: Doors, tools: CommitmentTools): void {
  const { commitments } = tools;

  /** Nobody becomes a lead by looking at what they took on: the zone is known, or Slack's. */
  async function readerOf(request: Request): Promise<views.Reader> {
    const { personId, now } = request;
    const known = await request.read((trx) => tools.findMember(trx, personId));
    const timeZone = known?.timeZone ?? (await request.profile(personId)).timeZone ?? 'UTC';
    return { personId, timeZone, now };
  }

  async function list(trx: Tenant, reader: views.Reader, which: 'open' | 'closed'): Promise<Answer> {
    if (which === 'closed') {
      const since = reader.now.subtract({ hours: closedWeeks * 7 * 24 });
      return { message: views.closedList(await store.findClosedSince(trx, reader.personId, since), reader) };
    }
    const mine = await store.findOpenOf(trx, reader.personId);
    const theirs = await store.findOpenOwedTo(trx, reader.personId);
    return { message: views.openList(mine, theirs, reader) };
  }

  /** The commitment, if this person may change it; else what to tell them. */
  async function mine(
    trx: Tenant,
    id: string,
    personId: string,
  ): Promise<{ commitment: Commitment } | { answer: Answer }> {
    const commitment = await store.findCommitment(trx, id);
    if (!commitment) return { answer: { replace: views.unknown() } };
    // Others see it where it was made, in a channel: their click must not take that message away from everybody.
    return mayChange(commitment, personId) ? { commitment } : { answer: { message: views.notYours() } };
  }

  /** What else is open in the reminder a commitment stands in; nothing where it stands in none. */
  async function restOf(
    trx: Tenant,
    { id, due }: Pick<Commitment, 'id' | 'due'>,
    deliveryId: string | undefined,
    reader: views.Reader,
  ): Promise<Commitment[]> {
    if (deliveryId === undefined) return [];
    const sameDay = await store.findOpenDueOn(trx, reader.personId, due);
    return sameDay.filter((other) => other.id !== id);
  }

  /** After a change: what became of it in place of the message, with the rest of the reminder it stood in. */
  async function settle(
    trx: Tenant,
    changed: Changed,
    deliveryId: string | undefined,
    answer: string,
    reader: views.Reader,
  ): Promise<Answer> {
    switch (changed.kind) {
      case 'unknown':
        return { replace: views.unknown() };
      case 'stale': {
        const { commitment } = changed;
        const rest = await restOf(trx, commitment, deliveryId, reader);
        return { replace: views.alreadyClosed(commitment, rest, reader, deliveryId) };
      }
      case 'refused':
        return { errors: { [forms.fields.due]: views.problems[changed.why] } };
      case 'changed': {
        const { commitment, before } = changed;
        const rest = await restOf(trx, before, deliveryId, reader);
        // The reminder is answered by the click on the last one in it.
        if (deliveryId !== undefined && rest.length === 0) {
          await tools.prompts.answer(trx, deliveryId, answer, reader.now);
        }
        return { replace: views.settled(commitment, before, rest, reader, deliveryId) };
      }
    }
  }

  doors.command('/keel commitments', async (request) => {
    const command = parseListCommand(request.text);
    if (command.kind === 'help') return { message: views.help() };
    if (command.kind === 'refused') return { message: views.unknownWord(command.text) };
    const reader = await readerOf(request);
    return request.read((trx) => list(trx, reader, command.kind));
  });

  doors.click(ids.list, async (request) => {
    const reader = await readerOf(request);
    return request.read((trx) => list(trx, reader, request.suffix === 'closed' ? 'closed' : 'open'));
  });

  doors.click(ids.done, async (request) => {
    const reader = await readerOf(request);
    const { id, deliveryId } = carried(request.value);
    return request.once(async (trx) => {
      const found = await mine(trx, id, request.personId);
      if ('answer' in found) return found.answer;
      return settle(trx, await commitments.done(trx, id, request.now), deliveryId, 'done', reader);
    });
  });

  doors.click(ids.reopen, async (request) => {
    const reader = await readerOf(request);
    const { id } = carried(request.value);
    return request.once(async (trx) => {
      const found = await mine(trx, id, request.personId);
      if ('answer' in found) return found.answer;
      return settle(trx, await commitments.reopen(trx, id, request.now), undefined, 'reopened', reader);
    });
  });

  const opens =
    (form: (commitment: Commitment, data: forms.FormData) => Answer['form'], closedToo = false) =>
    async (request: Request & { value: string }): Promise<Answer> => {
      const reader = await readerOf(request);
      const data = carried(request.value);
      return request.read(async (trx) => {
        const found = await mine(trx, data.id, request.personId);
        if ('answer' in found) return found.answer;
        if (found.commitment.state !== 'open' && !closedToo) {
          const rest = await restOf(trx, found.commitment, data.deliveryId, reader);
          return { replace: views.alreadyClosed(found.commitment, rest, reader, data.deliveryId) };
        }
        const opened = form(found.commitment, data);
        return opened ? { form: opened } : {};
      });
    };
  doors.click(ids.newDate, opens(forms.newDateForm));
  doors.click(ids.notDoing, opens(forms.notDoingForm));
  doors.click(ids.edit, opens(forms.editForm, true));

  doors.form(ids.newDateForm, async (request) => {
    const reader = await readerOf(request);
    const { id, deliveryId } = dataOf(request.data);
    const due = request.values.day(forms.fields.due);
    if (!due) return { errors: { [forms.fields.due]: 'Choose a day.' } };
    return request.once(async (trx) => {
      const found = await mine(trx, id, request.personId);
      if ('answer' in found) return found.answer;
      const changed = await commitments.newDate(trx, id, due, request.now);
      return settle(trx, changed, deliveryId, `moved to ${due}`, reader);
    });
  });

  doors.form(ids.notDoingForm, async (request) => {
    const reader = await readerOf(request);
    const { id, deliveryId } = dataOf(request.data);
    const reason = request.values.text(forms.fields.reason).slice(0, 300);
    if (reason === '') return { errors: { [forms.fields.reason]: 'A line on what changed, please.' } };
    return request.once(async (trx) => {
      const found = await mine(trx, id, request.personId);
      if ('answer' in found) return found.answer;
      const changed = await commitments.notDoing(trx, id, reason, request.now);
      return settle(trx, changed, deliveryId, 'not doing', reader);
    });
  });

  doors.form(ids.editForm, async (request) => {
    const reader = await readerOf(request);
    const { id } = dataOf(request.data);
    const [what, due, ownerId] = [
      request.values.text(forms.fields.what),
      request.values.day(forms.fields.due),
      request.values.person(forms.fields.owner),
    ];
    if (!due) return { errors: { [forms.fields.due]: 'Choose a day.' } };
    if (!ownerId) return { errors: { [forms.fields.owner]: 'Choose who takes it on.' } };
    const owner = await request.profile(ownerId);
    if (owner.unreachable) {
      return {
        errors: { [forms.fields.owner]: 'They are not in this workspace any more. Choose somebody who is.' },
      };
    }
    return request.once(async (trx) => {
      const found = await mine(trx, id, request.personId);
      if ('answer' in found) return found.answer;
      const keeper = { workspaceId: request.workspaceId, leadId: found.commitment.leadId };
      const changed = await commitments.edit(trx, keeper, id, { owner, what, due }, request.now);
      if (changed.kind === 'refused') {
        const field = changed.why === 'no-words' || changed.why === 'too-long' ? 'what' : 'due';
        return { errors: { [forms.fields[field]]: views.problems[changed.why] } };
      }
      return changed.kind === 'changed'
        ? { replace: views.edited(changed.commitment, reader) }
        : { replace: views.unknown() };
    });
  });

  doors.click(ids.settings, async (request) => {
    const { lead } = await tools.leads.meet(request);
    return { form: forms.settingsForm(await request.read((trx) => store.findMostOpen(trx, lead.id))) };
  });
  doors.form(ids.settingsForm, async (request) => {
    const { lead } = await tools.leads.meet(request);
    const most = request.values.wholeNumber(forms.fields.mostOpen);
    if (most === undefined || most < 1 || most > mostOpenAllowed) {
      return { errors: { [forms.fields.mostOpen]: `A whole number from 1 to ${mostOpenAllowed}, please.` } };
    }
    return request.once(async (trx) => {
      await store.saveMostOpen(trx, { workspaceId: lead.workspaceId, leadId: lead.id }, most);
      return { message: views.limitSaved(most) };
    });
  });

  doors.event('user_change', async (request) => {
    const user = z
      .object({ user: z.object({ deleted: z.boolean().optional(), tz: z.string().optional() }) })
      .safeParse(request.event).data?.user;
    if (!user) return {};
    const zone = knownTimeZone(user.tz);
    return request.read(async (trx) => {
      await store.markLeft(trx, request.personId, user.deleted === true);
      const moved = zone ? await tools.moveGuest(trx, request.personId, zone) : undefined;
      if (moved) await tools.prompts.replan(trx, moved, request.now);
      return {};
    });
  });
}

const nobody = '00000000-0000-0000-0000-000000000000';
const uuid = (text: unknown): string | undefined => z.uuid().safeParse(text).data;

/** What a button brought back; an id that is none finds nothing. */
function carried(value: string): forms.FormData {
  const [id, delivery] = value.split(',');
  const deliveryId = uuid(delivery);
  return { id: uuid(id) ?? nobody, ...(deliveryId !== undefined && { deliveryId }) };
}

function dataOf(data: unknown): forms.FormData {
  const parsed = z.object({ id: z.string(), deliveryId: z.string().optional() }).safeParse(data).data;
  return carried([parsed?.id ?? '', parsed?.deliveryId ?? ''].join(','));
}
