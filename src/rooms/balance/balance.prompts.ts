// The one question this room asks of its own accord: is that timer still right?

import type { PromptKind } from '../../prompts/prompts.ts';
import * as store from './balance.store.ts';
import { timerPrompt } from './balance.timer.steps.ts';
import { isForgotten } from './balance.timer.ts';
import { timerQuestion } from './balance.views.ts';

export const forgottenTimer: PromptKind = {
  name: timerPrompt,
  title: 'Forgotten timer',
  importance: 90,
  // It answers something the lead started, and late is worse than after hours.
  counted: false,
  overBudget: 'drop',
  whenQuiet: 'send',
  usefulUntil: (occurrence) => occurrence.add({ hours: 24 }),
  async compose(trx, { lead, now }) {
    const timer = await store.findTimer(trx, lead.id);
    if (!timer) return { kind: 'nothing', why: 'the timer was stopped' };
    if (!isForgotten(timer, lead, now))
      return { kind: 'nothing', why: 'the timer was confirmed or is a newer one' };
    const categories = await store.findCategories(trx, { workspaceId: lead.workspaceId, leadId: lead.id });
    return { kind: 'say', message: timerQuestion(timer, { lead, categories, now }) };
  },
};
