// The doors of this room: the list, and the three buttons that every commitment has wherever it is shown.

import type { Entry, MemberStep, Step } from '../../leads/index.ts';
import type { Prompts } from '../../prompts/prompts.ts';
import type { Answer, Doors, Request } from '../../slack/doors.ts';
import { through, type Way } from '../../slack/through.ts';
import { localDay } from '../../time/days.ts';
import type { SlashCommand } from '../room.ts';
import * as actions from './commitments.actions.ts';
import * as forms from './commitments.forms.ts';
import * as store from './commitments.store.ts';
import {
  type Act,
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
    usageHint: '[add | done | help]',
    description: 'What you took on, and what became of it',
  },
];

export interface CommitmentTools {
  leads: Entry;
  prompts: Prompts;
  commitments: Commitments;
}

/** A request that names a commitment. */
type Naming = Request & ({ carried: forms.FormData } | { data: forms.FormData });

/** How far back the list of what was closed looks. */
const closedWeeks = 4;

export function listen(doors: Doors, tools: CommitmentTools): void {
  const { commitments, leads, prompts } = tools;
  const lead = through<[Step]>(doors, leads.onceAsLead);
  const member = through<[MemberStep]>(doors, leads.onceAsMember);

  doors.command('/keel commitments', async (request) => {
    const command = parseListCommand(request.text);
    if (command.kind === 'help') return { message: views.help() };
    if (command.kind === 'refused') return { message: views.unknownWord(command.text) };
    if (command.kind !== 'add') return leads.onceAsMember((step) => list(step, command.kind))(request);
    return leads.onceAsLead(async (step) => ({ form: addFormFor(step, command.what) }))(request);
  });
  lead.action(actions.add, async (step) => ({ form: addFormFor(step, '') }));
  doors.submission(actions.addForm, async (request) => {
    const what = request.values.text(forms.fields.what);
    const due = request.values.day(forms.fields.due);
    if (!due) return { errors: { [forms.fields.due]: views.missing.due } };
    const owner = await request.profile(request.personId);
    const add = leads.onceAsLead<typeof request>(
      async ({ trx, lead: { workspaceId, id, timeZone }, now }) => {
        const source = { kind: 'own', id, words: 'yourself' } as const;
        const added = await commitments.add(
          trx,
          { workspaceId, leadId: id },
          source,
          [{ owner, what, due }],
          now,
        );
        if (added.kind === 'added') {
          const [made] = added.commitments;
          return { message: views.added(made!, { member: { id, timeZone }, now }) };
        }
        if (added.why === 'too-many-open')
          return { errors: { [forms.fields.what]: views.tooManyOpen(added.open.length, added.most) } };
        return { errors: { [forms.fields[added.field]]: views.problems[added.why] } };
      },
    );
    return add(request);
  });
  member.action(actions.list, (step, { carried }) => list(step, carried.which));

  /** One commitment that this person may change; what was asked of it is done in one transaction. */
  const onOne: Way<[MemberStep, Commitment], Naming> = (work) =>
    leads.onceAsMember(async (step, request) => {
      const { id } = 'carried' in request ? request.carried : request.data;
      const commitment = await store.findCommitment(step.trx, id);
      if (!commitment) return { replace: views.unknown() };
      // Others see it where it was made, in a channel: their click must not take that message away from everybody.
      if (!mayChange(commitment, step.member.id)) return { message: views.notYours() };
      return work(step, commitment, request);
    });

  const one = through<[MemberStep, Commitment], Naming>(doors, onOne);

  /** After a change: what became of it in place of the message, with the rest of the reminder it stood in. */
  async function settle(
    step: MemberStep,
    changed: Changed,
    { deliveryId, answer }: { deliveryId?: string | undefined; answer: string },
  ): Promise<Answer> {
    switch (changed.kind) {
      case 'unknown':
        return { replace: views.unknown() };
      case 'stale':
        return { replace: await closedBefore(step, changed.commitment, deliveryId) };
      case 'refused':
        return { errors: { [forms.fields.due]: views.problems[changed.why] } };
      case 'changed': {
        const rest = await restOf(step, changed.before, deliveryId);
        // The reminder is answered by the click on the last one in it.
        if (deliveryId !== undefined && rest.length === 0) {
          await prompts.answer(step.trx, { leadId: step.member.id, deliveryId }, answer, step.now);
        }
        return { replace: views.settled(changed, rest, step, deliveryId) };
      }
    }
  }

  one.action(actions.done, async (step, { id }, { carried }) =>
    settle(step, await commitments.done(step.trx, id, actOf(step)), { ...carried, answer: 'done' }),
  );
  one.action(actions.reopen, async (step, { id }) =>
    settle(step, await commitments.reopen(step.trx, id, actOf(step)), { answer: 'reopened' }),
  );
  const opens = (form: typeof forms.editForm) =>
    onOne(async (step, commitment, { carried }: Request & { carried: forms.FormData }) =>
      commitment.state === 'open' || form === forms.editForm
        ? { form: form(commitment, carried) }
        : { replace: await closedBefore(step, commitment, carried.deliveryId) },
    );
  doors.action(actions.newDate, opens(forms.newDateForm));
  doors.action(actions.notDoing, opens(forms.notDoingForm));
  doors.action(actions.edit, opens(forms.editForm));

  one.submission(actions.newDateForm, async (step, { id }, { values, data }) => {
    const due = values.day(forms.fields.due);
    if (!due) return { errors: { [forms.fields.due]: views.missing.due } };
    const changed = await commitments.newDate(step.trx, id, due, actOf(step));
    return settle(step, changed, { ...data, answer: `moved to ${due}` });
  });
  one.submission(actions.notDoingForm, async (step, { id }, { values, data }) => {
    const reason = values.text(forms.fields.reason).slice(0, 300);
    if (reason === '') return { errors: { [forms.fields.reason]: views.missing.reason } };
    const changed = await commitments.notDoing(step.trx, id, reason, actOf(step));
    return settle(step, changed, { ...data, answer: 'not doing' });
  });
  doors.submission(actions.editForm, async (request) => {
    const what = request.values.text(forms.fields.what);
    const due = request.values.day(forms.fields.due);
    const ownerId = request.values.person(forms.fields.owner);
    if (!due) return { errors: { [forms.fields.due]: views.missing.due } };
    if (!ownerId) return { errors: { [forms.fields.owner]: views.missing.owner } };
    const owner = await request.profile(ownerId);
    if (owner.unreachable) return { errors: { [forms.fields.owner]: views.ownerLeft } };
    const change = onOne(async (step, { id, leadId }) => {
      const keeper = { workspaceId: request.workspaceId, leadId };
      const changed = await commitments.edit(step.trx, keeper, id, { owner, what, due }, actOf(step));
      if (changed.kind === 'refused') {
        const field = changed.why === 'no-words' || changed.why === 'too-long' ? 'what' : 'due';
        return { errors: { [forms.fields[field]]: views.problems[changed.why] } };
      }
      return {
        replace: changed.kind === 'changed' ? views.edited(changed.commitment, step) : views.unknown(),
      };
    });
    return change(request);
  });

  lead.action(actions.settings, async ({ trx, lead }) => ({
    form: forms.settingsForm(await store.findMostOpen(trx, lead.id)),
  }));
  lead.submission(actions.settingsForm, async ({ trx, lead }, { values }) => {
    const most = values.wholeNumber(forms.fields.mostOpen);
    if (most === undefined || most < 1 || most > mostOpenAllowed) {
      return { errors: { [forms.fields.mostOpen]: views.missing.mostOpen } };
    }
    await store.saveMostOpen(trx, { workspaceId: lead.workspaceId, leadId: lead.id }, most);
    return { message: views.limitSaved(most) };
  });
}

