// What the rules say, and nothing of how the engine goes about it: what has to be heard, when, how often, and what must not.

import type { LeadFacts } from './facts.ts';
import { markOf } from './life.ts';
import type { Standing } from './slack.ts';

/** A message, and what the bot says it was about. */
export interface Heard extends Standing {
  lead: LeadFacts;
  kind: string;
  subject: string;
  /** The moment the schedule named, in milliseconds since the epoch. */
  occurrence: number;
}

const hour = 3_600_000;
const day = 24 * hour;

interface Rule {
  /** To whom they meet and hand things over to, or to their channel; to themselves unless given. */
  to?: 'partner' | 'channel';
  /** Only within the working hours of whoever hears it; or at its own hour, and later than that not at night. */
  hours: 'work' | 'own' | 'any';
  /** One of the day's two. */
  counted: boolean;
  /** After that, by the lead's calendar, it is of no use. */
  useful: Temporal.DurationLike;
  /** On which weekday, at what time, it has to come each week, to whom; a room plans the others as things happen. */
  weekly?: { weekday: number; time: string; while(lead: LeadFacts): Span[]; eachOf?: 'people' };
}

/** Milliseconds since the epoch. */
interface Span {
  from: number;
  until: number;
}

const always = ({ zones }: LeadFacts): Span[] => [{ from: zones[0]!.sure, until: Infinity }];
/** From the second meeting on: the first may be too near to be reminded of. */
const whoMeets = ({ meets }: LeadFacts): Span[] =>
  meets.map(({ sure, until }) => ({ from: sure + 8 * day, until }));
const whoLooksBack = ({ looksBack }: LeadFacts): Span[] =>
  looksBack.map(({ sure, until }) => ({ from: sure + hour, until }));
const inChannel = { to: 'channel', hours: 'any', counted: false, useful: { days: 7 } } as const;

const rules: Record<string, Rule> = {
  digest: {
    ...{ hours: 'own', counted: false, useful: { days: 1 } },
    weekly: { weekday: 5, time: '15:00', while: always },
  },
  'delegation-question': {
    ...{ hours: 'work', counted: true, useful: { days: 3 } },
    weekly: { weekday: 3, time: '09:30', while: always },
  },
  'one-on-one-before': {
    // Half an hour before work ends on the day before, and no more once the last of them have met.
    ...{ hours: 'own', counted: false, useful: { hours: 25 } },
    weekly: { weekday: 1, time: '17:30', while: whoMeets, eachOf: 'people' },
  },
  'one-on-one-after': {
    ...{ hours: 'work', counted: true, useful: { days: 4 } },
    weekly: { weekday: 2, time: '11:30', while: whoMeets, eachOf: 'people' },
  },
  'one-on-one-invitation': { to: 'partner', hours: 'work', counted: false, useful: { days: 3 } },
  'delegation-to-person': { to: 'partner', hours: 'work', counted: false, useful: { days: 7 } },
  'one-on-one-overdue': { hours: 'work', counted: true, useful: { days: 10 } },
  'delegation-check-in': { hours: 'work', counted: true, useful: { days: 14 } },
  'retro-open': { ...inChannel, weekly: { weekday: 5, time: '14:00', while: whoLooksBack } },
  'retro-nudge': inChannel,
  'retro-close': inChannel,
  'retro-sorting': inChannel,
  'retro-vote-close': inChannel,
  'retro-summary': inChannel,
  'retro-lead-left': inChannel,
  'retro-waiting': { hours: 'work', counted: true, useful: { days: 7 } },
  'retro-channel-gone': { hours: 'work', counted: false, useful: { days: 14 } },
  'prompt-destination-gone': { hours: 'work', counted: false, useful: { days: 14 } },
  'prompt-pause-over': { hours: 'work', counted: false, useful: { days: 14 } },
  'prompt-in-doubt': { hours: 'work', counted: false, useful: { days: 14 } },
};

/** Between deciding and Slack's book lie a few answers of Slack and Postgres. */
const slack = 30_000;
/** As much as a replica's clock may be fast. */
const clockError = 5_000;
const aDay = 2;
/** Later than that it does not come at its hour any more. */
const atItsHour = 16 * 60_000;

export const zoneAt = ({ zones }: LeadFacts, at: number): string =>
  (zones.findLast(({ sure }) => sure <= at) ?? zones[0]!).zone;
const local = (at: number, zone: string) =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);

/** The zones that may hold at that moment: two of them while a move is under way. */
const zonesAround = ({ zones }: LeadFacts, at: number): string[] => [
  zoneAt({ zones } as LeadFacts, at),
  ...zones.filter(({ from, sure }) => from - slack <= at && at <= sure + slack).map(({ zone }) => zone),
];

const asked = ({ lead, deliveryId, round }: Heard) =>
  lead.clicks.find((click) => click.deliveryId === deliveryId && click.round === round - 1);

