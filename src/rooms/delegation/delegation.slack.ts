// The doors to everything that was handed over: `/delegate`, the lists it shows, and what can be done with each entry.

import type { Step } from '../../leads/index.ts';
import type { Answer, Doors } from '../../slack/doors.ts';
import { through } from '../../slack/through.ts';
import type { SlashCommand } from '../room.ts';
import { asItsLead, type DelegationTools } from './delegation.access.slack.ts';
import * as actions from './delegation.actions.ts';
import { type CompleteLine, giveLine, shown } from './delegation.drafts.slack.ts';
import * as forms from './delegation.forms.ts';
import * as lists from './delegation.list.views.ts';
import { type DelegateCommand, type DelegateLine, parseDelegateCommand } from './delegation.parse.ts';
import { refused } from './delegation.refusals.ts';
import * as sealed from './delegation.sealed.store.ts';
import * as steps from './delegation.steps.ts';
import * as store from './delegation.store.ts';
import * as views from './delegation.views.ts';

export const commands: SlashCommand[] = [
  {
    command: '/delegate',
    usageHint: '@someone the cache redesign at advise until 12 dec',
    description: 'Hand something over, at a level you both agree on; nothing typed opens a form',
  },
];

export function listen(doors: Doors, tools: DelegationTools): void {
  const { leads, sealer } = tools;
  const one = asItsLead(doors, tools);
  const lead = through<[Step]>(doors, tools.leads.onceAsLead);
  doors.command(
    '/delegate',
    leads.asLead(async (request) => {
      const { lead, now, text, once } = request;
      const command = parseDelegateCommand(text, { now, zone: lead.timeZone, leadId: lead.id });
      return command.kind === 'give' && hasLevel(command.line)
        ? giveLine(request, command.line, tools)
        : once((trx) => answer({ ...tools, trx, lead, now }, command));
    }),
  );

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

  one.action(actions.edit, async (step, delegation) => ({
    form: forms.editForm(await steps.detailsOf(step, delegation), step, sealer.available),
  }));
  one.submission(actions.editForm, async (step, delegation, { values }) => {
    const reading = forms.readGive(values, step, delegation);
    if (reading.kind === 'refused') return { errors: reading.errors };
    const details = await steps.change(step, { ...delegation, ...reading.draft }, reading);
    return {
      replace: delegation.state === 'draft' ? await shown(step, details) : views.edited(details, step),
    };
  });
  one.action(actions.remove, async (step, delegation) => {
    await steps.remove(step, delegation);
    const said = views.deleted(delegation);
    return { changeForm: forms.deletedForm(delegation, said), replace: said };
  });
  one.action(actions.look, async (step, delegation) => ({
    message: await shown(step, await steps.detailsOf(step, delegation)),
  }));
  lead.action(actions.list, list);
  one.action(actions.menu, async (step, delegation, { carried: { what } }) => {
    const { id, round } = delegation;
    const sealing = sealer.available;
    if (what === 'edit' || what === 'look') {
      const details = await steps.detailsOf(step, delegation);
      return what === 'edit'
        ? { form: forms.editForm(details, step, sealing) }
        : { message: await shown(step, details) };
    }
    if (delegation.state !== 'open') return { message: views.moreHappened(delegation, step) };
    if (what === 'level') {
      const side = { side: 'lead', leadId: step.lead.id, sealing } as const;
      return { form: forms.proposeForm(delegation, { id, round }, side) };
    }
    const endForm = what === 'done' ? forms.doneForm : forms.takeBackForm;
    return { form: endForm(delegation, { id }, sealing) };
  });
}

const hasLevel = (line: DelegateLine): line is CompleteLine => line.level !== null;

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
