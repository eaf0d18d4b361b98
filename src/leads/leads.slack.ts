// The leads' doors: first contact, settings, a time zone that changed, and being forgotten.

import type { Button } from '@slack/types';
import { z } from 'zod';
import type { Tenant } from '../db/tenancy.ts';
import type { Prompts } from '../prompts/prompts.ts';
import type { Owner, SlashCommand } from '../rooms/room.ts';
import type { Answer, Doors, Request } from '../slack/doors.ts';
import type { Message } from '../slack/message.ts';
import { knownTimeZone } from '../time/zones.ts';
import * as actions from './leads.actions.ts';
import { readSettings, settingsForm } from './leads.forms.ts';
import * as steps from './leads.steps.ts';
import { findLead, findMember, moveGuest } from './leads.store.ts';
import { defaultSettings, type Lead } from './leads.ts';
import * as views from './leads.views.ts';
import { hearersOf, type LeavingTools, noteLeaving } from './leaving.ts';

export const commands: SlashCommand[] = [
  { command: '/keel', usageHint: '', description: 'Where your week stands' },
  { command: '/keel settings', usageHint: '', description: 'Your team, days, hours and digest' },
  { command: '/keel forget', usageHint: '', description: 'Delete everything I keep for you' },
  { command: '/keel help', usageHint: '', description: 'What I can do' },
];

export interface LeadTools extends LeavingTools {
  prompts: Pick<Prompts, 'plan' | 'replan'>;
  /** Every command of the house, for `/keel help`. */
  allCommands(): SlashCommand[];
  /** Every room's own settings, reached from the settings form. */
  settingsLinks(): Button[];
  /** The rooms plan anew what depends on a lead's settings. */
  changed(trx: Tenant, lead: Lead, now: Temporal.Instant, before?: Lead): Promise<void>;
  /** What the Home says, in a message. */
  overview(trx: Tenant, lead: Lead): Promise<Message>;
  /** The same for somebody who leads nobody here. */
  received(request: Request): Promise<Message>;
  /** Every room forgets the lead. */
  forget(trx: Tenant, owner: Owner): Promise<void>;
}

export function listen(doors: Doors, tools: LeadTools): void {
  const find = (request: Request): Promise<Lead | undefined> =>
    request.inTransaction((trx) => findLead(trx, request.personId));

  doors.command('/keel', async (request) => {
    if (request.text !== '') return { message: views.unknownWord(request.text.split(/\s/)[0] ?? '') };
    const own = await request.inTransaction(async (trx) => {
      const lead = await findLead(trx, request.personId);
      return lead && tools.overview(trx, lead);
    });
    return { message: own ?? (await tools.received(request)) };
  });
  doors.command('/keel help', async () => ({ message: views.help(tools.allCommands()) }));

  doors.command('/keel forget', ({ personId, inTransaction }) =>
    inTransaction(async (trx) => ({
      message: (await findMember(trx, personId)) ? views.forgetQuestion() : views.nothingKept(),
    })),
  );
  doors.action(actions.forget, ({ once, workspaceId, personId: leadId }) =>
    once(async (trx) => {
      await tools.forget(trx, { workspaceId, leadId });
      return { replace: views.forgotten(), home: true };
    }),
  );

  const openSettings = async (request: Request): Promise<Answer> => {
    const lead = await find(request);
    if (lead) return { form: settingsForm(lead, false, tools.settingsLinks()) };
    const { timeZone = 'UTC' } = await request.profile(request.personId);
    return { form: settingsForm(defaultSettings(timeZone), true, []) };
  };
  doors.command('/keel settings', openSettings);
  doors.action(actions.settings, openSettings);

  /** A step about whoever asked, in one transaction that counts once. */
  const onceAs =
    <R extends Request>(work: (step: steps.PersonStep, request: R) => Promise<Answer>) =>
    (request: R): Promise<Answer> => {
      const { workspaceId, personId: leadId, now } = request;
      const { changed } = tools;
      return request.once((trx) => work({ trx, who: { workspaceId, leadId }, now, changed }, request));
    };
  doors.submission(
    actions.settingsForm,
    onceAs(async (step, { values }) => {
      const reading = readSettings(values);
      if (reading.kind === 'refused') return { errors: reading.errors };
      const { lead, isFirst } = await steps.keepSettings(step, reading.settings);
      return { message: views.settingsSaved(lead, isFirst), home: true };
    }),
  );

  // The event comes with every change of a profile: a status, a journey, an account that is closed.
  doors.event('user_change', async ({ event, workspaceId, personId, now, once, inTransaction, profile }) => {
    const user = changedUser.safeParse(event).data?.user;
    if (!user) return {};
    if (user.deleted) {
      const ids = await inTransaction((trx) => hearersOf(tools, trx, personId));
      // Some hear from us for the first time, and are not to hear it at night.
      const hearers = (await Promise.all(ids.map(profile))).filter(({ unreachable }) => !unreachable);
      return once(async (trx) => {
        await noteLeaving(tools, trx, { workspaceId, personId }, hearers, now);
        return {};
      });
    }
    const zone = knownTimeZone(user.tz);
    return once(async (trx) => {
      await tools.back(trx, personId, now);
      if (!zone) return {};
      const guest = await moveGuest(trx, personId, zone);
      if (guest) await tools.prompts.replan(trx, guest, now);
      return (await steps.noticeZone(trx, personId, zone)) ? { home: true } : {};
    });
  });
  doors.action(
    actions.takeZone,
    onceAs(async (step, { carried }) => {
      const moved = await steps.takeZone(step, carried.zone);
      return moved ? { replace: views.zoneTaken(moved), home: true } : { replace: views.zoneAnswered() };
    }),
  );
  doors.action(
    actions.keepZone,
    onceAs(async (step, { carried }) => {
      const lead = await steps.keepZone(step, carried.zone);
      return lead ? { replace: views.zoneKept(lead), home: true } : { replace: views.zoneAnswered() };
    }),
  );

  doors.event('message', async ({ event, once }) => {
    const said = directMessage.safeParse(event).data;
    if (!said) return {};
    const asksForHelp = /^\W*help\W*$/i.test(said.text);
    return once(async () => ({
      message: asksForHelp ? views.help(tools.allCommands()) : views.onlyCommands(),
    }));
  });
}

const changedUser = z.object({
  user: z.object({ deleted: z.boolean().optional(), tz: z.string().optional() }),
});

/** What somebody wrote to the bot, and no bot or edit. */
const directMessage = z.object({
  channel_type: z.literal('im'),
  subtype: z.undefined().optional(),
  bot_id: z.undefined().optional(),
  text: z.string(),
});
