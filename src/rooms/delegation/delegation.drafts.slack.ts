// The doors through which something is handed over: the form, the preview that nobody else sees, and the sending.

import type { Step } from '../../leads/index.ts';
import type { Lead } from '../../leads/leads.ts';
import type { Answer, Doors, Request } from '../../slack/doors.ts';
import type { Message } from '../../slack/message.ts';
import { through } from '../../slack/through.ts';
import { asItsLead, type DelegationTools } from './delegation.access.slack.ts';
import * as actions from './delegation.actions.ts';
import { usualCheckIns } from './delegation.check-ins.ts';
import * as forms from './delegation.forms.ts';
import { type Level, oneHigher } from './delegation.levels.ts';
import type { DelegateLine } from './delegation.parse.ts';
import { wordsToTell } from './delegation.person.views.ts';
import { todayOf } from './delegation.phrases.views.ts';
import { answerPrompt, hurryWord } from './delegation.planning.steps.ts';
import * as steps from './delegation.steps.ts';
import { findDelegation } from './delegation.store.ts';
import { type Delegation, type Details, levelToOffer, tell, tellInPerson } from './delegation.ts';
import * as views from './delegation.views.ts';

export type CompleteLine = DelegateLine & { level: Level };

/** A typed line that says everything, so that no form is needed. */
export async function giveLine(
  { lead, now, once, profile }: Request & { lead: Lead },
  { why, ...line }: CompleteLine,
  tools: DelegationTools,
): Promise<Answer> {
  if (why !== null && !tools.sealer.available) return { message: views.whyNeedsKeys() };
  const { name: personName, timeZone = 'UTC', unreachable } = await profile(line.personId);
  if (unreachable) return { message: views.unreachable(personName) };
  return once(async (trx) => {
    const step = { ...tools, trx, lead, now };
    const draft = { ...line, personName, timeZone, risky: false, follows: null };
    const checkIns = usualCheckIns(line, todayOf(step), lead);
    const made = await steps.makeDraft(step, draft, { checkIns, words: { why } });
    return { message: await shown(step, made) };
  });
}

/** A preview while nobody was told, else the delegation with all that can be done about it. */
export async function shown(step: steps.DelegationStep, details: Details): Promise<Message> {
  const { delegation } = details;
  return delegation.state === 'draft'
    ? views.preview(details, await steps.reachOf(step, delegation), step)
    : views.card(details, step);
}

export function listenToDrafts(doors: Doors, tools: DelegationTools): void {
  const { leads, sealer } = tools;
  const one = asItsLead(doors, tools);
  const lead = through<[Step]>(doors, tools.leads.onceAsLead);

  lead.action(actions.give, async (_step, { carried: { personId, delivery } }) => ({
    form: forms.giveForm(personId ? { personId } : {}, { delivery }, sealer.available),
  }));
  one.action(actions.again, async (step, before) => {
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
  });
  doors.submission(
    actions.giveForm,
    leads.asLead(async (request) => {
      const { lead, now, values, data } = request;
      const reading = forms.readGive(values, { lead, now });
      if (reading.kind === 'refused') return { errors: reading.errors };
      const {
        name: personName,
        timeZone = 'UTC',
        unreachable,
      } = await request.profile(reading.draft.personId);
      if (unreachable) return { errors: { [forms.fields.person]: forms.nobodyToHoldIt } };
      return request.once(async (trx) => {
        const step = { ...tools, trx, lead, now };
        const before = data.follows && (await findDelegation(trx, lead.id, data.follows));
        await answerPrompt(step, data.delivery, 'delegating');
        const draft = { ...reading.draft, personName, timeZone, follows: before ? before.id : null };
        return { replace: await shown(step, await steps.makeDraft(step, draft, reading)) };
      });
    }),
  );

  // What can be done with a preview.

  one.action(actions.words, async (step, delegation) => {
    if (delegation.state !== 'draft') return { replace: views.moreHappened(delegation, step) };
    if (!sealer.available) return { message: views.wordsNeedKeys() };
    return { form: forms.wordsForm(await steps.detailsOf(step, delegation), step) };
  });
  one.submission(actions.wordsForm, async (step, delegation, { values }) => {
    if (delegation.state !== 'draft') return { replace: views.moreHappened(delegation, step) };
    const told = forms.wordsIn(values, forms.fields.told) ?? '';
    return { replace: await shown(step, await steps.saveTold(step, delegation, told)) };
  });
  async function send(
    step: steps.DelegationStep,
    delegation: Delegation,
    when: 'at-a-good-hour' | 'now',
  ): Promise<Answer> {
    const outcome = tell(delegation, step.now);
    if (outcome.kind === 'refused') return { replace: views.moreHappened(delegation, step) };
    if (delegation.personLeft) return { replace: views.unreachable(delegation.personName) };
    const words = wordsToTell(await steps.detailsOf(step, delegation), step);
    const reach = await steps.handOver(step, outcome, words, when);
    return { replace: views.sent(outcome.delegation, reach, step) };
  }
  one.action(actions.send, (step, delegation) => send(step, delegation, 'at-a-good-hour'));
  one.action(actions.sendNow, async (step, delegation) => {
    if (delegation.state === 'draft') return send(step, delegation, 'now');
    const hurried = delegation.state === 'open' && (await hurryWord(step, delegation));
    return {
      replace: hurried ? views.sent(delegation, undefined, step) : views.moreHappened(delegation, step),
    };
  });
  one.action(actions.inPerson, async (step, delegation) => {
    const outcome = tellInPerson(delegation, step.now);
    if (outcome.kind === 'refused') return { replace: views.moreHappened(delegation, step) };
    await steps.handOver(step, outcome, null);
    return { replace: views.keptInPerson(outcome.delegation) };
  });
}
