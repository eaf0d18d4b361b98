// What is typed after `/logtime`, and the buttons that carry such a line.

import { type Answer, type Doors, inPlace } from '../../slack/doors.ts';
import type { Way } from '../../slack/through.ts';
import * as actions from './balance.actions.ts';
import { logForm } from './balance.entry.forms.ts';
import { type LogtimeCommand, parseLogtimeCommand } from './balance.parse.command.ts';
import { refused } from './balance.refusals.ts';
import { findReport, findToday, logDrafts, takeBackLast } from './balance.steps.ts';
import { findRecentEntries } from './balance.store.ts';
import { startTimer, stopTimer, type TimerStep } from './balance.timer.steps.ts';
import { timerMessage } from './balance.timer.views.ts';
import * as views from './balance.views.ts';
import { weekMessage } from './balance.week.views.ts';

export function listenForLines(doors: Doors, once: Way<[TimerStep]>): void {
  doors.command(
    '/logtime',
    once((step, { text }) => answerLine(step, text)),
  );
  // The mended version of a line that was refused.
  doors.action(
    actions.logLine,
    once(async (step, { carried }) => inPlace(await answerLine(step, carried.line, undefined, carried.sure))),
    { oncePerMessage: true },
  );
}

export const readLine = ({ categories, now, lead }: TimerStep, line: string): LogtimeCommand =>
  parseLogtimeCommand(line, { categories, now, life: lead });

export async function answerLine(
  step: TimerStep,
  line: string,
  command = readLine(step, line),
  sure = false,
): Promise<Answer> {
  switch (command.kind) {
    case 'form':
      return { form: logForm(step) };
    case 'log': {
      const outcome = await logDrafts(step, command.drafts, sure);
      return {
        message:
          outcome.kind === 'logged' ? views.logged(outcome, step) : refused(line, outcome.problems, step),
      };
    }
    case 'undo': {
      const removed = await takeBackLast(step);
      return { message: removed ? views.removed(removed, step) : views.nothingToUndo() };
    }
    case 'edit':
      return { message: views.recentEntries(await findRecentEntries(step.trx, step.lead.id), step) };
    case 'start':
      return { message: timerMessage(await startTimer(step, command.category), step) };
    case 'stop':
      return { message: timerMessage(await stopTimer(step), step) };
    case 'today':
      return { message: views.todayMessage(await findToday(step), step) };
    case 'week':
      return weekMessage(await findReport(step, command.week), step);
    case 'help':
      return { message: views.help(step) };
    case 'refused':
      return { message: refused(line, command.problems, step) };
  }
}
