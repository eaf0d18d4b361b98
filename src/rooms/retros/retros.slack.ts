// The doors for setting up: `/retro` in all its forms, the rhythm of a channel, and what happens to the channel itself.

import { z } from 'zod';
import type { Tenant } from '../../db/tenancy.ts';
import type { LeadDesk } from '../../leads/index.ts';
import type { Lead } from '../../leads/leads.ts';
import type {
  Answer,
  ClickRequest,
  CommandRequest,
  Doors,
  EventRequest,
  Request,
} from '../../slack/doors.ts';
import { localDay } from '../../time/days.ts';
import { nextOccurrence } from '../../time/recurrence.ts';
import type { SlashCommand } from '../room.ts';
import { listenToFacilitators } from './retros.facilitator.slack.ts';
import { rotating } from './retros.formats.ts';
import * as forms from './retros.forms.ts';
import * as words from './retros.list.views.ts';
import { parseRetroCommand, type RetroCommand, type Wish } from './retros.parse.ts';
import { listenToEverybody, uuid } from './retros.participant.slack.ts';
import * as course from './retros.steps.ts';
import { kinds, redraw } from './retros.steps.ts';
import * as store from './retros.store.ts';
import {
  calledOff,
  cannotBeAnonymous,
  fewestForAnonymity,
  longestReason,
  type Retro,
  type Series,
} from './retros.ts';
import * as views from './retros.views.ts';

export const commands: SlashCommand[] = [
  {
    command: '/retro',
    usageHint: 'in #team every 2 weeks friday 14:00 [anonymous | named]',
    description: 'Look back with your team, in its channel and without a meeting',
  },
];

export interface RetroTools extends course.CourseTools {
  leads: LeadDesk;
}

/** How many people of a channel are asked after, for their time zones. */
const mostProfiles = 40;

/** The next time a rhythm comes round, by its lead's clock. */
export const nextTime = (
  series: Series,
  timeZone: string,
  now: Temporal.Instant,
): Temporal.Instant | undefined => {
  if (!series.rhythm) return undefined;
  const next = nextOccurrence({ ...series.rhythm, timeZone }, now)?.at;
  if (!next || !series.skipAt?.equals(next)) return next;
  return nextOccurrence({ ...series.rhythm, timeZone }, next)?.at;
};

/** What a lead's channels do: their rhythms with what came of them, and what is under way. */
export async function standing(
  trx: Tenant,
  leadId: string,
  timeZone: string,
  now: Temporal.Instant,
): Promise<{ listed: words.ListedSeries[]; underWay: Retro[] }> {
  const listed: words.ListedSeries[] = [];
  for (const series of await store.findRhythmsOf(trx, leadId)) {
    const past = (await store.findLatestIn(trx, series.channelId, 50)).filter(({ phase }) =>
      ['done', 'quiet', 'skipped', 'ended', 'few', 'choosing'].includes(phase),
    );
    const current = { ...series, skipAt: calledOff(series, now) };
    listed.push({ series: current, past, next: nextTime(current, timeZone, now) });
  }
  const underWay = (await store.findRetrosOf(trx, leadId)).filter(
    ({ phase, facilitatorId }) =>
      facilitatorId === leadId && ['open', 'few', 'grouping', 'voting', 'choosing'].includes(phase),
  );
  return { listed, underWay };
}

