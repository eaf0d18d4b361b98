// The doors for setting up: `/retro` in all its forms, and the form that asks for the same.

import type { Entry } from '../../leads/index.ts';
import type { ChannelProfile } from '../../slack/channels.ts';
import { type Answer, type Doors, inPlace, type Request } from '../../slack/doors.ts';
import type { SlashCommand } from '../room.ts';
import { leftTheChannel } from './retros.access.ts';
import * as actions from './retros.actions.ts';
import { listenToChannels } from './retros.channel.slack.ts';
import { listenToFacilitators } from './retros.facilitator.slack.ts';
import { redraw } from './retros.messages.steps.ts';
import { lineOf, parseRetroCommand, type Wish, withNames, withoutChannel } from './retros.parse.ts';
import { listenToParticipants } from './retros.participant.slack.ts';
import * as refusals from './retros.refusals.ts';
import { gone } from './retros.replies.views.ts';
import * as forms from './retros.rhythm.forms.ts';
import { listenToRhythms } from './retros.rhythm.slack.ts';
import * as rhythms from './retros.rhythm.steps.ts';
import { channelProblem, seriesAt } from './retros.rhythm.ts';
import * as views from './retros.rhythm.views.ts';
import * as steps from './retros.steps.ts';
import * as store from './retros.store.ts';
import { listenToSuccessors } from './retros.succession.slack.ts';
import { fewestForAnonymity, longestReason } from './retros.ts';

export const commands: SlashCommand[] = [
  {
    command: '/retro',
    usageHint: 'in #team every 2 weeks friday 14:00 [anonymous | named]',
    description: 'Look back with your team, in its channel and without a meeting',
  },
];

export interface RetroTools extends steps.StepTools {
  leads: Entry;
}

