// How the people of a simulated year live: what they log, click, pause and leave alone, and where they move.

import * as leadActions from '../../src/leads/leads.actions.ts';
import * as promptActions from '../../src/prompts/prompts.actions.ts';
import { written } from '../../src/slack/actions.ts';
import type { HoursFact, LeadFacts } from './facts.ts';
import type { Hands, Reply } from './hands.ts';
import type { Standing } from './slack.ts';
import type { World } from './world.ts';

/** Summer time in the north, in the south, half an hour of it, none at a quarter past; a day that was left out. */
export const zones = [
  'Europe/Lisbon',
  'America/New_York',
  'America/Santiago',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'Pacific/Auckland',
  'Africa/Casablanca',
] as const;

const hour = 3_600_000;
const day = 24 * hour;

/** Lives until the year is over, and never looks after a 1:1: they come all the same. `team`: has a channel. */
export function live(
  world: World,
  hands: Hands,
  lead: LeadFacts,
  { until, team }: { until: number; team: boolean },
): void {
  const { timeline, dice } = world;
  let notes = 0;

  /** Again until the bot says that it counts; in between nobody can tell. */
  async function insist(
    what: { from: number; sure: number },
    attempt: () => Promise<Reply>,
  ): Promise<string> {
    for (let tries = 0; tries < 40; tries++) {
      const reply = await attempt();
      if (reply.kind === 'told') {
        what.sure = timeline.ms;
        return reply.text;
      }
      await pause(dice.between(1, 10) * 60_000);
    }
    return '';
  }
  const pause = (milliseconds: number): Promise<void> =>
    new Promise((resolve) => {
      timeline.after(milliseconds, 'world', resolve);
    });
  const localTime = () => timeline.now().toZonedDateTimeISO(lead.zones.at(-1)!.zone);

  async function logs(): Promise<void> {
    notes += 1;
    const minutes = 5 * dice.between(1, 12);
    const fact: HoursFact = { note: `note ${notes} ${markOf(lead)}`, minutes: [minutes], state: 'maybe' };
    lead.hours.push(fact);
    const reply = await hands.types(lead, `/logtime ${minutes}m coding -- ${fact.note}`);
    if (reply.kind === 'silence') return;
    fact.state = 'kept';
    await pause(dice.between(1000, 60_000));
    const what = dice.roll();
    const [change, undo] = ['change', 'undo'].map((name) => buttonIn(reply.blocks, `balance.${name}`));
    if (change && what < 0.2) await edits(fact, change, 5 * dice.between(1, 12));
    else if (undo && what < 0.4) await takesBack(fact, undo);
  }
  async function edits(fact: HoursFact, change: Button, minutes: number): Promise<void> {
    const form = await hands.presses(lead, change);
    if (form.kind === 'silence' || !form.view) return;
    fact.minutes.push(minutes);
    const reply = await hands.submits(lead, form.view, { time: { value: `${minutes}m` } });
    if (reply.kind === 'told') fact.minutes = [minutes];
  }
  async function takesBack(fact: HoursFact, undo: Button): Promise<void> {
    fact.state = 'maybe';
    const reply = await hands.presses(lead, undo);
    if (reply.kind === 'told') fact.state = 'gone';
  }

  async function pauses(): Promise<void> {
    const until = localTime()
      .toPlainDate()
      .add({ days: dice.between(2, 14) });
    const ends = until.toZonedDateTime(localTime().timeZoneId).epochMilliseconds;
    const fact = { from: timeline.ms, sure: Infinity, until: ends };
    lead.pauses.push(fact);
    await insist(fact, () => hands.types(lead, `/keel pause until ${until}`));
  }

  async function moves(): Promise<void> {
    const zone = dice.pick(zones.filter((one) => one !== lead.zones.at(-1)!.zone));
    const fact = { from: timeline.ms, sure: Infinity, zone };
    world.slack.people.get(`${lead.workspaceId} ${lead.id}`)!.tz = zone;
    lead.zones.push(fact);
    const told = { from: 0, sure: 0 };
    const moved = { type: 'user_change', user: { id: lead.id, tz: zone } };
    // Slack repeats an event until it hears that it arrived; the click is what counts.
    await insist(told, () => hands.happens(lead, moved));
    await insist(fact, () => hands.clicks(lead, leadActions.takeZone, { zone }));
  }

  /** Deals with the latest prompt that nothing was done about: by its menu, or by the buttons of a 1:1's. */
  async function clicks(): Promise<void> {
    const open = world.slack.book.findLast((message) => isOpen(message));
    if (!open?.deliveryId) return;
    const { deliveryId, round } = open;
    const fact = { deliveryId, round, what: '', from: timeline.ms, sure: Infinity };
    lead.clicks.push(fact);
    const reply = await dealWith(open, fact);
    if (reply.kind === 'told') fact.sure = timeline.ms;
  }
  async function dealWith({ blocks, round, deliveryId }: Standing, fact: { what: string }): Promise<Reply> {
    const [happened, skipped] = ['happened', 'skip'].map((name) => buttonIn(blocks, `one-on-ones.${name}`));
    if (happened && skipped && dice.chance(0.7)) {
      fact.what = dice.chance(0.5) ? 'happened' : 'skipped';
      if (fact.what === 'skipped') return hands.presses(lead, skipped);
      const form = await hands.presses(lead, happened);
      return form.kind === 'told' && form.view ? hands.submits(lead, form.view) : form;
    }
    const choice = dice.pick(['20-minutes', '3-hours', 'tomorrow', 'next-week', 'skip', 'skip']);
    fact.what = choice;
    const carried = { deliveryId, round, choice };
    return hands.presses(lead, {
      action_id: promptActions.menu.id,
      value: written(promptActions.menu, carried) ?? '',
    });
  }
  const isOpen = ({ workspaceId, channel, deliveryId, round, at, blocks }: Standing): boolean =>
    workspaceId === lead.workspaceId &&
    channel === `D${lead.id}` &&
    deliveryId !== undefined &&
    at > timeline.ms - 3 * day &&
    JSON.stringify(blocks).includes(promptActions.menu.id) &&
    !lead.clicks.some((click) => click.deliveryId === deliveryId && click.round === round);

  async function meets(): Promise<void> {
    const fact = { from: timeline.ms, sure: Infinity, until: Infinity };
    lead.meets.push(fact);
    for (const [person, time] of lead.people) {
      fact.sure = Infinity;
      await insist(fact, () => hands.types(lead, `/oneonone add <@${person}|pat> every tuesday ${time}`));
    }
  }

  async function looksBack(channel: string): Promise<void> {
    const fact = { from: timeline.ms, sure: Infinity, until: Infinity, channel };
    lead.looksBack.push(fact);
    await insist(fact, () => hands.types(lead, `/retro in <#${channel}|team> every friday 14:00 named`));
  }
  /** The channel is archived, and some days later they look back in another. */
  async function archives(): Promise<void> {
    const current = lead.looksBack.at(-1);
    if (!current || current.sure > timeline.ms) return;
    count('channel archived');
    current.until = timeline.ms;
    const { channel } = current;
    world.slack.archived.add(`${lead.workspaceId} ${channel}`);
    // Now and then Slack's word of it is lost, and the next post finds out.
    if (dice.chance(0.7)) await hands.happens(lead, { type: 'channel_archive', channel });
    await pause(dice.between(3, 30) * day);
    await looksBack(`CTEAM${lead.looksBack.length}`);
  }

  /** Their account is closed and opened again. */
  async function leaves(): Promise<void> {
    count('lead gone and back');
    const account = accountOf(lead.id);
    const fact = { from: timeline.ms, until: Infinity, sure: Infinity };
    lead.away.push(fact);
    account.left = true;
    if (dice.chance(0.7)) await changed(lead.id, true);
    await pause(dice.between(2, 40) * day);
    account.left = false;
    fact.until = timeline.ms;
    // Where nobody says so, the bot tries again after a week, the day after it thinks of that.
    fact.sure = timeline.ms + 9 * day;
    if (dice.chance(0.7)) await changed(lead.id, false);
  }
  /** The same of whom they meet: that ends the series, until somebody takes it up again. */
  async function isLeft(): Promise<void> {
    const current = lead.meets.at(-1);
    if (!current || current.sure > timeline.ms) return;
    count('partner gone and back');
    current.until = timeline.ms;
    const account = accountOf(lead.partner);
    account.left = true;
    await changed(lead.partner, true);
    await pause(dice.between(2, 20) * day);
    account.left = false;
    await changed(lead.partner, false);
    await meets();
  }
  const accountOf = (id: string) => world.slack.people.get(`${lead.workspaceId} ${id}`)!;
  const changed = (id: string, deleted: boolean): Promise<Reply> =>
    hands.happens(
      { workspaceId: lead.workspaceId, id },
      { type: 'user_change', user: { id, deleted, tz: accountOf(id).tz } },
    );
  const count = (what: string): void => {
    world.faults.counts[what] = (world.faults.counts[what] ?? 0) + 1;
  };

  async function delegates(): Promise<void> {
    const preview = await hands.types(
      lead,
      `/delegate <@${lead.partner}|pat> the rota ${notes} ${markOf(lead)} at advise`,
    );
    const send = preview.kind === 'told' && buttonIn(preview.blocks, 'delegation.send');
    if (!send) return;
    const fact = { from: timeline.ms, sure: Infinity };
    lead.delegated.push(fact);
    await insist(fact, () => hands.presses(lead, send));
  }

  async function oneDay(): Promise<void> {
    const today = localTime();
    if (today.dayOfWeek > 5) return;
    const what = dice.roll();
    if (what < 0.3) await logs();
    else if (what < 0.42) await clicks();
    else if (what < 0.44) await pauses();
    else if (what < 0.446) await moves();
    else if (what < 0.46) await delegates();
    else if (what < 0.464) await leaves();
    else if (what < 0.468) await isLeft();
    else if (team && what < 0.478) await archives();
  }

  async function year(): Promise<void> {
    // The first word to the bot makes a lead of them, with the hours of an office in the zone Slack gives.
    await insist(lead.zones[0]!, () => hands.types(lead, '/logtime 5m coding -- hello'));
    await meets();
    if (team) await looksBack('CTEAM0');
    while (timeline.ms < until) {
      // Weeks without a click are a part of the year.
      const daysAway = dice.chance(0.02) ? dice.between(5, 70) : 0;
      const tomorrow = localTime()
        .add({ days: 1 + daysAway })
        .with({ hour: 9, minute: 0, second: 0 });
      await pause(Math.max(tomorrow.epochMilliseconds - timeline.ms, hour) + dice.between(0, 8 * hour));
      if (timeline.ms < until) await oneDay();
    }
  }
  void year();
}

/** Stands in everything they type, so that it is known where it may be read. */
export const markOf = ({ workspaceId, id }: Pick<LeadFacts, 'workspaceId' | 'id'>): string =>
  `${workspaceId}x${id}`;

interface Button {
  action_id: string;
  value: string;
}

function buttonIn(blocks: unknown, actionId: string): Button | undefined {
  const rows = (blocks ?? []) as { elements?: Button[] }[];
  return rows
    .flatMap(({ elements }) => elements ?? [])
    .find(({ action_id }) => action_id?.split(':')[0] === actionId);
}
