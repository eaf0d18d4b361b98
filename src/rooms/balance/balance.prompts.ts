// The one question this room asks of its own accord: is that timer still right?

import { nothing, type Question, usefulFor } from '../../prompts/prompts.ts';
import * as store from './balance.store.ts';
import { timerPrompt } from './balance.timer.steps.ts';
import { isForgotten } from './balance.timer.ts';
import { timerQuestion } from './balance.timer.views.ts';

export const forgottenTimer: Question = {
  kind: 'question',
  name: timerPrompt,
  title: 'Forgotten timer',
  importance: 90,
  // It answers something the lead started, and late is worse than after hours; yet it wakes nobody.
  overBudget: 'send',
  whenQuiet: 'by-day',
  usefulUntil: usefulFor({ days: 1 }),
  async compose(trx, { lead, now }) {
    const timer = await store.findTimer(trx, lead.id);
    if (!timer) return nothing('the timer was stopped');
    if (!isForgotten(timer, lead, now)) return nothing('the timer was confirmed or is a newer one');
    const categories = await store.findCategories(trx, store.ownerOf(lead));
    return { kind: 'say', message: timerQuestion(timer, { lead, categories, now }) };
  },
};