const actOf = ({ member, now }: MemberStep): Act => ({ by: member.id, now });

const addFormFor = ({ lead, now }: Step, what: string) =>
  forms.addForm(what, localDay(now, lead.timeZone).add({ weeks: 1 }));

async function list(step: MemberStep, which: 'open' | 'closed'): Promise<Answer> {
  const { trx, member, now } = step;
  if (which === 'closed') {
    const since = now.subtract({ hours: closedWeeks * 7 * 24 });
    return { message: views.closedList(await store.findClosedSince(trx, member.id, since), step) };
  }
  const mine = await store.findOpenOf(trx, member.id);
  const theirs = await store.findOpenOwedTo(trx, member.id);
  return { message: views.openList(mine, theirs, step) };
}

/** What else is open in the reminder a commitment stands in; nothing where it stands in none. */
async function restOf(
  { trx, member }: MemberStep,
  { id }: Pick<Commitment, 'id'>,
  deliveryId: string | undefined,
): Promise<Commitment[]> {
  if (deliveryId === undefined) return [];
  return (await store.findSaidIn(trx, member.id, deliveryId)).filter((other) => other.id !== id);
}

const closedBefore = async (step: MemberStep, commitment: Commitment, deliveryId: string | undefined) =>
  views.alreadyClosed(commitment, await restOf(step, commitment, deliveryId), step, deliveryId);
