// What a lead reads about a level: what became of naming one, and what the other person says to it.

import type { Carried } from '../../slack/actions.ts';
import { button, discreet, mention, paragraph, row, say } from '../../slack/blocks.ts';
import type { Message } from '../../slack/message.ts';
import * as actions from './delegation.actions.ts';
import { type Level, levelName, meaningOf } from './delegation.levels.ts';
import {
  boldLevel,
  headline,
  levelInWords,
  nameOf,
  quote,
  type Reader,
  seeIt,
  sentences,
  titleOf,
} from './delegation.phrases.views.ts';
import { readInWords, sendNow } from './delegation.reach.views.ts';
import type { Delegation, LevelMove, Reach, Side } from './delegation.ts';

export const agreeTo = (level: Level, carried: Carried<typeof actions.agree>) =>
  button(`Yes, ${levelName(level)}`, actions.agree, carried, { style: 'primary' });

/** What the lead is told after they named a level. */
export function levelSaid(
  delegation: Delegation,
  { kind, level }: LevelMove,
  { now }: Reader,
  reach: Reach | undefined,
): Message {
  const name = levelInWords(level);
  const text = {
    proposed: `You proposed ${name} for ${titleOf(delegation)}. I let you know what ${nameOf(delegation)} says.`,
    agreed: `Agreed: ${headline(delegation)} I let them know.`,
    kept: `${titleOf(delegation)} stays at ${name}. I let ${nameOf(delegation)} know.`,
  }[kind];
  const later = readInWords(delegation, reach, now);
  return say(sentences(text, later), ...sendNow(delegation, reach), seeIt(delegation));
}

/** One side named the level it is at, or the one they proposed and the other has not answered. */
export const sameLevel = ({ level, proposal }: Delegation, side: Side, leadId: string): Message =>
  say(
    proposal
      ? `You have proposed ${levelInWords(proposal.level)} already, so nothing changes until ${side === 'lead' ? 'they answer' : `${mention(leadId)} answers`}.`
      : `It is at ${levelInWords(level)} already, so nothing changes.`,
  );

/** What the other person said about the level. */
export function reply(
  delegation: Delegation,
  { kind, level }: LevelMove,
  note: string | null,
  delivery: string,
): Message {
  const { id, round, agreedAt } = delegation;
  const carried = { id, round, delivery };
  const said = {
    proposed: `${nameOf(delegation)} proposes ${levelInWords(level)} for ${titleOf(delegation)}: ${meaningOf(level).toLead}. ${agreedAt ? 'It is at' : 'You had'} ${boldLevel(delegation.level)} ${agreedAt ? 'now' : 'in mind'}.`,
    agreed: `${nameOf(delegation)} agrees: ${titleOf(delegation)} is theirs, at ${levelInWords(level)}.`,
    kept: `${nameOf(delegation)} would rather leave ${titleOf(delegation)} at ${levelInWords(level)}.`,
  }[kind];
  return discreet(
    said,
    paragraph(said),
    note === null ? undefined : paragraph(quote(note)),
    kind === 'proposed'
      ? row(agreeTo(level, carried), button('Propose another', actions.propose, carried))
      : row(seeIt(delegation)),
  );
}