/** What must never be: a line for each thing that is wrong. */
export function wrongs(heard: readonly Heard[]): string[] {
  const found: string[] = [];
  const say = (what: string, one: Heard): void => {
    const at = local(one.at, zoneAt(one.lead, one.at)).toString({ smallestUnit: 'second' });
    found.push(`${what}: ${one.kind} to ${one.lead.workspaceId} ${one.lead.id} at ${at}`);
  };
  const seen = new Set<string>();
  const spent = new Map<string, number>();
  for (const one of heard) {
    const rule = rules[one.kind] ?? { hours: 'any', counted: false, useful: { days: 14 } };
    const { lead, at } = one;
    const occasion = `${lead.workspaceId} ${lead.id} ${one.kind} ${one.subject} ${one.occurrence} ${one.round}`;
    if (seen.has(occasion)) say('twice', one);
    seen.add(occasion);
    if (!placesFor(rule, lead).includes(one.channel) || one.workspaceId !== lead.workspaceId)
      say('to somebody else', one);
    if (at < one.occurrence - clockError) say('early', one);
    const requested = asked(one);
    if (one.round > 1 && !requested) say('again unasked', one);
    const done = lead.clicks.find(
      (click) => click.deliveryId === one.deliveryId && click.round === one.round,
    );
    if (done && done.from + slack < at) say('after it was dealt with', one);
    // A later pause takes the place of an earlier one, also where it ends sooner.
    const inForce = lead.pauses.filter(({ from }) => from <= at).slice(-1);
    if (!rule.to && inForce.some(({ sure, until }) => sure + slack < at && at < until - slack))
      say('in a pause', one);
    if (requested) continue;
    const zones = zonesAround(lead, at);
    const late = zones.every(
      (zone) => at > local(one.occurrence, zone).add(rule.useful).epochMilliseconds + slack,
    );
    if (late) say('too late', one);
    const places = rule.to === 'partner' ? [lead.partnerZone] : zones;
    const atWork = places.some((zone) => isWork(local(at, zone)));
    if (rule.hours === 'work' && !atWork) say('outside working hours', one);
    const asChosen = at <= one.occurrence + atItsHour || zones.some((zone) => isDay(local(at, zone)));
    if (rule.hours === 'own' && !asChosen) say('at night', one);
    const day = `${lead.workspaceId} ${lead.id} ${local(at, zones[0]!).toPlainDate()}`;
    if (rule.counted) spent.set(day, (spent.get(day) ?? 0) + 1);
    if (rule.counted && zones.length === 1 && spent.get(day)! > aDay) say('over the budget', one);
  }
  return found;
}

const isWork = (at: Temporal.ZonedDateTime): boolean =>
  at.dayOfWeek <= 5 && at.hour >= 9 && (at.hour < 18 || (at.hour === 18 && at.minute === 0));

const isDay = ({ hour: at }: Temporal.ZonedDateTime): boolean => at >= 9 && at < 22;

/** What has to be heard each week from one moment to another and was not: a line each. */
export function missing(lead: LeadFacts, heard: readonly Heard[], from: number, until: number): string[] {
  return Object.entries(rules).flatMap(([kind, { weekly, useful }]) => {
    if (!weekly) return [];
    const lost: string[] = [];
    const spans = weekly.while(lead);
    const began = Math.max(from, Math.min(...spans.map((span) => span.from)));
    if (began === Infinity) return lost;
    for (let day = local(began, zoneAt(lead, began)).toPlainDate(); ; day = day.add({ days: 1 })) {
      if (day.dayOfWeek !== weekly.weekday) continue;
      const noon = day.toZonedDateTime({ timeZone: 'UTC', plainTime: '12:00' }).epochMilliseconds;
      const due = day.toZonedDateTime({ timeZone: zoneAt(lead, noon), plainTime: weekly.time });
      const last = due.add(useful).epochMilliseconds;
      if (last > until) return lost;
      const at = due.epochMilliseconds;
      if (!spans.some((span) => span.from <= at && last < span.until)) continue;
      if (isExcused(lead, at, last)) continue;
      const came = heard.filter(
        (one) => one.lead === lead && one.kind === kind && one.at >= at && one.at <= last + slack,
      );
      const wanted = weekly.eachOf === 'people' ? lead.people.length : 1;
      if (new Set(came.map(({ subject }) => subject)).size < wanted)
        lost.push(
          `never heard: ${kind} of ${due.toString({ smallestUnit: 'minute' })} by ${lead.workspaceId} ${lead.id}`,
        );
    }
  });
}

/** Of a channel that was archived its lead hears within two weeks: a line for each they never heard of. */
export function unsaid(lead: LeadFacts, heard: readonly Heard[], until: number): string[] {
  return lead.looksBack.flatMap(({ until: archived, channel }) => {
    const last = archived + 16 * day;
    if (last > until || isExcused(lead, archived, last)) return [];
    const told = heard.some(
      ({ lead: whose, kind, at }) =>
        whose === lead &&
        ['retro-channel-gone', 'prompt-destination-gone'].includes(kind) &&
        at >= archived &&
        at <= last,
    );
    return told ? [] : [`never heard: that ${channel} is archived by ${lead.workspaceId} ${lead.id}`];
  });
}

/** What somebody typed and somebody else could read: a line each. */
export function crossed(book: readonly Standing[], leads: readonly LeadFacts[]): string[] {
  return book.flatMap((message) => {
    const words = message.text + JSON.stringify(message.blocks ?? '');
    return leads
      .filter((lead) => words.includes(markOf(lead)))
      .filter(
        (lead) =>
          message.workspaceId !== lead.workspaceId ||
          ![`D${lead.id}`, `D${lead.partner}`].includes(message.channel),
      )
      .map(
        (lead) => `words crossed of ${markOf(lead)} to ${message.workspaceId} ${message.channel}: ${words}`,
      );
  });
}

const placesFor = ({ to }: Rule, lead: LeadFacts): string[] => {
  if (to === 'channel') return lead.looksBack.map(({ channel }) => channel);
  return [`D${to === 'partner' ? lead.partner : lead.id}`];
};

/** A pause, a closed account or a move around it says otherwise. */
const isExcused = ({ pauses, away, zones }: LeadFacts, at: number, last: number): boolean =>
  pauses.some(({ from, until }) => from <= last && at <= until) ||
  away.some(({ from, sure }) => from <= last && at <= sure) ||
  zones.slice(1).some(({ from, sure }) => from - 26 * hour <= last && at <= sure + 26 * hour);
