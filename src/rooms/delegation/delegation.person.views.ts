// What the other person reads: only what their lead chose to tell them, and how the level stands between the two.

import { aside, button, escaped, mention, message, paragraph, row, say } from '../../slack/blocks.ts';
import { type Form, field, select, textInput } from '../../slack/forms.ts';
import type { Message } from '../../slack/message.ts';
import { capital } from '../../words.ts';
import { levels, levelWords } from './delegation.levels.ts';
import { type Delegation, type LevelStep, longestWords, type Side } from './delegation.ts';
import { atThatLevel, buttonValue, ids, levelInWords, opening, titleOf } from './delegation.views.ts';

/** `words`: what the lead wants to say, plain text. */
export function told(
  delegation: Delegation,
  step: LevelStep,
  words: { toldWords: string; note: string | null },
  leadId: string,
): Message {
  const lead = mention(leadId);
  const value = buttonValue({ id: delegation.id, round: delegation.round });
  const first = {
    proposed:
      delegation.round === 1
        ? opening({ title: delegation.title, level: step.level }, lead)
        : `${lead} proposes another level for ${titleOf(delegation)}: ${levelInWords(step.level)}, ${levelWords(step.level).toPerson(lead)}.`,
    agreed: `${lead} agrees: ${titleOf(delegation)} is yours at ${levelInWords(step.level)}. ${capital(levelWords(step.level).toPerson(lead))}.`,
    kept: `${lead} would rather leave ${titleOf(delegation)} at ${levelInWords(step.level)} for now.`,
  }[step.kind];
  const body = delegation.round === 1 ? words.toldWords : (words.note ?? '');
  return {
    // The rest is for the conversation, not for a notification on a locked screen.
    text: first,
    blocks: message(
      paragraph(first),
      body === '' ? undefined : paragraph(quote(body)),
      row(
        ...(step.kind === 'proposed'
          ? [button('Sounds good', ids.personAgree, { value, style: 'primary' })]
          : []),
        button('Propose another level', ids.personLevel, { value }),
      ),
      aside(`${lead} wrote this through Evenkeel. Only the two of you see it, and what you answer.`),
    ).blocks,
  };
}

const quote = (text: string): string =>
  escaped(text)
    .split('\n')
    .map((line) => `> ${line}`)
    .join('\n');

/** After they said something about the level themselves. */
export function answered(delegation: Delegation, step: LevelStep, leadId: string): Message {
  const lead = mention(leadId);
  const value = buttonValue({ id: delegation.id, round: delegation.round });
  const another = button('Propose another level', ids.personLevel, { value });
  switch (step.kind) {
    case 'agreed':
      return message(
        paragraph(
          `Agreed: ${titleOf(delegation)} is yours at ${levelInWords(step.level)}. ${capital(levelWords(step.level).toPerson(lead))}.`,
        ),
        row(another),
      );
    case 'proposed':
      return message(
        paragraph(
          `You proposed ${levelInWords(step.level)} for ${titleOf(delegation)}: ${levelWords(step.level).toPerson(lead)}. I let you know what ${lead} says.`,
        ),
        row(button('Propose another level', ids.personLevel, { value })),
      );
    case 'kept':
      return message(
        paragraph(`${titleOf(delegation)} stays at ${levelInWords(step.level)}, and I let ${lead} know.`),
        row(another),
      );
  }
}

/** A button of theirs that comes too late, with how it stands now. */
export function moreHappened(delegation: Delegation, leadId: string): Message {
  const lead = mention(leadId);
  if (delegation.state !== 'open') {
    return say(`${titleOf(delegation)} is no longer open, so nothing was changed. ${lead} knows more.`);
  }
  const value = buttonValue({ id: delegation.id, round: delegation.round });
  const { proposal } = delegation;
  const stands = !proposal
    ? `It is agreed at ${levelInWords(delegation.level)}.`
    : proposal.by === 'person'
      ? `You proposed ${levelInWords(proposal.level)}, and ${lead} hasn’t answered yet.`
      : `${lead} proposed ${levelInWords(proposal.level)}.`;
  return say(
    `That was an earlier button, and nothing was changed. ${titleOf(delegation)}: ${stands}`,
    ...(proposal?.by === 'lead' ? [button('Sounds good', ids.personAgree, { value })] : []),
    button('Propose another level', ids.personLevel, { value }),
  );
}

/** They named the level it is at, or the one they proposed and that has no answer yet. */
export const sameLevel = ({ level, proposal }: Delegation, leadId: string): Message =>
  proposal
    ? say(
        `You have proposed ${levelInWords(proposal.level)} already, so nothing changes until ${mention(leadId)} answers.`,
      )
    : atThatLevel(level);

export const notYours = (): Message =>
  say('That is no longer there, so nothing was changed. Whoever asked you knows more.');

export const levelFields = { level: 'level', note: 'note' } as const;

/** The same form for both sides; the note is seen by the other. `withNote`: words can be sealed. */
export function levelForm(
  delegation: Delegation,
  side: Side,
  leadId: string,
  withNote: boolean,
  delivery?: string,
): Form {
  const lead = mention(leadId);
  const choices = levels.map(({ level, name }) => ({ label: `${level} · ${name}`, value: String(level) }));
  return {
    callbackId: side === 'lead' ? ids.levelForm : ids.personLevelForm,
    title: 'Another level',
    submit: 'Propose it',
    data: { id: delegation.id, round: delegation.round, ...(delivery !== undefined && { delivery }) },
    blocks: [
      paragraph(
        `${titleOf(delegation)} is at ${levelInWords(delegation.level)}${delegation.agreedAt ? ', agreed' : ''}.`,
      ),
      paragraph(
        levels
          .map(
            ({ level, name, toLead, toPerson }) =>
              `${level} *${name}* · ${side === 'lead' ? toLead : toPerson(lead)}`,
          )
          .join('\n'),
      ),
      field(
        levelFields.level,
        'Which level suits it better?',
        select(choices, { initial: String(delegation.proposal?.level ?? delegation.level) }),
      ),
      ...(withNote
        ? [
            field(levelFields.note, 'A word on it', textInput({ multiline: true, max: longestWords }), {
              optional: true,
              hint:
                side === 'lead'
                  ? 'They read it with your proposal.'
                  : 'Your lead reads it with your proposal.',
            }),
          ]
        : []),
    ],
  };
}
