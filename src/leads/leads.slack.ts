// The leads' doors: first contact, settings, and a time zone that changed.

import { z } from 'zod';
import type { Tenant } from '../db/tenancy.ts';
import type { Owner, SlashCommand } from '../rooms/room.ts';
import type { Answer, CommandRequest, Doors, Request } from '../slack/doors.ts';
import type { FormValues } from '../slack/forms.ts';
import type { Block } from '../slack/message.ts';
import { isSameZone, knownTimeZone, readTimeZone } from '../time/zones.ts';
import { type Entry, entry } from './enter.ts';
import * as store from './leads.store.ts';
import { defaultSettings, type Lead, type LeadSettings, mostEngineers } from './leads.ts';
import * as views from './leads.views.ts';

export const commands: SlashCommand[] = [
  { command: '/keel', usageHint: '', description: 'Where your week stands' },
  { command: '/keel settings', usageHint: '', description: 'Your team, days, hours and digest' },
  { command: '/keel forget', usageHint: '', description: 'Delete everything I keep for you' },
  { command: '/keel help', usageHint: '', description: 'What I can do' },
];

export interface LeadTools {
  /** Every command of the house, for `/keel help`. */
  allCommands(): SlashCommand[];
  /** Every room's own settings, reached from the settings form. */
  settingsLinks(): views.SettingsLink[];
  /** The rooms plan anew what depends on a lead's settings. */
  changed(trx: Tenant, lead: Lead, now: Temporal.Instant): Promise<void>;
  /** Where a lead's week stands, in a message. */
  standing(trx: Tenant, lead: Lead): Promise<Answer>;
  knowsHolidayRegion(region: string): boolean;
  /** Every room forgets the lead. */
  forget(trx: Tenant, owner: Owner): Promise<void>;
}

/** @deprecated Entry */
export interface LeadDesk extends Entry {
  meet(request: Request): Promise<{ lead: Lead; note: Block[]; isNew: boolean }>;
}

export function leadDesk(tools: Pick<LeadTools, 'changed'>): LeadDesk {
  const { meet, ...way } = entry(tools);
  return { meet, ...way };
}

export function listen(doors: Doors, tools: LeadTools): void {
  const openSettings = async (request: Request): Promise<Answer> => {
    const lead = await request.read((trx) => store.findLead(trx, request.personId));
    if (lead) return { form: views.settingsForm(lead, false, tools.settingsLinks()) };
    const { timeZone = 'UTC' } = await request.profile(request.personId);
    return { form: views.settingsForm(defaultSettings(timeZone), true, []) };
  };

  doors.command('/keel', async (request: CommandRequest) => {
    if (request.text !== '') return { message: views.unknownWord(request.text.split(/\s/)[0] ?? '') };
    return request.read(async (trx) => {
      const lead = await store.findLead(trx, request.personId);
      return lead ? tools.standing(trx, lead) : { message: views.welcome() };
    });
  });
  doors.command('/keel help', async () => ({ message: views.help(tools.allCommands()) }));
  doors.command('/keel forget', async (request) => {
    const lead = await request.read((trx) => store.findLead(trx, request.personId));
    return { message: lead ? views.forgetQuestion() : views.nothingKept() };
  });
  doors.click(views.ids.forget, (request) =>
    request.once(async (trx) => {
      await tools.forget(trx, { workspaceId: request.workspaceId, leadId: request.personId });
      return { replace: views.forgotten(), home: true };
    }),
  );
  doors.command('/keel settings', openSettings);
  doors.click(views.ids.settings, openSettings);

  doors.form(views.ids.settingsForm, async (request) => {
    const read = readSettings(request.values, tools.knowsHolidayRegion);
    if (read.kind === 'refused') return { errors: read.errors };
    const { workspaceId, personId: leadId, now } = request;
    return request.once(async (trx) => {
      const before = await store.addLead(trx, { workspaceId, leadId }, read.settings, now);
      const lead = await store.saveSettings(trx, leadId, read.settings, now);
      await tools.changed(trx, lead, now);
      return { message: views.settingsSaved(lead, before.setUpAt === null), home: true };
    });
  });

  doors.event('message', async (request) => {
    const said = z
      .object({
        channel_type: z.literal('im'),
        subtype: z.undefined().optional(),
        bot_id: z.undefined().optional(),
        text: z.string(),
      })
      .safeParse(request.event).data;
    if (!said) return {};
    const asksForHelp = /^\W*help\W*$/i.test(said.text);
    return request.once(async () => ({
      message: asksForHelp ? views.help(tools.allCommands()) : views.onlyCommands(),
    }));
  });

  doors.event('user_change', async (request) => {
    const zone = knownTimeZone(
      z.object({ user: z.object({ tz: z.string() }) }).safeParse(request.event).data?.user.tz,
    );
    return request.read(async (trx) => {
      const lead = zone ? await store.findLead(trx, request.personId) : undefined;
      if (!lead || !zone) return {};
      // The event comes with every change of a profile, a status as well as a journey.
      if (!isSameZone(zone, lead.timeZone))
        return (await store.offerTimeZone(trx, lead.id, zone)) ? { home: true } : {};
      await store.clearTimeZoneOffer(trx, lead.id);
      return lead.offeredTimeZone === null ? {} : { home: true };
    });
  });

  doors.click(views.ids.takeZone, (request) =>
    request.once(async (trx) => {
      const lead = await store.findLead(trx, request.personId);
      if (!lead || lead.offeredTimeZone === null || lead.offeredTimeZone !== request.value) return settled;
      const moved = await store.saveTimeZone(trx, lead.id, lead.offeredTimeZone);
      await tools.changed(trx, moved, request.now);
      return { replace: views.zoneTaken(moved), home: true };
    }),
  );
  doors.click(views.ids.keepZone, (request) =>
    request.once(async (trx) => {
      const lead = await store.findLead(trx, request.personId);
      if (!lead || lead.offeredTimeZone !== request.value) return settled;
      await store.declineTimeZone(trx, lead.id);
      return { replace: views.zoneKept(lead), home: true };
    }),
  );
}

