// The doors through which a lead hands something over: `/delegate`, the preview, and every list that leads on from it.

import type { Step } from '../../leads/index.ts';
import type { Lead } from '../../leads/leads.ts';
import type { Answer, Doors, Request } from '../../slack/doors.ts';
import type { SlashCommand } from '../room.ts';
import { asItsLead, type DelegationTools } from './delegation.access.slack.ts';
import * as actions from './delegation.actions.ts';
import { usualCheckIns } from './delegation.check-ins.ts';
import * as forms from './delegation.forms.ts';
import { oneHigher } from './delegation.levels.ts';
import { proposeForm } from './delegation.levels.views.ts';
import * as lists from './delegation.list.views.ts';
import { type DelegateCommand, type DelegateLine, parseDelegateCommand } from './delegation.parse.ts';
import { answerPrompt } from './delegation.planning.steps.ts';
import { refused } from './delegation.refusals.ts';
import * as sealed from './delegation.sealed.store.ts';
import * as steps from './delegation.steps.ts';
import * as store from './delegation.store.ts';
import { levelToOffer, tell, tellInPerson } from './delegation.ts';
import * as views from './delegation.views.ts';

export const commands: SlashCommand[] = [
  {
    command: '/delegate',
    usageHint: '@someone the cache redesign at advise until 12 dec',
    description: 'Hand something over, at a level you both agree on; nothing typed opens a form',
  },
];