export function listen(doors: Doors, tools: RetroTools): void {
  listenToEverybody(doors, tools);
  listenToFacilitators(doors, tools);
  listenToRhythms(doors, tools);
  listenToChannels(doors, tools);
  const { ids } = views;

  /** Setting up from a line; `line` is what a button needs to try it again. */
  async function setUp(request: Request, wish: Wish, line: string, typedIn?: string): Promise<Answer> {
    const channelId = wish.channelId ?? channelTypedIn(typedIn);
    if (!channelId) return { message: words.refused('no-channel', '') };
    if (!wish.when) return { form: forms.setUpForm({ ...wish, channelId, when: undefined }) };

    const channel = await request.channel(channelId);
    // Somebody outside a private channel must not learn that it exists.
    if (!channel || (channel.private && !channel.memberIds.includes(request.personId))) {
      return { message: words.noSuchChannel() };
    }
    if (channel.archived) return { message: words.archivedChannel(channelId) };
    if (!channel.memberIds.includes(request.personId)) return { message: words.notAMember() };
    const whole = `in <#${channelId}> ${line}`;
    if (!channel.botIsIn) return { message: words.notInvited(channelId, whole) };

    const profiles = await Promise.all(
      channel.memberIds.slice(0, mostProfiles).map((id) => request.profile(id)),
    );
    const reachable = profiles.filter(({ unreachable }) => !unreachable);
    const people = reachable.length + Math.max(0, channel.memberIds.length - mostProfiles);
    if (wish.anonymous === true && people < fewestForAnonymity) {
      return {
        message: words.tooFew(channelId, people, `${whole.replace(/\banonymous(?:ly)?\b/gi, '')} named`),
      };
    }
    const zones = [...new Set(reachable.flatMap(({ timeZone }) => (timeZone ? [timeZone] : [])))];
    return keep(request, { ...wish, channelId }, { people, zones });
  }

  async function keep(
    request: Request,
    wish: Wish & { channelId: string },
    { people, zones }: { people: number; zones: string[] },
  ): Promise<Answer> {
    const { lead, note } = await tools.leads.meet(request);
    const answer = await request.once(async (trx): Promise<Answer> => {
      const { workspaceId, now } = request;
      const { channelId, when } = wish;
      await store.lockChannel(trx, channelId);
      const rhythm = when?.kind === 'rhythm' ? rhythmFrom(when, lead, now) : null;
      const existing = await store.findRhythm(trx, channelId);
      if (rhythm && existing) return { message: words.rhythmExists(existing, existing.leadId === lead.id) };
      const open = await store.findOpenIn(trx, channelId);
      if (!rhythm && open) return { message: words.alreadyOpen(open, lead.timeZone) };
      const series: Series = {
        workspaceId,
        id: crypto.randomUUID(),
        leadId: lead.id,
        channelId,
        rhythm,
        formatId: wish.formatId ?? rotating,
        anonymous: wish.anonymous ?? people >= fewestForAnonymity,
        openDays: wish.openDays ?? 1,
        zones,
        people,
        state: rhythm ? 'active' : 'once',
        skipAt: null,
      };
      await store.saveSeries(trx, series, now);
      await planSeries(trx, tools, series, lead, now);
      const next = nextTime(series, lead.timeZone, now);
      return {
        message: next ? words.setUp(series, next, lead.timeZone, false) : words.opening(series),
      };
    });
    return answer.message && note.length > 0
      ? { ...answer, message: { ...answer.message, blocks: [...answer.message.blocks, ...note] } }
      : answer;
  }

  async function list(request: Request): Promise<Answer> {
    const zone = await zoneOf(request, tools);
    return request.read(async (trx) => {
      const { listed, underWay } = await standing(trx, request.personId, zone, request.now);
      return { message: words.list(listed, underWay, request.now, zone) };
    });
  }

  async function byLine(request: Request, line: string, typedIn?: string): Promise<Answer> {
    const command: RetroCommand = parseRetroCommand(line);
    switch (command.kind) {
      case 'list':
        return list(request);
      case 'help':
        return { message: words.help() };
      case 'formats':
        return { message: words.formatList() };
      case 'new':
        return { form: forms.setUpForm({ channelId: channelTypedIn(typedIn) }) };
      case 'refused':
        return { message: words.refused(command.why, command.text) };
      case 'set-up':
        return setUp(request, command.wish, withoutChannel(line), typedIn);
      case 'skip':
      case 'stop':
        return byRhythm(request, command, command.channelId ?? channelTypedIn(typedIn));
    }
  }

  async function byRhythm(
    request: Request,
    command: { kind: 'skip'; reason: string } | { kind: 'stop' },
    channelId: string | undefined,
  ): Promise<Answer> {
    if (!channelId) return { message: words.refused('no-channel', '') };
    const zone = await zoneOf(request, tools);
    return request.once(async (trx) => {
      if (command.kind === 'stop') {
        const series = await store.findRhythm(trx, channelId);
        if (series?.leadId !== request.personId) return { message: words.nothingThere(channelId) };
        return { message: await stop(trx, tools, series, request.now) };
      }
      const reason = command.reason.slice(0, longestReason);
      const open = await store.findOpenIn(trx, channelId);
      if (open?.facilitatorId === request.personId) {
        const locked = await store.lockRetro(trx, open.id);
        if (locked?.phase !== 'open') return { message: words.nothingThere(channelId) };
        await course.skip(trx, tools, locked, reason, request.now);
        return { message: words.skipped(channelId, reason), redraw: redraw(tools, open.id) };
      }
      const series = await store.findRhythm(trx, channelId);
      if (series?.leadId !== request.personId) return { message: words.nothingThere(channelId) };
      return { message: await skipNext(trx, series, reason, zone, request.now) };
    });
  }

  doors.command('/retro', (request: CommandRequest) => byLine(request, request.text, request.channelId));

  doors.click(ids.again, async (request) => {
    if (request.suffix === 'leave') return { replace: words.left() };
    const { message, ...rest } = await byLine(request, request.value);
    return { ...rest, ...(message && { replace: message }) };
  });

  doors.click(ids.list, list);
  doors.click(ids.setUp, async () => ({ form: forms.setUpForm({}) }));

  doors.form(ids.setUpForm, async (request) => {
    const fields = forms.setUpFields;
    const reading = parseRetroCommand(request.values.text(fields.when));
    const when = reading.kind === 'set-up' ? reading.wish.when : undefined;
    if (!when) {
      const why = reading.kind === 'refused' ? words.refused(reading.why, reading.text).text : '';
      return { errors: { [fields.when]: why || 'Say when: now, or every 2 weeks friday 14:00.' } };
    }
    const openDays = request.values.wholeNumber(fields.openDays);
    if (openDays === undefined || openDays < 1 || openDays > 10) {
      return { errors: { [fields.openDays]: 'From 1 to 10 working days.' } };
    }
    const wish = {
      when,
      openDays,
      formatId: request.values.choice(fields.format) ?? rotating,
      anonymous: request.values.choice(fields.names) !== 'named',
    };
    const seriesId = z.object({ seriesId: z.string() }).safeParse(request.data).data?.seriesId;
    if (seriesId) return change(request, tools, uuid(seriesId), wish);
    const channelId = request.values.channel(fields.channel);
    if (!channelId) return { errors: { [fields.channel]: 'Choose a channel.' } };
    const line = `${request.values.text(fields.when)} ${wish.formatId === rotating ? 'rotating' : `format ${wish.formatId}`} open ${openDays} days ${wish.anonymous ? 'anonymous' : 'named'}`;
    return setUp(request, { ...wish, channelId }, line);
  });
}

