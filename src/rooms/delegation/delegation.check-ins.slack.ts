// The doors to how it goes: the answers to a check-in, and how a delegation ends or is opened again.

import type { Doors } from '../../slack/doors.ts';
import type { FormValues } from '../../slack/forms.ts';
import { asItsLead, type DelegationTools } from './delegation.access.slack.ts';
import * as actions from './delegation.actions.ts';
import type { CheckIn } from './delegation.check-ins.ts';
import * as views from './delegation.check-ins.views.ts';
import * as forms from './delegation.forms.ts';
import * as steps from './delegation.steps.ts';
import * as store from './delegation.store.ts';
import { close, type Delegation, type Ending, reopen } from './delegation.ts';
import { moreHappened } from './delegation.views.ts';

export function listenToCheckIns(doors: Doors, tools: DelegationTools): void {
  const { sealer } = tools;
  const one = asItsLead(doors, tools);

  const answers = (to: typeof actions.onTrack, answer: 'on-track' | 'needs-me') =>
    one.action(to, async (step, delegation, { carried }) => {
      const checkIn = await checkInOf(step, delegation, carried);
      if (delegation.state !== 'open' || !checkIn || checkIn.answer !== null) {
        return { replace: views.checkInStale(delegation, checkIn, step) };
      }
      const isAdded = await steps.answerCheckIn(step, delegation, checkIn, answer, carried);
      const details = await steps.detailsOf(step, delegation);
      return { replace: views.checkInAnswered({ answer, isAdded }, details, carried, step) };
    });
  answers(actions.onTrack, 'on-track');
  answers(actions.needsMe, 'needs-me');

  one.action(actions.askAgain, async (step, delegation, { carried }) => {
    const checkIn = await checkInOf(step, delegation, carried);
    if (delegation.state !== 'open' || !checkIn) {
      return { replace: views.checkInStale(delegation, checkIn, step) };
    }
    await steps.takeAnswerBack(step, checkIn);
    return { replace: views.checkInQuestion(delegation, carried, step) };
  });

  /** The form that ends it, from a check-in or from its own page. */
  const opens = (to: typeof actions.done, form: forms.EndForm) =>
    one.action(to, async (step, delegation, { carried }) => {
      const checkIn = await checkInOf(step, delegation, carried);
      const isStale = carried.checkIn !== undefined && checkIn?.answer !== null;
      return delegation.state !== 'open' || isStale
        ? { replace: views.checkInStale(delegation, checkIn, step) }
        : { form: form(delegation, carried, sealer.available) };
    });
  opens(actions.takeBack, forms.takeBackForm);
  opens(actions.done, forms.doneForm);

  const ends = (
    to: typeof actions.doneForm,
    read: (values: FormValues) => { closing: string | null; how: Ending },
  ) =>
    one.submission(to, async (step, delegation, { values, data }) => {
      const { closing, how } = read(values);
      const ended = close(delegation, how, step.now);
      if (!ended) return { replace: moreHappened(delegation, step) };
      await steps.end(step, ended, closing, data);
      return { replace: views.ended(ended, closing) };
    });
  ends(actions.takeBackForm, forms.readTakeBack);
  ends(actions.doneForm, forms.readDone);

  one.action(actions.reopen, async (step, delegation) => {
    const opened = reopen(delegation);
    return {
      replace: opened
        ? views.reopened(await steps.openAgain(step, opened), step)
        : moreHappened(delegation, step),
    };
  });
}

async function checkInOf(
  { trx, lead }: steps.DelegationStep,
  { id }: Delegation,
  { checkIn }: actions.Asked,
): Promise<CheckIn | undefined> {
  const found = checkIn && (await store.findCheckIn(trx, lead.id, checkIn));
  return found && found.delegationId === id ? found : undefined;
}
