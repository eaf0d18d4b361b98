// The doors to somebody's own prompts: the menu under each, `/keel prompts`, `/keel pause` and `/keel resume`.

import type { SlashCommand } from '../rooms/room.ts';
import type { ActionRequest, Answer, Doors, Handler, Request } from '../slack/doors.ts';
import { plainText } from '../slack/typed-text.ts';
import { localDay } from '../time/days.ts';
import { parseRecurrence } from '../time/recurrence.parse.ts';
import { inPlainText, rhythmTrouble } from '../time/time.views.ts';
import type { ControlStep, ControlTools } from './controls.steps.ts';
import * as steps from './controls.steps.ts';
import * as store from './controls.store.ts';
import * as views from './controls.views.ts';
import * as actions from './prompts.actions.ts';
import type { Schedule } from './prompts.store.ts';
import { pauseOverMessage } from './prompts.views.ts';

export const commands: SlashCommand[] = [
  { command: '/keel prompts', usageHint: '', description: 'What is coming, to move, change or switch off' },
  { command: '/keel pause', usageHint: 'until DAY', description: 'Hold every prompt back for a while' },
  { command: '/keel resume', usageHint: '', description: 'End a pause, with a summary of what it held back' },
];

const forgotten: Answer = { message: views.unknownPrompt() };

/** Puts a step about their own prompts, counted once, before everybody who has any. */
type Enter = <R extends Request>(work: (step: ControlStep, request: R) => Promise<Answer>) => Handler<R>;

export function listen(doors: Doors, tools: ControlTools): void {
  const enter: Enter = (work) => (request) =>
    request.once(async (trx) => {
      const lead = await tools.findLead(trx, request.personId);
      return lead ? work({ ...tools, trx, lead, now: request.now }, request) : forgotten;
    });
  listenToMenus(doors, enter);
  listenToPauses(doors, enter);
  listenToList(doors, enter);

  doors.command('/keel prompts', ({ personId, now, inTransaction }) =>
    inTransaction(async (trx) => {
      const lead = await tools.findLead(trx, personId);
      if (!lead) return { message: views.nothingPlanned() };
      const step = { ...tools, trx, lead, now };
      return { message: views.promptList(await steps.listPrompts(step), steps.pausedUntil(step), step) };
    }),
  );
}

/** What stands under a prompt, or under what became of it. */
function listenToMenus(doors: Doors, enter: Enter): void {
  doors.action(
    actions.menu,
    enter(async (step, { carried }: ActionRequest<typeof actions.menu>) => {
      switch (carried.choice) {
        case 'skip': {
          const came = await steps.skip(step, carried);
          if (came.kind !== 'done') return { message: views.notDone(came, step) };
          return { replace: views.skipped(came.title, carried.deliveryId) };
        }
        case 'change': {
          const listed = await steps.listOne(step, carried.deliveryId);
          return listed ? { message: views.changeOrSwitchOff(listed, step) } : forgotten;
        }
        default: {
          const came = await steps.snooze(step, carried, carried.choice);
          if (came.kind !== 'done') return { message: views.notDone(came, step) };
          return { replace: views.snoozed(came.title, came.until, step) };
        }
      }
    }),
  );
  doors.action(actions.skipReason, async ({ carried }) => ({ form: views.skipReasonForm(carried) }));
  doors.submission(
    actions.skipReasonForm,
    enter(async ({ trx, lead }, { data, values }) => {
      const why = values.text('why');
      const kept = await store.keepSkipReason(trx, lead.id, data.deliveryId, why);
      return kept ? { replace: views.reasonKept(why) } : forgotten;
    }),
  );
  doors.action(
    actions.postNow,
    enter(async (step, { carried }) => {
      const came = await steps.postNow(step, carried.deliveryId);
      if (came.kind === 'unknown') return forgotten;
      if (came.kind === 'stale') return { replace: views.notDone(came, step) };
      return { replace: views.onItsWay(came.title) };
    }),
  );
}