/** The rhythm's buttons. */
function listenToRhythms(doors: Doors, tools: RetroTools): void {
  const { ids } = views;

  const onSeries =
    (work: (trx: Tenant, series: Series, request: ClickRequest, zone: string) => Promise<Answer>) =>
    async (request: ClickRequest): Promise<Answer> => {
      const zone = await zoneOf(request, tools);
      return request.once(async (trx) => {
        const series = await store.findSeries(trx, uuid(request.value));
        if (series?.leadId !== request.personId) return { replace: views.gone() };
        await store.lockChannel(trx, series.channelId);
        const current = (await store.findSeries(trx, series.id)) ?? series;
        return work(trx, { ...current, skipAt: calledOff(current, request.now) }, request, zone);
      });
    };

  doors.click(
    ids.change,
    onSeries(async (_trx, series) => ({ form: forms.setUpForm(forms.startOf(series)) })),
  );

  doors.click(
    ids.stop,
    onSeries(async (trx, series, { now }) => ({ replace: await stop(trx, tools, series, now) })),
  );

  doors.click(
    ids.start,
    onSeries(async (trx, series, { now }, zone) => {
      const lead = await tools.listeners.find(trx, series.leadId);
      const other = await store.findRhythm(trx, series.channelId);
      if (other && other.id !== series.id) {
        return { replace: words.rhythmExists(other, other.leadId === series.leadId) };
      }
      if (!lead || !series.rhythm) return { replace: views.gone() };
      const started: Series = { ...series, state: 'active' };
      await store.saveSeries(trx, started, now);
      await planSeries(trx, tools, started, lead, now);
      return { replace: words.setUp(started, nextTime(started, zone, now) ?? now, zone, false) };
    }),
  );

  doors.click(
    ids.skipNext,
    onSeries(async (_trx, series, { now }, zone) => {
      if (series.skipAt) return { replace: words.skippedAlready() };
      const next = nextTime(series, zone, now);
      return {
        form: forms.skipForm(
          { seriesId: series.id },
          `The next one in ${views.channelLink(series.channelId)}${next ? `, ${views.moment(next, zone)}` : ''}.`,
        ),
      };
    }),
  );

  doors.click(
    ids.unskip,
    onSeries(async (trx, series) => {
      if (!series.skipAt) return { replace: words.unskipped(series.channelId) };
      await store.takeBackSkip(trx, series.id, series.skipAt);
      await store.changeSeries(trx, series.id, { skipAt: null });
      return { replace: words.unskipped(series.channelId) };
    }),
  );

  doors.form(ids.skipForm, async (request) => {
    const reason = request.values.text(forms.skipFields.reason).slice(0, longestReason);
    if (reason === '') return { errors: { [forms.skipFields.reason]: 'A word on why, please.' } };
    const data = z
      .object({ retroId: z.string().optional(), seriesId: z.string().optional() })
      .safeParse(request.data).data;
    const zone = await zoneOf(request, tools);
    return request.once(async (trx): Promise<Answer> => {
      if (data?.retroId) {
        const retro = await store.lockRetro(trx, uuid(data.retroId));
        if (retro?.facilitatorId !== request.personId) return { replace: views.gone() };
        if (retro.phase !== 'open') return { replace: views.movedOn(retro), redraw: redraw(tools, retro.id) };
        await course.skip(trx, tools, retro, reason, request.now);
        return { replace: words.skipped(retro.channelId, reason), redraw: redraw(tools, retro.id) };
      }
      const series = await store.findSeries(trx, uuid(data?.seriesId));
      if (series?.leadId !== request.personId) return { replace: views.gone() };
      return { replace: await skipNext(trx, series, reason, zone, request.now) };
    });
  });
}

