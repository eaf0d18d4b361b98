// What a lead reads about one thing they handed over: the preview before it is told, its page, and what was changed.

import { needsKeys } from '../../db/sealed.ts';
import {
  aside,
  button,
  confirmation,
  discreet,
  escaped,
  mention,
  message,
  paragraph,
  row,
  say,
} from '../../slack/blocks.ts';
import type { Block, Message } from '../../slack/message.ts';
import { dateInWords } from '../../time/days.ts';
import { capital } from '../../words.ts';
import * as actions from './delegation.actions.ts';
import { levels } from './delegation.levels.ts';
import { agreeTo } from './delegation.levels.views.ts';
import { opening, wordsToTell } from './delegation.person.views.ts';
import {
  agreementInWords,
  boldLevel,
  datesLine,
  editIt,
  endLine,
  giveAgain,
  headline,
  levelInWords,
  nameOf,
  quote,
  type Reader,
  seeIt,
  sentences,
  stateInWords,
  titleOf,
  todayOf,
  unanswered,
} from './delegation.phrases.views.ts';
import { hourOfTheirs, sendNow, sentInWords, waysToSend } from './delegation.reach.views.ts';
import type { Delegation, Details, Reach, TrustedWords } from './delegation.ts';

/** Before anything is sent: what was understood, and what the other person would read, word for word. */
export function preview(details: Details, reach: Reach | undefined, reader: Reader): Message {
  const { delegation, before } = details;
  const { id } = delegation;
  const told = wordsToTell(details, reader);
  const untimely = hourOfTheirs(delegation, reach, reader.now);
  const confirm = confirmation('Discard this?', 'Nobody has been told of it yet.', 'Discard');
  return discreet(
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
    untimely === '' ? undefined : aside(untimely),
    row(
      ...waysToSend(delegation, reach, reader.now),
      button('Change the words', actions.words, { id }),
      button('We have agreed already', actions.inPerson, { id }),
      editIt(delegation),
      button('Discard', actions.remove, { id }, { style: 'danger', confirm }),
    ),
  );
}

/** One open or ended delegation, with everything the lead may do about it. */
export function card(details: Details, reader: Reader): Message {
  const { delegation, checkIns, words } = details;
  const { id, round, state, proposal } = delegation;
  const missed = state === 'open' ? unanswered(checkIns, todayOf(reader)) : undefined;
  const answers = { id, checkIn: missed?.id };
  return discreet(
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
          ...(proposal?.by === 'person' ? [agreeTo(proposal.level, { id, round })] : []),
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

export const sent = (delegation: Delegation, reach: Reach | undefined, { now }: Reader): Message =>
  say(
    `${sentInWords(delegation, titleOf(delegation), reach, now)} I let you know what they say to ${levelInWords(delegation.level)}.`,
    ...sendNow(delegation, reach),
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

export const moreHappened = (delegation: Delegation, reader: Reader): Message =>
  say(
    `That was an earlier button, and nothing was changed. ${stateInWords(delegation, reader)}`,
    seeIt(delegation),
  );

export const unreachable = (name: string): Message =>
  say(
    `Nothing delegated yet. ${escaped(name)} is a bot or isn’t in this workspace, so there is nobody to hold it.`,
  );

export const whyNeedsKeys = (): Message =>
  say(
    `Nothing delegated yet. I keep a reason only where I can lock it away. ${needsKeys} Without the dashes and what follows, the line works.`,
  );

export const wordsNeedKeys = (): Message =>
  say(
    `I keep words of your own only where I can lock them away. ${needsKeys} Until then, what is sent is what you see here.`,
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
    aside('Nobody is told anything before you have seen the words and sent it.'),
  );
