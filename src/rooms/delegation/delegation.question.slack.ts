// The doors to the weekly question: not this week, and when it is asked.

import type { Step } from '../../leads/index.ts';
import type { Doors } from '../../slack/doors.ts';
import { through } from '../../slack/through.ts';
import type { DelegationTools } from './delegation.access.slack.ts';
import * as actions from './delegation.actions.ts';
import { questionForm, readQuestion } from './delegation.forms.ts';
import { answerPrompt, chooseQuestionTime, questionTimeOf } from './delegation.planning.steps.ts';
import { notThisWeek, questionKept } from './delegation.question.views.ts';

export function listenToQuestion(doors: Doors, { leads, prompts }: DelegationTools): void {
  const lead = through<[Step]>(doors, leads.onceAsLead);
  lead.action(actions.notThisWeek, async (step, { carried: { delivery } }) => {
    await answerPrompt({ ...step, prompts }, delivery, 'not this week');
    return { replace: notThisWeek() };
  });
  lead.action(actions.question, async (step) => ({ form: questionForm(await questionTimeOf(step)) }));
  lead.submission(actions.questionForm, async (step, { values }) => {
    const reading = readQuestion(values);
    if (reading.kind === 'refused') return { errors: reading.errors };
    await chooseQuestionTime({ ...step, prompts }, reading.chosen);
    return { message: questionKept(reading.chosen) };
  });
}