/** What happens to a channel, and to the people in it. */
function listenToChannels(doors: Doors, tools: RetroTools): void {
  const ended = async (request: EventRequest): Promise<Answer> => {
    const channel = z.object({ channel: z.string() }).safeParse(request.event).data?.channel;
    if (!channel) return {};
    return request.once(async (trx) => {
      await course.endChannel(trx, tools, channel, request.now);
      return {};
    });
  };
  doors.event('channel_archive', ended);
  doors.event('group_archive', ended);

  const moved =
    (by: 1 | -1) =>
    async (request: EventRequest): Promise<Answer> => {
      const channel = z.object({ channel: z.string() }).safeParse(request.event).data?.channel;
      if (!channel) return {};
      const known = await request.read((trx) => store.findRhythm(trx, channel));
      if (!known) return {};
      const { timeZone, unreachable } = await request.profile(request.personId);
      // Bots come and go too, this one among them.
      if (unreachable) return {};
      return request.once(async (trx) => {
        await store.countPerson(trx, channel, by, by === 1 ? timeZone : undefined);
        const series = await store.findRhythm(trx, channel);
        if (series && cannotBeAnonymous(series)) {
          const { leadId, id: subject } = series;
          const destination = { dm: leadId };
          const when = { at: request.now };
          await tools.prompts.plan(
            trx,
            { leadId, kind: kinds.tooFewLeft, subject, destination, when },
            request.now,
          );
        }
        return {};
      });
    };
  doors.event('member_joined_channel', moved(1));
  doors.event('member_left_channel', moved(-1));
}