export function listen(doors: Doors, tools: RetroTools): void {
  const { leads } = tools;
  listenToParticipants(doors, tools);
  listenToFacilitators(doors, tools);
  listenToRhythms(doors, tools);
  listenToChannels(doors, tools);
  listenToSuccessors(doors, tools);

  const list = leads.asMember(({ member, now, inTransaction }) =>
    inTransaction(async (trx) => ({
      message: views.list(await rhythms.findOverview(trx, member, now), now, member.timeZone),
    })),
  );

  /** What somebody typed, or asked for again by a button. `typedIn`: where, when that is known. */
  async function byLine(request: Request, line: string, typedIn?: string): Promise<Answer> {
    const command = parseRetroCommand(line);
    // A command typed in a channel is about that channel; in a DM it is about none.
    const here = typedIn && /^[CG]/.test(typedIn) ? typedIn : undefined;
    switch (command.kind) {
      case 'list':
        return list(request);
      case 'help':
        return { message: views.help() };
      case 'formats':
        return { message: views.formatList() };
      case 'new':
        return { form: forms.setUpForm({ channelId: here }) };
      case 'refused':
        return { message: refusals.refused(command.why, command.text) };
      case 'set-up': {
        const { channelId = here } = command.wish;
        return setUp(request, { ...command.wish, channelId }, withoutChannel(line));
      }
      case 'skip': {
        const { channelId = here } = command;
        const isThere = channelId !== undefined && (await request.isIn(channelId));
        return skip(channelId, command.reason.slice(0, longestReason), isThere)(request);
      }
      case 'stop':
        return stop(command.channelId ?? here)(request);
    }
  }

  /** `line`, without the channel, is what a button needs to try it again. */
  async function setUp(request: Request, wish: Wish, line: string): Promise<Answer> {
    const { channelId } = wish;
    if (!channelId) return { message: refusals.refused('no-channel', '') };
    if (!wish.when) return { form: forms.setUpForm({ ...wish, when: undefined }) };
    const channel = await request.channel(channelId);
    const whole = `in <#${channelId}> ${line}`;
    const problem = channelProblem(channel, request.personId);
    if (!channel || problem) {
      return { message: refusals.channelRefused(problem ?? 'no-such-channel', channelId, whole) };
    }
    const team = await teamOf(request, channel);
    if (wish.anonymous === true && team.people < fewestForAnonymity) {
      return { message: refusals.tooFew(channelId, team.people, withNames(whole)) };
    }
    const keep = leads.onceAsLead(async (step) => {
      const came = await rhythms.setUp(
        { ...tools, ...step, member: step.lead },
        { ...wish, channelId },
        team,
      );
      return { message: views.setUp(came, step.lead.timeZone) };
    });
    return keep(request);
  }

  const skip = (channelId: string | undefined, reason: string, isThere: boolean) =>
    leads.onceAsMember(async ({ trx, member, now }) => {
      if (!channelId) return { message: refusals.refused('no-channel', '') };
      const step = { ...tools, trx, member, now };
      const open = isThere ? await store.findOpenIn(trx, channelId) : undefined;
      if (open?.facilitatorId === member.id) {
        const retro = await store.lockRetro(trx, open.id);
        if (retro?.phase !== 'open') return { message: refusals.nothingThere(channelId) };
        await steps.skip(step, retro, reason);
        return { message: views.skipped(channelId, reason), redraw: redraw(tools, retro.id) };
      }
      const series = await store.findRhythm(trx, channelId);
      if (series?.leadId !== member.id) return { message: refusals.nothingThere(channelId) };
      const came = await rhythms.skipNext(step, seriesAt(series, now), reason);
      return { message: views.nextSkipped(came, series, reason) };
    });

  const stop = (channelId: string | undefined) =>
    leads.onceAsMember(async ({ trx, member, now }) => {
      if (!channelId) return { message: refusals.refused('no-channel', '') };
      const series = await store.findRhythm(trx, channelId);
      if (series?.leadId !== member.id) return { message: refusals.nothingThere(channelId) };
      await rhythms.stop({ ...tools, trx, now }, series);
      return { message: views.stopped(series) };
    });

  doors.command('/retro', (request) => byLine(request, request.text, request.channelId));
  doors.action(actions.again, async (request) => {
    const { line } = request.carried;
    return line === actions.leaveIt ? { replace: refusals.left() } : inPlace(await byLine(request, line));
  });
  doors.action(actions.list, list);
  doors.action(actions.setUp, async () => ({ form: forms.setUpForm({}) }));

  doors.submission(actions.setUpForm, async (request) => {
    const reading = forms.readSetUp(request.values);
    if (reading.kind === 'refused') return { errors: reading.errors };
    const { wish } = reading;
    const { seriesId } = request.data;
    if (seriesId !== undefined)
      return (await leftTheChannel(request, seriesId)) ?? change(seriesId, wish)(request);
    if (!wish.channelId) return { errors: { [forms.fields.channel]: refusals.setUpProblems.channel } };
    return setUp(request, wish, lineOf(request.values.text(forms.fields.when), wish));
  });

  const change = (seriesId: string, { when, formatId, anonymous, openDays }: forms.FilledIn) =>
    leads.onceAsMember(async ({ trx, member, now }) => {
      if (when.kind !== 'rhythm') {
        return { errors: { [forms.fields.when]: refusals.setUpProblems.rhythm } };
      }
      const series = await store.findSeries(trx, seriesId);
      if (series?.leadId !== member.id) return { replace: gone() };
      const came = await rhythms.change({ ...tools, trx, member, now }, seriesAt(series, now), {
        when,
        formatId,
        anonymous,
        openDays,
      });
      return came.kind === 'too-few'
        ? { errors: { [forms.fields.names]: refusals.setUpProblems.names(series.people) } }
        : { replace: views.setUp(came, member.timeZone) };
    });
}

/** How many people of a channel are asked after, for their time zones. */
const mostProfiles = 40;

/** Who would be asked: bots and those who left are none of them. */
async function teamOf(
  request: Request,
  { memberIds }: ChannelProfile,
): Promise<{ people: number; zones: string[] }> {
  const profiles = await Promise.all(memberIds.slice(0, mostProfiles).map((id) => request.profile(id)));
  const reachable = profiles.filter(({ unreachable }) => !unreachable);
  return {
    people: reachable.length + Math.max(0, memberIds.length - mostProfiles),
    zones: [...new Set(reachable.flatMap(({ timeZone }) => timeZone ?? []))],
  };
}
