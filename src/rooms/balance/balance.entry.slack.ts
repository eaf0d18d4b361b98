// The doors of single entries: the form, and changing, deleting and taking back what was logged.

import type { Answer } from '../../slack/doors.ts';
import type { Through } from '../../slack/through.ts';
import * as actions from './balance.actions.ts';
import * as forms from './balance.entry.forms.ts';
import type { Refused } from './balance.parse.ts';
import { refused } from './balance.refusals.ts';
import { changeEntry, logDrafts, takeBack } from './balance.steps.ts';
import * as store from './balance.store.ts';
import type { TimerStep } from './balance.timer.steps.ts';
import type { Reader } from './balance.ts';
import * as views from './balance.views.ts';

export function listenForEntries(doors: Through<[TimerStep]>): void {
  doors.action(actions.logTime, async (step, { carried }) => ({ form: forms.logForm(step, carried.day) }));
  doors.submission(actions.logForm, async (step, { values }) => {
    const reading = forms.readEntry(values, step);
    if (reading.kind === 'refused') return { errors: reading.errors };
    const outcome = await logDrafts(step, [reading.draft]);
    if (outcome.kind === 'refused') return underTime(outcome, step);
    return { message: views.logged(outcome, step) };
  });

  doors.action(actions.undo, async (step, { carried }) => ({
    replace: views.removed(await takeBack(step, carried), step),
  }));

  doors.action(actions.edit, async (step) => ({
    message: views.recentEntries(await store.findRecentEntries(step.trx, step.lead.id), step),
  }));
  doors.action(actions.change, async (step, { carried }) => {
    const entry = await store.findEntry(step.trx, step.lead.id, carried.entryId);
    return entry ? { form: forms.changeForm(entry, step) } : { message: views.alreadyGone() };
  });
  doors.submission(actions.changeForm, async (step, { values, data: { entryId } }) => {
    const before = entryId && (await store.findEntry(step.trx, step.lead.id, entryId));
    if (!before) return { message: views.alreadyGone() };
    const reading = forms.readEntry(values, step, before);
    if (reading.kind === 'refused') return { errors: reading.errors };
    const outcome = await changeEntry(step, before.id, reading.draft);
    if (outcome.kind === 'gone') return { message: views.alreadyGone() };
    if (outcome.kind === 'refused') return underTime(outcome, step);
    return { replace: views.changed(outcome, step) };
  });
  doors.action(actions.remove, async (step, { carried }) => {
    const removed = await takeBack(step, carried);
    return {
      changeForm: forms.removedForm(removed.gone, step),
      replace: views.removed(removed, step),
    };
  });
}

/** The day has no room for so much. */
const underTime = ({ problems }: Refused, reader: Reader): Answer => ({
  errors: { [forms.fields.time]: refused('', problems, reader).text },
});
