// Doors: the menu under every prompt, `/keel prompts`, `/keel pause` and `/keel resume`.

import { z } from 'zod';
import type { Tenant } from '../db/tenancy.ts';
import type { Lead } from '../leads/leads.ts';
import type { SlashCommand } from '../rooms/room.ts';
import type { Answer, ClickRequest, Doors, FormRequest, Request } from '../slack/doors.ts';
import { parseDay } from '../time/days.parse.ts';
import { localDay, startOfDay } from '../time/days.ts';
import { occurrencesBetween } from '../time/recurrence.ts';
import { parseRecurrence } from '../time/recurrence.words.ts';
import * as store from './controls.store.ts';
import * as views from './controls.views.ts';
import { isNotice, pauseOver } from './notices.ts';
import {
  type Delivery,
  planSchedule,
  removeSchedule,
  replanLead,
  type Schedule,
  whenOf,
} from './prompts.store.ts';
import type { PromptKind } from './prompts.ts';
import { pauseOverMessage, promptActions } from './prompts.views.ts';
import { type Snooze, snoozedUntil, snoozes } from './snooze.ts';
import { momentInWords } from './words.ts';

export const commands: SlashCommand[] = [
  { command: '/keel prompts', usageHint: '', description: 'What is coming, to move, change or switch off' },
  { command: '/keel pause', usageHint: 'until DAY', description: 'Hold every prompt back for a while' },
  { command: '/keel resume', usageHint: '', description: 'End a pause, with a summary of what it held back' },
];

export interface HandTools {
  /** Every kind a room may ask. */
  kinds(): PromptKind[];
  findLead(trx: Tenant, leadId: string): Promise<Lead | undefined>;
  /** Keeps until when nothing unasked is said; null: not paused. */
  savePause(trx: Tenant, leadId: string, until: Temporal.Instant | null): Promise<void>;
}

const forgotten: Answer = { message: views.unknownPrompt() };

