// What a lead reads about one thing they handed over: the preview before it is told, its page, and what was changed.

import { needsKeys } from '../../db/sealed.ts';
import type { Lead } from '../../leads/leads.ts';
import {
  aside,
  button,
  confirmation,
  escaped,
  mention,
  message,
  paragraph,
  quoted,
  row,
  say,
} from '../../slack/blocks.ts';
import type { Block, Message } from '../../slack/message.ts';
import { localDay, monthNames, weekdayName } from '../../time/days.ts';
import { capital, listInWords } from '../../words.ts';
import * as actions from './delegation.actions.ts';
import type { CheckIn } from './delegation.check-ins.ts';
import { type Level, levelName, levels, meaningOf } from './delegation.levels.ts';
import type { Delegation, Details, TrustedWords } from './delegation.ts';

/** Who reads, and when. */
export interface Reader {
  lead: Lead;
  now: Temporal.Instant;
}

export const todayOf = ({ lead, now }: Reader): Temporal.PlainDate => localDay(now, lead.timeZone);

/** `Fri 12 Dec`, and the year when it is another: a date that stays true however late it is read. */
export function dateInWords(day: Temporal.PlainDate, now: Temporal.PlainDate): string {
  const date = `${weekdayName(day).slice(0, 3)} ${day.day} ${monthNames[day.month - 1]!.slice(0, 3)}`;
  return day.year === now.year ? date : `${date} ${day.year}`;
}

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

/** Blocks to the lead with sealed words in them: only `text` reaches a notification, and it holds none. */
export const confidential = (text: string, ...blocks: (Block | undefined)[]): Message => ({
  ...message(...blocks),
  text,
});

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

const datesAhead = (checkIns: readonly CheckIn[], reader: Reader): string =>
  listInWords(ahead(checkIns, todayOf(reader)).map(({ day }) => dateInWords(day, todayOf(reader))));

/** `Until Sat 12 Dec. I ask you how it goes on Fri 11 Dec.` */
export function datesLine({ delegation, checkIns }: Details, reader: Reader): string {
  const { until } = delegation;
  const dates = datesAhead(checkIns, reader);
  return sentences(
    until ? `Until ${dateInWords(until, todayOf(reader))}.` : 'No end is set.',
    dates === '' ? 'No check-in is set.' : `I ask you how it goes on ${dates}.`,
  );
}

/** What the person is told, in the lead's voice: their own words, else ours. Plain text. */
export function wordsToTell({ delegation, checkIns, words }: Details, reader: Reader): string {
  if (words.told !== null) return words.told;
  const dates = datesAhead(checkIns, reader);
  return [
    words.why && `Why you: ${words.why}`,
    words.stays && `What stays with me: ${words.stays}`,
    delegation.until && `It runs until ${dateInWords(delegation.until, todayOf(reader))}.`,
    dates && `Let’s look at it together on ${dates}.`,
  ]
    .filter(Boolean)
    .join('\n');
}

/** The first two sentences to the person, which the lead cannot make untrue by editing. `lead`: ready to show. */
export const opening = ({ title, level }: Pick<Delegation, 'title' | 'level'>, lead: string): string =>
  `${lead} would like you to take on ${titleOf({ title })}, at level ${level} of 7, ${boldLevel(level)}: ${meaningOf(level).toPerson(lead)}.`;

/** A preview while nobody was told, else the delegation with all that can be done about it. */
export const look = (details: Details, reader: Reader): Message =>
  details.delegation.state === 'draft' ? preview(details, reader) : card(details, reader);

/** Before anything is sent: what was understood, and what the other person would read, word for word. */
export function preview(details: Details, reader: Reader): Message {
  const { delegation, before } = details;
  const { id } = delegation;
  const told = wordsToTell(details, reader);
  return confidential(
    `${headline(delegation)} Nothing is sent yet.`,
    paragraph(headline(delegation)),
    aside(
      sentences(
        datesLine(details, reader),
        delegation.risky && 'Marked as risky.',
        before &&
          `They had it before, at ${boldLevel(before.level)}${before.state === 'taken-back' ? ', and you took it back' : ''}.`,
      ),
    ),
    paragraph(`*This is what ${nameOf(delegation)} would read:*`),
    paragraph(`> ${opening(delegation, mention(reader.lead.id))}`),
    told === '' ? undefined : paragraph(quote(told)),
    row(
      button('Send it', actions.send, { id }, { style: 'primary' }),
      button('Change the words', actions.words, { id }),
      button('We have agreed already', actions.inPerson, { id }),
      editIt(delegation),
      button(
        'Discard',
        actions.remove,
        { id },
        {
          style: 'danger',
          confirm: confirmation('Discard this?', 'Nobody has been told of it yet.', 'Discard'),
        },
      ),
    ),
  );
}

/** How a level stands between the two, in a few words. */
export function agreementInWords(delegation: Delegation): string {
  const { proposal, agreedAt } = delegation;
  if (delegation.state === 'draft') return 'not told yet';
  if (!proposal) return 'agreed';
  if (proposal.by === 'person') return `${nameOf(delegation)} proposes ${boldLevel(proposal.level)}`;
  return agreedAt ? `agreed; you proposed ${boldLevel(proposal.level)}` : 'waiting for their answer';
}