async function change(
  request: Request,
  tools: RetroTools,
  seriesId: string,
  wish: Pick<Wish, 'when'> & { formatId: string; anonymous: boolean; openDays: number },
): Promise<Answer> {
  const { lead } = await tools.leads.meet(request);
  if (wish.when?.kind !== 'rhythm') {
    return {
      errors: {
        [forms.setUpFields.when]:
          'A rhythm, please, as every 2 weeks friday 14:00; `/retro now` opens one at once.',
      },
    };
  }
  const when = wish.when;
  return request.once(async (trx) => {
    const series = await store.findSeries(trx, seriesId);
    if (series?.leadId !== lead.id) return { replace: views.gone() };
    if (wish.anonymous && series.people < fewestForAnonymity) {
      return {
        errors: {
          [forms.setUpFields.names]:
            `With ${views.peopleInWords(series.people)} there, anonymity can’t be had: it takes ${fewestForAnonymity}.`,
        },
      };
    }
    const { now } = request;
    const same = series.rhythm?.rule === when.rule && series.rhythm.starts.toPlainTime().equals(when.time);
    const changed: Series = {
      ...series,
      formatId: wish.formatId,
      anonymous: wish.anonymous,
      openDays: wish.openDays,
      rhythm: same ? series.rhythm : rhythmFrom(when, lead, now),
      skipAt: same ? series.skipAt : null,
    };
    // With its day gone, what was called off was never skipped.
    const off = same ? null : calledOff(series, now);
    if (off) await store.takeBackSkip(trx, series.id, off);
    await store.saveSeries(trx, changed, now);
    await planSeries(trx, tools, changed, lead, now);
    return {
      replace: words.setUp(changed, nextTime(changed, lead.timeZone, now) ?? now, lead.timeZone, true),
    };
  });
}

/**
 * A rhythm that begins with the first day it names: "every 2 weeks friday" said on a Saturday means next Friday,
 * where a rule counted from today would have used up its first week.
 */
function rhythmFrom(
  when: { rule: string; time: Temporal.PlainTime },
  lead: Pick<Lead, 'timeZone'>,
  now: Temporal.Instant,
): { rule: string; starts: Temporal.PlainDateTime } {
  const { rule, time } = when;
  const today = localDay(now, lead.timeZone).toPlainDateTime(time);
  const everyTime = rule.replace(/;INTERVAL=\d+/, '');
  const first = nextOccurrence({ rule: everyTime, starts: today, timeZone: lead.timeZone }, now);
  return { rule, starts: first?.local ?? today };
}

async function planSeries(
  trx: Tenant,
  { prompts }: RetroTools,
  series: Series,
  lead: Lead,
  now: Temporal.Instant,
): Promise<void> {
  await prompts.plan(
    trx,
    {
      leadId: series.leadId,
      kind: kinds.open,
      subject: series.id,
      destination: { channel: series.channelId },
      when: series.rhythm ? { ...series.rhythm, timeZone: lead.timeZone } : { at: now },
    },
    now,
  );
}

async function stop(trx: Tenant, { prompts }: RetroTools, series: Series, now: Temporal.Instant) {
  await store.changeSeries(trx, series.id, { state: 'stopped' });
  await prompts.remove(trx, { leadId: series.leadId, kind: kinds.open, subject: series.id }, now);
  return words.stopped(series);
}

/** Keeps that the next one was skipped, and why, as one of the channel's retrospectives. */
async function skipNext(trx: Tenant, series: Series, reason: string, zone: string, now: Temporal.Instant) {
  if (calledOff(series, now)) return words.skippedAlready();
  const next = nextTime({ ...series, skipAt: null }, zone, now);
  if (!next) return words.nothingThere(series.channelId);
  await store.changeSeries(trx, series.id, { skipAt: next });
  await store.addRetro(trx, {
    workspaceId: series.workspaceId,
    id: crypto.randomUUID(),
    seriesId: series.id,
    leadId: series.leadId,
    facilitatorId: series.leadId,
    channelId: series.channelId,
    formatId: series.formatId,
    anonymous: series.anonymous,
    people: series.people,
    openedAt: next,
    closesAt: next,
    votesCloseAt: null,
    phase: 'skipped',
    reason,
    salt: null,
    answered: 0,
    voted: 0,
    commitmentIds: [],
    version: 1,
  });
  return words.skipped(series.channelId, reason, series.id);
}

/** A person's zone: theirs as a lead, else Slack's; nobody becomes a lead by looking. */
async function zoneOf(request: Request, tools: RetroTools): Promise<string> {
  const known = await request.read((trx) => tools.listeners.find(trx, request.personId));
  return known?.timeZone ?? (await request.profile(request.personId)).timeZone ?? 'UTC';
}

/** A command typed in a channel is about that channel; in a DM it is about none. */
const channelTypedIn = (channelId: string | undefined): string | undefined =>
  channelId && /^[CG]/.test(channelId) ? channelId : undefined;

const withoutChannel = (line: string): string =>
  line
    .replace(/(?:\b(?:in|for)\s+)?<#[^>]*>/gi, ' ')
    .replace(/\s+/g, ' ')
    .trim();
