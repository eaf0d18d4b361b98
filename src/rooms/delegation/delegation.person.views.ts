// What the other person reads: only what their lead chose to tell them, and how the level is between the two.

import type { Lead } from '../../leads/leads.ts';
import { aside, button, discreet, mention, paragraph, row, say } from '../../slack/blocks.ts';
import type { Block, Message } from '../../slack/message.ts';
import { dateInWords } from '../../time/days.ts';
import { capital } from '../../words.ts';
import * as actions from './delegation.actions.ts';
import { meaningOf } from './delegation.levels.ts';
import {
  boldLevel,
  datesAhead,
  levelInWords,
  quote,
  type Reader,
  titleOf,
  todayOf,
} from './delegation.phrases.views.ts';
import type { Delegation, Details, LevelMove } from './delegation.ts';

/** Whose delegation it is. */
interface From {
  lead: Pick<Lead, 'id'>;
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

const soundsGood = ({ id, round }: Delegation) =>
  button('Sounds good', actions.personAgree, { id, round }, { style: 'primary' });
const another = ({ id, round }: Delegation) =>
  button('Propose another level', actions.personPropose, { id, round });

/** `toldWords` and `note`: what the lead wants to say, plain text. */
export function told(
  delegation: Delegation,
  { kind, level }: LevelMove,
  { toldWords, note }: { toldWords: string; note: string | null },
  from: From,
): Message {
  const lead = mention(from.lead.id);
  const isFirst = delegation.round === 1;
  const first = {
    proposed: isFirst
      ? opening({ title: delegation.title, level }, lead)
      : `${lead} proposes another level for ${titleOf(delegation)}: ${levelInWords(level)}, ${meaningOf(level).toPerson(lead)}.`,
    agreed: `${lead} agrees: ${titleOf(delegation)} is yours at ${levelInWords(level)}. ${capital(meaningOf(level).toPerson(lead))}.`,
    kept: `${lead} would rather leave ${titleOf(delegation)} at ${levelInWords(level)} for now.`,
  }[kind];
  const body = isFirst ? toldWords : (note ?? '');
  return discreet(
    first,
    paragraph(first),
    body === '' ? undefined : paragraph(quote(body)),
    row(...(kind === 'proposed' ? [soundsGood(delegation)] : []), another(delegation)),
    aside(`${lead} wrote this through Evenkeel. Only the two of you see it, and what you answer.`),
  );
}

/** After they said something about the level themselves. */
export function answered(delegation: Delegation, { kind, level }: LevelMove, from: From): Message {
  const lead = mention(from.lead.id);
  const [title, name] = [titleOf(delegation), levelInWords(level)];
  const text = {
    agreed: `Agreed: ${title} is yours at ${name}. ${capital(meaningOf(level).toPerson(lead))}.`,
    proposed: `You proposed ${name} for ${title}: ${meaningOf(level).toPerson(lead)}. I let you know what ${lead} says.`,
    kept: `${title} stays at ${name}, and I let ${lead} know.`,
  }[kind];
  return say(text, another(delegation));
}

/** A button of theirs that comes too late, with how it is now. */
export function moreHappened(delegation: Delegation, from: From): Message {
  const lead = mention(from.lead.id);
  if (delegation.state !== 'open') {
    return say(`${titleOf(delegation)} is no longer open, so nothing was changed. ${lead} knows more.`);
  }
  const { proposal } = delegation;
  const current = !proposal
    ? `It is agreed at ${levelInWords(delegation.level)}.`
    : proposal.by === 'person'
      ? `You proposed ${levelInWords(proposal.level)}, and ${lead} hasn’t answered yet.`
      : `${lead} proposed ${levelInWords(proposal.level)}.`;
  return say(
    `That was an earlier button, and nothing was changed. ${titleOf(delegation)}: ${current}`,
    ...(proposal?.by === 'lead' ? [soundsGood(delegation)] : []),
    another(delegation),
  );
}

/** In their Home: what they hold, for whom, and what waits for their answer. */
export function heldBlocks(held: readonly { leadId: string; delegation: Delegation }[]): Block[] {
  if (held.length === 0) return [];
  const most = 8;
  return [
    paragraph('*What you hold*'),
    ...held.slice(0, most).map(({ leadId, delegation }) => {
      const { proposal, level } = delegation;
      const asked = proposal?.by === 'lead';
      const at = asked ? `proposed at ${levelInWords(proposal.level)}` : `at ${levelInWords(level)}`;
      const words = `${titleOf(delegation)}, from ${mention(leadId)}, ${at}`;
      return paragraph(words, asked ? soundsGood(delegation) : another(delegation));
    }),
    ...(held.length > most ? [aside(`and ${held.length - most} more`)] : []),
  ];
}

export const notYours = (): Message =>
  say('That is no longer there, so nothing was changed. Whoever asked you knows more.');