const settled: Answer = { replace: views.zoneAnswered() };

type SettingsReading =
  | { kind: 'settings'; settings: LeadSettings }
  | { kind: 'refused'; errors: Record<string, string> };

/** The submitted form, all of it checked before any of it counts. */
export function readSettings(
  values: FormValues,
  knowsHolidayRegion: (region: string) => boolean,
): SettingsReading {
  const { fields, refusals } = views;
  const errors: Record<string, string> = {};

  const engineers = values.wholeNumber(fields.engineers);
  if (engineers === undefined || engineers < 0 || engineers > mostEngineers)
    errors[fields.engineers] = refusals.engineers;
  const target = values.text(fields.targetPercent) === '' ? null : values.wholeNumber(fields.targetPercent);
  if (target === undefined || (target !== null && (target < 0 || target > 100))) {
    errors[fields.targetPercent] = refusals.targetPercent;
  }
  const zone = readTimeZone(values.text(fields.timeZone));
  if (zone.kind === 'unknown') errors[fields.timeZone] = refusals.timeZone(zone.nearest);
  const workingDays = weekdays(values.choices(fields.workingDays));
  if (workingDays.length === 0) errors[fields.workingDays] = refusals.workingDays;
  const [starts, ends, digestTime] = [fields.workdayStarts, fields.workdayEnds, fields.digestTime].map(
    (name) => {
      const time = values.time(name);
      if (!time) errors[name] = refusals.time;
      return time;
    },
  );
  if (starts && ends && Temporal.PlainTime.compare(ends, starts) <= 0)
    errors[fields.workdayEnds] = refusals.workdayEnds;
  const [digestDay = 5] = weekdays([values.choice(fields.digestDay) ?? '']);
  const promptsPerDay = Number(values.choice(fields.promptsPerDay) ?? 2);
  const region = values.text(fields.holidayRegion).toUpperCase();
  if (region !== '' && !knowsHolidayRegion(region)) errors[fields.holidayRegion] = refusals.holidayRegion;

  if (Object.keys(errors).length > 0 || zone.kind === 'unknown' || !starts || !ends || !digestTime) {
    return { kind: 'refused', errors };
  }
  return {
    kind: 'settings',
    settings: {
      engineers: engineers ?? 0,
      targetPercent: target ?? null,
      timeZone: zone.timeZone,
      workingDays,
      workdayStarts: starts,
      workdayEnds: ends,
      digestDay,
      digestTime,
      holidayRegion: region === '' ? null : region,
      promptsPerDay: promptsPerDay >= 1 && promptsPerDay <= 5 ? promptsPerDay : 2,
    },
  };
}

/** ISO weekdays, ascending; anything else is left out. */
const weekdays = (texts: string[]): number[] =>
  texts
    .filter((text) => /^[1-7]$/.test(text))
    .map(Number)
    .sort((one, other) => one - other);
