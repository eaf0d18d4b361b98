// How this room says who, what, when and at which level, and keeps sealed words off a locked phone.

import type { Lead } from '../../leads/leads.ts';
import { button, escaped, mention, quoted } from '../../slack/blocks.ts';
import { dateInWords, localDay } from '../../time/days.ts';
import { capital, listInWords } from '../../words.ts';
import * as actions from './delegation.actions.ts';
import type { CheckIn } from './delegation.check-ins.ts';
import { type Level, levelName, meaningOf } from './delegation.levels.ts';
import type { Delegation, Details } from './delegation.ts';

/** Who reads, and when. */
export interface Reader {
  lead: Lead;
  now: Temporal.Instant;
}

export const todayOf = ({ lead, now }: Reader): Temporal.PlainDate => localDay(now, lead.timeZone);

/** A person as Slack shows them, and by the name they had where they have left. */
export const nameOf = ({ personId, personName, personLeft }: Delegation): string =>
  personLeft ? escaped(personName) : mention(personId);

export const titleOf = ({ title }: Pick<Delegation, 'title'>): string => `*${quoted(title)}*`;

/** `*advise*` */
export const boldLevel = (level: Level): string => `*${levelName(level)}*`;

/** `*advise* (5 of 7)` */
export const levelInWords = (level: Level): string => `${boldLevel(level)} (${level} of 7)`;

/** `*the cache redesign* with @A, at *advise* (5 of 7): they decide, once they have heard your advice.` */
export const headline = (delegation: Delegation): string =>
  `${titleOf(delegation)} with ${nameOf(delegation)}, at ${levelInWords(delegation.level)}: ${meaningOf(delegation.level).toLead}.`;

/** Sentences one after the other, those that there are. */
export const sentences = (...some: (string | false | null | undefined)[]): string =>
  some.filter(Boolean).join(' ');

/** People's words, set off from ours. */
export const quote = (text: string): string =>
  escaped(text)
    .split('\n')
    .map((line) => `> ${line}`)
    .join('\n');

export const seeIt = ({ id }: Delegation) => button('See it', actions.look, { id });
export const editIt = ({ id }: Delegation) => button('Edit', actions.edit, { id });
export const giveAgain = ({ id }: Delegation) => button('Give it again', actions.again, { id });
export const delegateSomething = (personId?: string) =>
  button('Delegate something', actions.give, { personId });

/** Upcoming check-ins that have not been answered. */
export const ahead = (checkIns: readonly CheckIn[], day: Temporal.PlainDate): CheckIn[] =>
  checkIns.filter((checkIn) => checkIn.answer === null && Temporal.PlainDate.compare(checkIn.day, day) > 0);

/** The latest check-in whose day has come and that is still without an answer, perhaps because of a pause. */
export const unanswered = (checkIns: readonly CheckIn[], day: Temporal.PlainDate): CheckIn | undefined =>
  checkIns.findLast(
    (checkIn) => checkIn.answer === null && Temporal.PlainDate.compare(checkIn.day, day) <= 0,
  );

export const datesAhead = (checkIns: readonly CheckIn[], reader: Reader): string =>
  listInWords(ahead(checkIns, todayOf(reader)).map(({ day }) => dateInWords(day, todayOf(reader))));

/** `Until Sat 12 Dec. I ask you how it goes on Fri 11 Dec.` */
export function datesLine({ delegation, checkIns }: Details, reader: Reader): string {
  const { until } = delegation;
  const dates = datesAhead(checkIns, reader);
  return sentences(
    until ? `Until ${dateInWords(until, todayOf(reader))}.` : 'No end is set.',
    dates === ''
      ? 'No check-in is set.'
      : // Nobody is asked about what nobody was told.
        `${delegation.state === 'draft' ? `Once ${nameOf(delegation)} knows of it, I` : 'I'} ask you how it goes on ${dates}.`,
  );
}

/** How a level stands between the two, in a few words. */
export function agreementInWords(delegation: Delegation): string {
  const { proposal, agreedAt } = delegation;
  if (delegation.state === 'draft') return 'not told yet';
  if (!proposal) return 'agreed';
  if (delegation.personLeft) return agreedAt ? 'agreed' : 'never agreed';
  if (proposal.by === 'person') return `${nameOf(delegation)} proposes ${boldLevel(proposal.level)}`;
  return agreedAt ? `agreed; you proposed ${boldLevel(proposal.level)}` : 'waiting for their answer';
}

/** `Done on Fri 15 Jan. Next time at *delegate*.` */
export function endLine({ state, closedAt, nextLevel }: Delegation, reader: Reader): string {
  const on = closedAt ? ` on ${dateInWords(localDay(closedAt, reader.lead.timeZone), todayOf(reader))}` : '';
  const next = nextLevel ? ` Next time at ${boldLevel(nextLevel)}.` : '';
  return state === 'done' ? `Done${on}.${next}` : `Taken back${on}.`;
}

/** Where a delegation is by now, for a button that knew less. */
export function stateInWords(delegation: Delegation, reader: Reader): string {
  if (delegation.state === 'draft') return `${titleOf(delegation)} has not been told to anyone yet.`;
  if (delegation.state === 'open') return `${headline(delegation)} ${capital(agreementInWords(delegation))}.`;
  return `${titleOf(delegation)} is over. ${endLine(delegation, reader)}`;
}