export function listen(doors: Doors, tools: DelegationTools): void {
  const { leads, prompts, sealer } = tools;
  const onOne = asItsLead(tools);
  const once = (
    { lead, now, once }: Request & { lead: Lead },
    work: (step: steps.DelegationStep) => Promise<Answer>,
  ): Promise<Answer> => once((trx) => work({ trx, lead, now, prompts, sealer }));

  doors.command(
    '/delegate',
    leads.asLead(async (request) => {
      const { lead, now, text } = request;
      const command = parseDelegateCommand(text, { now, zone: lead.timeZone, leadId: lead.id });
      return command.kind === 'give' && command.line.level !== null
        ? give(request, { ...command.line, level: command.line.level })
        : once(request, (step) => answer(step, command));
    }),
  );

  async function give(
    request: Request & { lead: Lead },
    { why, ...line }: DelegateLine & Pick<steps.NewDelegation, 'level'>,
  ): Promise<Answer> {
    if (why !== null && !sealer.available) return { message: views.whyNeedsKeys() };
    const { name: personName, unreachable } = await request.profile(line.personId);
    if (unreachable) return { message: views.unreachable(personName) };
    return once(request, async (step) => {
      const draft = { ...line, personName, risky: false, follows: null };
      const checkIns = usualCheckIns(line.until, views.todayOf(step), step.lead);
      const made = await steps.makeDraft(step, draft, { checkIns, words: { why } });
      return { message: views.preview(made, step) };
    });
  }

  async function answer(step: steps.DelegationStep, command: DelegateCommand): Promise<Answer> {
    switch (command.kind) {
      case 'form':
        return { form: forms.giveForm({}, {}, sealer.available) };
      case 'give':
        return { form: forms.giveForm(forms.initialOf(command.line), {}, sealer.available) };
      case 'help':
        return { message: views.help() };
      case 'list':
        return list(step);
      case 'person':
        return page(step, command.personId);
      case 'refused':
        return { message: refused(command.problems) };
    }
  }

  doors.action(
    actions.give,
    leads.onceAsLead(async (_step, { carried: { personId, delivery } }) => ({
      form: forms.giveForm(personId ? { personId } : {}, { delivery }, sealer.available),
    })),
  );
  doors.action(
    actions.again,
    onOne(async (step, before) => {
      const { words } = await steps.detailsOf(step, before);
      const { id, personId, personLeft, title, risky } = before;
      const initial: forms.GiveInitial = {
        // Slack offers nobody who has left.
        ...(personLeft ? {} : { personId }),
        title,
        level: levelToOffer(before, oneHigher(before.level)),
        why: words.why,
        stays: words.stays,
        risky,
      };
      return { form: forms.giveForm(initial, { follows: id }, sealer.available) };
    }),
  );
  doors.submission(
    actions.giveForm,
    leads.asLead(async (request) => {
      const { lead, now, values, data } = request;
      const reading = forms.readGive(values, { lead, now });
      if (reading.kind === 'refused') return { errors: reading.errors };
      const { name: personName, unreachable } = await request.profile(reading.draft.personId);
      if (unreachable) return { errors: { [forms.giveFields.person]: forms.nobodyToHoldIt } };
      return once(request, async (step) => {
        const before = data.follows && (await store.findDelegation(step.trx, lead.id, data.follows));
        await answerPrompt(step, data.delivery, 'delegating');
        const draft = { ...reading.draft, personName, follows: before ? before.id : null };
        return { replace: views.preview(await steps.makeDraft(step, draft, reading), step) };
      });
    }),
  );

  // What can be done with a preview.

  doors.action(
    actions.words,
    onOne(async (step, delegation) => {
      if (delegation.state !== 'draft') return { replace: views.moreHappened(delegation, step) };
      if (!sealer.available) return { message: views.wordsNeedKeys() };
      return { form: forms.wordsForm(await steps.detailsOf(step, delegation), step) };
    }),
  );
  doors.submission(
    actions.wordsForm,
    onOne(async (step, delegation, { values }) => {
      if (delegation.state !== 'draft') return { replace: views.moreHappened(delegation, step) };
      const told = forms.wordsIn(values, forms.wordsFields.told) ?? '';
      return { replace: views.preview(await steps.saveTold(step, delegation, told), step) };
    }),
  );
  doors.action(
    actions.send,
    onOne(async (step, delegation) => {
      const outcome = tell(delegation, step.now);
      if (outcome.kind === 'refused') return { replace: views.moreHappened(delegation, step) };
      if (delegation.personLeft) return { replace: views.unreachable(delegation.personName) };
      const shown = views.wordsToTell(await steps.detailsOf(step, delegation), step);
      await steps.handOver(step, outcome, shown);
      return { replace: views.sent(outcome.delegation) };
    }),
  );
  doors.action(
    actions.inPerson,
    onOne(async (step, delegation) => {
      const outcome = tellInPerson(delegation, step.now);
      if (outcome.kind === 'refused') return { replace: views.moreHappened(delegation, step) };
      await steps.handOver(step, outcome, null);
      return { replace: views.keptInPerson(outcome.delegation) };
    }),
  );

  // What can be done with any.

  doors.action(
    actions.edit,
    onOne(async (step, delegation) => ({
      form: forms.editForm(await steps.detailsOf(step, delegation), step, sealer.available),
    })),
  );
  doors.submission(
    actions.editForm,
    onOne(async (step, delegation, { values }) => {
      const reading = forms.readGive(values, step, delegation);
      if (reading.kind === 'refused') return { errors: reading.errors };
      const details = await steps.change(step, { ...delegation, ...reading.draft }, reading);
      return {
        replace: delegation.state === 'draft' ? views.preview(details, step) : views.edited(details, step),
      };
    }),
  );
  doors.action(
    actions.remove,
    onOne(async (step, delegation) => {
      await steps.remove(step, delegation);
      const words = views.deleted(delegation);
      return { changeForm: forms.deletedForm(delegation, words), replace: words };
    }),
  );
  doors.action(
    actions.look,
    onOne(async (step, delegation) => ({
      message: views.look(await steps.detailsOf(step, delegation), step),
    })),
  );
  doors.action(actions.list, leads.onceAsLead(list));
  doors.action(
    actions.menu,
    onOne(async (step, delegation, { carried: { what } }) => {
      const { id, round } = delegation;
      const sealing = sealer.available;
      if (what === 'edit' || what === 'look') {
        const details = await steps.detailsOf(step, delegation);
        return what === 'edit'
          ? { form: forms.editForm(details, step, sealing) }
          : { message: views.look(details, step) };
      }
      if (delegation.state !== 'open') return { message: views.moreHappened(delegation, step) };
      if (what === 'level') {
        const side = { side: 'lead', leadId: step.lead.id, sealing } as const;
        return { form: proposeForm(delegation, { id, round }, side) };
      }
      const endForm = what === 'done' ? forms.doneForm : forms.takeBackForm;
      return { form: endForm(delegation, { id }, sealing) };
    }),
  );
}

async function list(step: Step): Promise<Answer> {
  const { delegations, checkIns } = await store.findWithCheckIns(step.trx, step.lead.id);
  return { message: lists.list(delegations, checkIns, step) };
}

async function page(step: steps.DelegationStep, personId: string): Promise<Answer> {
  const { trx, lead } = step;
  const all = await store.findDelegations(trx, lead.id);
  const theirs = all.filter((delegation) => delegation.personId === personId);
  const history = {
    personId,
    all,
    checkIns: await store.findCheckIns(trx, lead.id, theirs),
    moves: await store.findLevelMoves(trx, lead.id, theirs),
    words: await sealed.openWords(trx, steps.ownerIn(step), theirs),
  };
  return { message: lists.page(history, step) };
}