function listenToPauses(doors: Doors, enter: Enter): void {
  doors.command(
    '/keel pause',
    enter(async (step, { text }) => {
      const reading = steps.readPause(step, plainText(text));
      if (reading.kind === 'refused') return { message: views.pauseRefused(reading) };
      await steps.pause(step, reading.until);
      return { message: views.paused(reading.until, step) };
    }),
  );
  doors.command(
    '/keel resume',
    enter(async (step) => {
      if (!steps.pausedUntil(step)) return { message: views.notPaused() };
      return { message: pauseOverMessage(await steps.resume(step), step) };
    }),
  );
}

/** One schedule of the list, which may be gone by the time its menu, button or form is used. */
function listenToList(doors: Doors, enter: Enter): void {
  const onSchedule = <
    R extends Request & ({ carried: { scheduleId: string } } | { data: { scheduleId: string } }),
  >(
    work: (step: ControlStep, schedule: Schedule, request: R) => Promise<Answer>,
  ): Handler<R> =>
    enter(async (step, request: R) => {
      const { scheduleId } = 'carried' in request ? request.carried : request.data;
      const schedule = await store.findSchedule(step.trx, step.lead.id, scheduleId);
      return schedule ? work(step, schedule, request) : forgotten;
    });

  doors.action(
    actions.change,
    onSchedule(async (step, schedule, { carried }) => change(carried.choice, step, schedule)),
  );
  doors.action(
    actions.switchOn,
    onSchedule(async (step, schedule) => change('on', step, schedule)),
  );

  doors.submission(
    actions.rhythmForm,
    onSchedule(async (step, schedule, { values }) => {
      const { trx, lead, now } = step;
      const read = parseRecurrence(values.text('rhythm'));
      if (read.kind === 'refused')
        return { errors: { rhythm: inPlainText(rhythmTrouble(read.why, read.text)) } };
      const today = localDay(now, lead.timeZone);
      const rhythm = { rule: read.rule, starts: today.toPlainDateTime(read.time), timeZone: lead.timeZone };
      await store.changeRhythm(trx, schedule, rhythm, now);
      return { message: views.changed(rhythm, steps.titleOf(step, schedule.kind)) };
    }),
  );

  doors.submission(
    actions.moveForm,
    onSchedule(async (step, schedule, { values }) => {
      const { trx, lead, now } = step;
      const [day, time] = [values.day('day'), values.time('time')];
      if (!day || !time) return { errors: { day: views.moveProblems.past } };
      const to = day.toZonedDateTime({ timeZone: lead.timeZone, plainTime: time }).toInstant();
      if (Temporal.Instant.compare(to, now) <= 0) return { errors: { day: views.moveProblems.past } };
      if (localDay(now, lead.timeZone).until(day).days > 366)
        return { errors: { day: views.moveProblems.far } };
      const title = steps.titleOf(step, schedule.kind);
      return (await store.moveNext(trx, schedule, to, now))
        ? { message: views.moved(title, to, step) }
        : { message: views.nothingToCome(title) };
    }),
  );
}

async function change(
  choice: 'now' | 'move' | 'change' | 'off' | 'on',
  step: ControlStep,
  schedule: Schedule,
): Promise<Answer> {
  const { trx, lead, now } = step;
  const one = await steps.titled(step, schedule);
  const { title } = one;
  switch (choice) {
    case 'now': {
      const until = steps.pausedUntil(step);
      if (until) return { message: views.pausedNow(until, step) };
      return (await store.moveNext(trx, schedule, now, now))
        ? { message: views.onItsWay(title) }
        : { message: views.nothingToCome(title) };
    }
    case 'move': {
      const next = await store.findNext(trx, schedule);
      return next
        ? { form: views.moveForm(one, next.toZonedDateTimeISO(lead.timeZone)) }
        : { message: views.nothingToCome(title) };
    }
    case 'change': {
      const behind = steps.changedBehind(step, schedule);
      if (behind !== undefined) return { message: views.changedElsewhere(title, behind) };
      return { form: views.rhythmForm(one) };
    }
    case 'off':
      await store.switchOff(trx, schedule.schedule_id, now);
      return { message: views.switchedOff(title, schedule.schedule_id) };
    case 'on':
      await store.switchOn(trx, schedule, now);
      return { message: views.switchedOn(title) };
  }
}
