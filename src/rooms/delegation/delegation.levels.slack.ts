// The doors to a level: either side says yes to what the other proposed, or names another.

import type { Answer, Doors } from '../../slack/doors.ts';
import { asItsHolder, asItsLead, type DelegationTools, type OnOne } from './delegation.access.slack.ts';
import * as actions from './delegation.actions.ts';
import * as forms from './delegation.forms.ts';
import * as views from './delegation.levels.views.ts';
import * as personViews from './delegation.person.views.ts';
import { answerPrompt } from './delegation.planning.steps.ts';
import { type DelegationStep, sayLevel } from './delegation.steps.ts';
import { agree, type Delegation, type LevelOutcome, propose, type Side } from './delegation.ts';
import { moreHappened } from './delegation.views.ts';

const sides = {
  lead: {
    agree: actions.agree,
    propose: actions.propose,
    proposeForm: actions.proposeForm,
    said: views.levelSaid,
    moreHappened,
  },
  person: {
    agree: actions.personAgree,
    propose: actions.personPropose,
    proposeForm: actions.personProposeForm,
    said: personViews.answered,
    moreHappened: personViews.moreHappened,
  },
};

export function listenToLevels(doors: Doors, tools: DelegationTools): void {
  listenToSide('lead', asItsLead(doors, tools));
  listenToSide('person', asItsHolder(doors, tools));
}

function listenToSide(side: Side, one: OnOne): void {
  const its = sides[side];

  async function say(
    step: DelegationStep,
    before: Delegation,
    outcome: LevelOutcome,
    { note, delivery }: { note: string | null; delivery: string | undefined },
  ): Promise<Answer> {
    if (outcome.kind === 'refused') {
      return outcome.why === 'same'
        ? { message: views.sameLevel(before, side, step.lead.id) }
        : { replace: its.moreHappened(before, step) };
    }
    const reach = await sayLevel(step, outcome, note);
    // What the holder hears is word of the lead's, and no prompt of theirs.
    if (side === 'lead') await answerPrompt(step, delivery, outcome.move.kind);
    return { replace: its.said(outcome.delegation, outcome.move, step, reach) };
  }

  one.action(its.agree, async (step, delegation, { carried: { round, delivery } }) => {
    const outcome = agree(delegation, { by: side, round, now: step.now });
    return say(step, delegation, outcome, { note: null, delivery });
  });
  one.action(its.propose, async (step, delegation, { carried }) => {
    if (delegation.state !== 'open' || delegation.round !== carried.round) {
      return { replace: its.moreHappened(delegation, step) };
    }
    const reader = { side, leadId: step.lead.id, sealing: step.sealer.available };
    return { form: forms.proposeForm(delegation, carried, reader) };
  });
  one.submission(its.proposeForm, async (step, delegation, { values, data: { round, delivery } }) => {
    const level = forms.levelIn(values, forms.fields.level);
    if (level === undefined) return { errors: { [forms.fields.level]: forms.noLevel } };
    const outcome = propose(delegation, level, { by: side, round, now: step.now });
    const note = forms.wordsIn(values, forms.fields.note);
    return say(step, delegation, outcome, { note, delivery });
  });
}