export function listen(doors: Doors, tools: HandTools): void {
  const kindOf = (name: string): PromptKind | undefined => tools.kinds().find((kind) => kind.name === name);
  const titleOf = (name: string): string => kindOf(name)?.title ?? 'A prompt';
  const aboutOf = async (trx: Tenant, schedule: Schedule): Promise<string | undefined> => {
    const kind = kindOf(schedule.kind);
    return kind && 'about' in kind ? kind.about?.(trx, schedule.subject) : undefined;
  };

  /** One transaction about somebody's own prompts, counted once; whoever is no lead has none. */
  const asLead = (request: Request, work: (trx: Tenant, lead: Lead) => Promise<Answer>): Promise<Answer> =>
    request.once(async (trx) => {
      const lead = await tools.findLead(trx, request.personId);
      return lead ? work(trx, lead) : forgotten;
    });
  const seenBy = (lead: Lead, request: Request) => ({ now: request.now, zone: lead.timeZone });
  const listed = async (
    trx: Tenant,
    schedule: Schedule,
    waiting: Delivery[],
    now: Temporal.Instant,
  ): Promise<views.Listed> => ({
    schedule,
    title: titleOf(schedule.kind),
    about: await aboutOf(trx, schedule),
    coming: coming(schedule, waiting, now),
  });

  doors.command('/keel prompts', (request) =>
    request.read(async (trx) => {
      const lead = await tools.findLead(trx, request.personId);
      if (!lead) return { message: views.promptList([], null, { now: request.now, zone: 'UTC' }) };
      const waiting = await store.listWaiting(trx, lead.id);
      const rows: views.Listed[] = [];
      for (const schedule of await store.listSchedules(trx, lead.id)) {
        const what = isNotice(schedule.kind) ? 'notice' : kindOf(schedule.kind)?.kind;
        // Nor is an errand that comes once a habit to switch off: somebody is waiting for it.
        if (what === 'notice' || (what === 'errand' && schedule.rule === null)) continue;
        rows.push(await listed(trx, schedule, waiting, request.now));
      }
      return { message: views.promptList(rows, lead.pausedUntil, seenBy(lead, request)) };
    }),
  );

  doors.command('/keel pause', (request) =>
    asLead(request, async (trx, lead) => {
      const today = localDay(request.now, lead.timeZone);
      const reading = parseDay(request.text.replace(/^(until|till|to)\s+/i, ''), today, 'future');
      if (reading.kind === 'refused') return { message: views.pauseUsage() };
      const until = startOfDay(reading.day, lead.timeZone);
      if (Temporal.Instant.compare(until, request.now) <= 0) return { message: views.pauseUsage() };
      await tools.savePause(trx, lead.id, until);
      await planSchedule(
        trx,
        { leadId: lead.id, kind: pauseOver, destination: { dm: lead.id }, when: { at: until } },
        request.now,
      );
      return { message: views.paused(until, seenBy(lead, request)) };
    }),
  );

  doors.command('/keel resume', (request) =>
    asLead(request, async (trx, lead) => {
      const { now } = request;
      if (!lead.pausedUntil || Temporal.Instant.compare(lead.pausedUntil, now) <= 0) {
        return { message: views.notPaused() };
      }
      await tools.savePause(trx, lead.id, null);
      await replanLead(trx, { ...lead, pausedUntil: null }, now);
      await removeSchedule(trx, { leadId: lead.id, kind: pauseOver }, now);
      const held = await store.heldBack(trx, lead.id);
      await store.forgetHeldBack(trx, lead.id, now);
      return {
        message: pauseOverMessage(
          held.map(({ kind, occurrence }) => ({
            title: titleOf(kind),
            when: momentInWords(occurrence, now, lead.timeZone),
          })),
        ),
      };
    }),
  );

  doors.click(promptActions.menu, (request) => {
    const choice = readMenu(request.value);
    if (!choice) return Promise.resolve(forgotten);
    return asLead(request, async (trx, lead) => {
      const answerOf = (handled: store.Handled, done: (delivery: Delivery) => Answer): Answer => {
        if (handled.kind === 'unknown') return forgotten;
        const { delivery } = handled;
        if (handled.kind === 'done') return done(delivery);
        return { message: views.stale(titleOf(delivery.kind), delivery, seenBy(lead, request)) };
      };
      if (choice.what === 'skip') {
        const handled = await store.skipDelivery(trx, lead.id, choice.shown, request.now);
        return answerOf(handled, (delivery) => ({
          replace: views.skipped(titleOf(delivery.kind), delivery.delivery_id),
        }));
      }
      if (choice.what === 'change') {
        const schedule = await store.scheduleOf(trx, lead.id, choice.shown.deliveryId);
        if (!schedule) return forgotten;
        return {
          message: views.changeOrSwitchOff(
            await listed(trx, schedule, [], request.now),
            seenBy(lead, request),
          ),
        };
      }
      const until = snoozedUntil(lead, choice.what, request.now);
      const handled = await store.snoozeDelivery(trx, lead.id, choice.shown, until, request.now);
      return answerOf(handled, (delivery) => ({
        replace: views.snoozed(titleOf(delivery.kind), until, seenBy(lead, request)),
      }));
    });
  });

  doors.click(promptActions.skipReason, async (request) => ({ form: views.skipReasonForm(request.value) }));
  doors.form(promptActions.skipReasonForm, (request) =>
    asLead(request, async (trx, lead) => {
      const data = z.object({ deliveryId: z.string() }).safeParse(request.data).data;
      const why = request.values.text('why');
      const kept = data && (await store.keepSkipReason(trx, lead.id, data.deliveryId, why));
      return kept ? { replace: views.reasonKept(why) } : forgotten;
    }),
  );

  doors.click(promptActions.postNow, (request) =>
    asLead(request, async (trx, lead) => {
      const handled = await store.postNow(trx, lead.id, request.value, request.now);
      if (handled.kind === 'unknown') return forgotten;
      const title = titleOf(handled.delivery.kind);
      return handled.kind === 'done'
        ? { replace: views.onItsWay(title) }
        : { replace: views.stale(title, handled.delivery, seenBy(lead, request)) };
    }),
  );

  /** One schedule of the list, as its menu names it. */
  doors.click(promptActions.one, (request) => {
    const [action = '', scheduleId = ''] = request.value.split(' ');
    return asLead(request, async (trx, lead) => {
      const schedule = await store.findSchedule(trx, lead.id, scheduleId);
      if (!schedule) return forgotten;
      return act(action, trx, lead, schedule, request);
    });
  });
  doors.click(promptActions.switchOn, (request) =>
    asLead(request, async (trx, lead) => {
      const schedule = await store.findSchedule(trx, lead.id, request.value);
      return schedule ? act('on', trx, lead, schedule, request) : forgotten;
    }),
  );

  async function act(
    action: string,
    trx: Tenant,
    lead: Lead,
    schedule: Schedule,
    request: ClickRequest,
  ): Promise<Answer> {
    const title = titleOf(schedule.kind);
    const about = await aboutOf(trx, schedule);
    switch (action) {
      case 'now':
        if (lead.pausedUntil && Temporal.Instant.compare(lead.pausedUntil, request.now) > 0) {
          return { message: views.pausedNow(lead.pausedUntil, seenBy(lead, request)) };
        }
        return (await store.moveNext(trx, schedule, request.now, request.now))
          ? { message: views.onItsWay(title) }
          : { message: views.nothingToCome(title) };
      case 'move': {
        const next = await store.findNext(trx, schedule);
        return next
          ? { form: views.moveForm({ schedule, title, about }, next.toZonedDateTimeISO(lead.timeZone)) }
          : { message: views.nothingToCome(title) };
      }
      case 'change': {
        const kind = kindOf(schedule.kind);
        const behind = kind && 'changedBehind' in kind ? kind.changedBehind : undefined;
        if (behind !== undefined) return { message: views.changedElsewhere(title, behind) };
        return { form: views.rhythmForm({ schedule, title, about }) };
      }
      case 'off':
        await store.switchOff(trx, schedule.schedule_id, request.now);
        return { message: views.switchedOff(title, schedule.schedule_id) };
      case 'on':
        await store.switchOn(trx, schedule, request.now);
        return { message: views.switchedOn(title) };
      default:
        return forgotten;
    }
  }

  /** A form about one schedule, which may be gone by the time it is sent. */
  const aboutSchedule = (
    request: FormRequest,
    work: (trx: Tenant, lead: Lead, schedule: Schedule) => Promise<Answer>,
  ): Promise<Answer> =>
    asLead(request, async (trx, lead) => {
      const data = z.object({ scheduleId: z.string() }).safeParse(request.data).data;
      const schedule = data && (await store.findSchedule(trx, lead.id, data.scheduleId));
      return schedule ? work(trx, lead, schedule) : forgotten;
    });

  doors.form(promptActions.rhythmForm, (request) =>
    aboutSchedule(request, async (trx, lead, schedule) => {
      const read = parseRecurrence(request.values.text('rhythm'));
      if (read.kind === 'refused') return { errors: { rhythm: views.rhythmProblems[read.why] } };
      const today = localDay(request.now, lead.timeZone);
      const rhythm = { rule: read.rule, starts: today.toPlainDateTime(read.time), timeZone: lead.timeZone };
      await store.changeRhythm(trx, schedule, rhythm, request.now);
      return { message: views.changed(rhythm, titleOf(schedule.kind)) };
    }),
  );

  doors.form(promptActions.moveForm, (request) =>
    aboutSchedule(request, async (trx, lead, schedule) => {
      const day = request.values.day('day');
      const time = request.values.time('time');
      if (!day || !time) return { errors: { day: views.moveProblems.past } };
      const to = day.toZonedDateTime({ timeZone: lead.timeZone, plainTime: time }).toInstant();
      if (Temporal.Instant.compare(to, request.now) <= 0) return { errors: { day: views.moveProblems.past } };
      if (localDay(request.now, lead.timeZone).until(day).days > 366)
        return { errors: { day: views.moveProblems.far } };
      const title = titleOf(schedule.kind);
      return (await store.moveNext(trx, schedule, to, request.now))
        ? { message: views.moved(title, to, seenBy(lead, request)) }
        : { message: views.nothingToCome(title) };
    }),
  );
}