/** One open or ended delegation, with everything the lead may do about it. */
export function card(details: Details, reader: Reader): Message {
  const { delegation, checkIns, words } = details;
  const { id, round, state, proposal } = delegation;
  const theirs = proposal?.by === 'person' ? proposal : undefined;
  const missed = state === 'open' ? unanswered(checkIns, todayOf(reader)) : undefined;
  const answers = { id, checkIn: missed?.id };
  return confidential(
    headline(delegation),
    paragraph(headline(delegation)),
    aside(
      sentences(
        state === 'open'
          ? `${capital(agreementInWords(delegation))}. ${datesLine(details, reader)}`
          : endLine(delegation, reader),
        delegation.risky && 'Marked as risky.',
        delegation.personLeft && `${escaped(delegation.personName)} has left; I ask nothing about it.`,
      ),
    ),
    ...privateLines(words, state),
    ...(missed
      ? [
          paragraph(
            `Your check-in of ${dateInWords(missed.day, todayOf(reader))} has no answer yet. How is it going?`,
          ),
          row(button('On track', actions.onTrack, answers), button('Needs me', actions.needsMe, answers)),
        ]
      : []),
    state === 'open'
      ? row(
          ...(theirs
            ? [
                button(
                  `Agree to ${levelName(theirs.level)}`,
                  actions.agree,
                  { id, round },
                  { style: 'primary' },
                ),
              ]
            : []),
          button('Change the level', actions.propose, { id, round }),
          button('Done', actions.done, { id }),
          button('Take it back', actions.takeBack, { id }),
          editIt(delegation),
        )
      : row(giveAgain(delegation), button('Open it again', actions.reopen, { id }), editIt(delegation)),
  );
}

function privateLines({ why, stays, closing }: TrustedWords, state: Delegation['state']): Block[] {
  const lines = [
    why && `*Why them:* ${escaped(why)}`,
    stays && `*What stays with you:* ${escaped(stays)}`,
    closing && `*${state === 'done' ? 'What they learned' : 'Why you took it back'}:* ${escaped(closing)}`,
  ].filter(Boolean);
  return lines.length > 0 ? [paragraph(lines.join('\n'))] : [];
}

/** `Done on Fri 15 Jan. Next time at *delegate*.` */
export function endLine({ state, closedAt, nextLevel }: Delegation, reader: Reader): string {
  const on = closedAt ? ` on ${dateInWords(localDay(closedAt, reader.lead.timeZone), todayOf(reader))}` : '';
  const next = nextLevel ? ` Next time at ${boldLevel(nextLevel)}.` : '';
  return state === 'done' ? `Done${on}.${next}` : `Taken back${on}.`;
}

export const sent = (delegation: Delegation): Message =>
  say(
    `${nameOf(delegation)} is being told about ${titleOf(delegation)}. I let you know what they say to ${levelInWords(delegation.level)}.`,
    seeIt(delegation),
    editIt(delegation),
  );

export const keptInPerson = (delegation: Delegation): Message =>
  say(
    `Kept, and nothing was sent. ${headline(delegation)} Agreed between you.`,
    seeIt(delegation),
    editIt(delegation),
  );

export const edited = (details: Details, reader: Reader): Message =>
  message(
    paragraph(`Changed. ${headline(details.delegation)}`),
    aside(`${datesLine(details, reader)} ${nameOf(details.delegation)} isn’t told of the change by me.`),
    row(editIt(details.delegation)),
  );

export const deleted = (delegation: Delegation): Message =>
  delegation.state === 'draft'
    ? say(
        `${titleOf(delegation)} is gone, and nobody was told.`,
        button('Delegate something else', actions.give),
      )
    : say(
        `${titleOf(delegation)} is deleted, with its check-ins. ${nameOf(delegation)} isn’t told of that by me.`,
      );

export const gone = (): Message =>
  say(
    'That delegation is deleted, so there is nothing left to do.',
    button('See what there is', actions.list),
  );

/** Where a delegation is by now, for a button that knew less. */
export function stateInWords(delegation: Delegation, reader: Reader): string {
  if (delegation.state === 'draft') return `${titleOf(delegation)} has not been told to anyone yet.`;
  if (delegation.state === 'open') return `${headline(delegation)} ${capital(agreementInWords(delegation))}.`;
  return `${titleOf(delegation)} is over. ${endLine(delegation, reader)}`;
}

export const moreHappened = (delegation: Delegation, reader: Reader): Message =>
  say(
    `That was an earlier button, and nothing was changed. ${stateInWords(delegation, reader)}`,
    seeIt(delegation),
  );

export const unreachable = (name: string): Message =>
  say(
    `Nothing delegated yet. ${escaped(name)} is a bot or has left this workspace, so there is nobody to hold it.`,
  );

export const whyNeedsKeys = (): Message =>
  say(
    `Nothing delegated yet. I keep a reason only where I can lock it away. ${needsKeys} Without the dashes and what follows, the line works.`,
  );

export const wordsNeedKeys = (): Message =>
  say(
    `I keep words of your own only where I can lock them away. ${needsKeys} Until then, *Send it* says what you see here.`,
  );

/** What `/delegate help` says. Every line of it works as it stands. */
export const help = (): Message =>
  message(
    paragraph('*Delegating*\nTo whom, what, at which level, and if you like until when and why them:'),
    paragraph(
      [
        '`/delegate @someone the cache redesign at advise until 12 dec`',
        '`/delegate @someone the release notes at inquire -- knows them best`',
        '`/delegate` · a form instead',
        '`/delegate list` · what others hold for you',
        '`/delegate @someone` · what one person holds, and how their levels moved',
      ].join('\n'),
    ),
    paragraph(levels.map(({ level, name, toLead }) => `${level} *${name}* · ${toLead}`).join('\n')),
    aside('Nobody is told anything before you have seen the words and clicked *Send it*.'),
  );
