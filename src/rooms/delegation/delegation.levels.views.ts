// What the two read about a level: the form in which either names another, and what the lead hears of it.

import type { DataOf } from '../../slack/actions.ts';
import { button, mention, paragraph, row, say } from '../../slack/blocks.ts';
import { type Form, field, form, select, textInput } from '../../slack/forms.ts';
import type { Message } from '../../slack/message.ts';
import * as actions from './delegation.actions.ts';
import { levelName, levels, meaningOf } from './delegation.levels.ts';
import { type Delegation, type LevelMove, longestWords, type Side } from './delegation.ts';
import {
  boldLevel,
  confidential,
  headline,
  levelInWords,
  nameOf,
  quote,
  seeIt,
  titleOf,
} from './delegation.views.ts';

export const levelFields = { level: 'level', note: 'note' } as const;

/** The same form for both sides; the note is seen by the other. */
export function proposeForm(
  delegation: Delegation,
  data: DataOf<typeof actions.proposeForm>,
  { side, leadId, sealing }: { side: Side; leadId: string; sealing: boolean },
): Form {
  const toLead = side === 'lead';
  return form(toLead ? actions.proposeForm : actions.personProposeForm, {
    title: 'Another level',
    submit: 'Propose it',
    data,
    blocks: [
      paragraph(
        `${titleOf(delegation)} is at ${levelInWords(delegation.level)}${delegation.agreedAt ? ', agreed' : ''}.`,
      ),
      paragraph(
        levels
          .map(
            (each) =>
              `${each.level} *${each.name}* · ${toLead ? each.toLead : each.toPerson(mention(leadId))}`,
          )
          .join('\n'),
      ),
      field(
        levelFields.level,
        'Which level suits it better?',
        select(
          levels.map(({ level, name }) => ({ label: `${level} · ${name}`, value: String(level) })),
          { initial: String(delegation.proposal?.level ?? delegation.level) },
        ),
      ),
      ...(sealing
        ? [
            field(levelFields.note, 'A word on it', textInput({ multiline: true, max: longestWords }), {
              optional: true,
              hint: `${toLead ? 'They read' : 'Your lead reads'} it with your proposal.`,
            }),
          ]
        : []),
    ],
  });
}

export const noLevel = 'Choose a level.';

/** What the lead is told after they named a level. */
export function levelSaid(delegation: Delegation, { kind, level }: LevelMove): Message {
  const name = levelInWords(level);
  const text = {
    proposed: `You proposed ${name} for ${titleOf(delegation)}. I let you know what ${nameOf(delegation)} says.`,
    agreed: `Agreed: ${headline(delegation)} I let them know.`,
    kept: `${titleOf(delegation)} stays at ${name}. I let ${nameOf(delegation)} know.`,
  }[kind];
  return say(text, seeIt(delegation));
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
  return confidential(
    said,
    paragraph(said),
    note === null ? undefined : paragraph(quote(note)),
    kind === 'proposed'
      ? row(
          button(`Agree to ${levelName(level)}`, actions.agree, carried, { style: 'primary' }),
          button('Propose another', actions.propose, carried),
        )
      : row(seeIt(delegation)),
  );
}