/** When a schedule's prompts really come: those of the next fortnight, and whatever was put off or moved. */
function coming(schedule: Schedule, waiting: Delivery[], now: Temporal.Instant): Temporal.Instant[] {
  const fortnight = now.add({ hours: 14 * 24 });
  const own = waiting.flatMap((delivery) =>
    delivery.schedule_id === schedule.schedule_id && delivery.due_at ? [delivery.due_at] : [],
  );
  const { next_at: next } = schedule;
  const when = whenOf(schedule);
  const series =
    next === null
      ? []
      : 'rule' in when
        ? [next, ...occurrencesBetween(when, next, fortnight, 30).map(({ at }) => at)]
        : [next];
  return [...own, ...series.filter((at) => Temporal.Instant.compare(at, fortnight) <= 0)].sort(
    Temporal.Instant.compare,
  );
}

interface MenuChoice {
  shown: store.Shown;
  what: Snooze | 'skip' | 'change';
}

/** What an option of the menu carries: which prompt, which time it was put, and what to do. */
function readMenu(value: string): MenuChoice | undefined {
  const [deliveryId = '', round = '', what = ''] = value.split(' ');
  const known = ['skip', 'change', ...snoozes.map((snooze) => snooze.value)];
  if (!/^\d{1,4}$/.test(round) || !known.includes(what)) return undefined;
  return { shown: { deliveryId, round: Number(round) }, what: what as MenuChoice['what'] };
}
