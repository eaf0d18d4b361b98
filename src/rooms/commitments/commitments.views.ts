// What people read about commitments: a line for each, the list, the reminders, and what became of a click.

import type { Member } from '../../leads/leads.ts';
import {
  aside,
  button,
  escaped,
  growing,
  mention,
  message,
  paragraph,
  quoted,
  row,
  say,
} from '../../slack/blocks.ts';
import type { Block, Message } from '../../slack/message.ts';
import { dayInWords, localDay, onDay } from '../../time/days.ts';
import { howManyAre } from '../../words.ts';
import * as actions from './commitments.actions.ts';
import {
  type Commitment,
  type DraftProblem,
  isLate,
  longestWords,
  mostOpenAllowed,
  type Standing,
  standing,
} from './commitments.ts';

/** Who reads, and by whose calendar. */
interface Reader {
  member: Pick<Member, 'id' | 'timeZone'>;
  now: Temporal.Instant;
}

const today = ({ now, member }: Reader): Temporal.PlainDate => localDay(now, member.timeZone);

/** `<@U1>`; the name of somebody who left, since a mention of them would say nothing. */
function ownerInWords(commitment: Commitment): string {
  const { owner } = commitment;
  if (owner.id === null) return 'someone who asked to be forgotten';
  return owner.left ? `${escaped(owner.name)}, who left` : mention(owner.id);
}

const whose = (commitment: Commitment, reader: Reader): string =>
  commitment.owner.id === reader.member.id ? '' : `${ownerInWords(commitment)} · `;

/** `*Fix the flaky test* · <@U1> · by Friday · from the retrospective in <#C1>` */
export function commitmentLine(commitment: Commitment, reader: Reader): string {
  const when = dayInWords(commitment.due, today(reader));
  const moved =
    commitment.moved === 0
      ? ''
      : commitment.moved === 1
        ? ', moved once'
        : `, moved ${commitment.moved} times`;
  const state = {
    open: isLate(commitment, today(reader))
      ? `was due ${onDay(commitment.due, today(reader))}${moved}`
      : `by ${when}${moved}`,
    done: 'done',
    dropped: `not doing${commitment.reason ? `: “${escaped(commitment.reason)}”` : ''}`,
  }[commitment.state];
  return `*${quoted(commitment.what)}*\n${whose(commitment, reader)}${state} · from ${commitment.source.words}`;
}

/** The line with its three buttons. `deliveryId`: of the reminder it stands in. */
function commitmentBlocks(commitment: Commitment, reader: Reader, deliveryId?: string): Block[] {
  const carried = { id: commitment.id, deliveryId };
  return [
    paragraph(commitmentLine(commitment, reader)),
    row(
      button('Done', actions.done, carried),
      button('New date', actions.newDate, carried),
      button('Not doing', actions.notDoing, carried),
      ...(deliveryId === undefined ? [button('Edit', actions.edit, carried)] : []),
    ),
  ];
}

const everythingOpen = (left: number): string =>
  `And ${left} more. \`/keel commitments\` shows what is open.`;

const addOne = () => button('Add one of your own', actions.add);

export const added = (commitment: Commitment, reader: Reader): Message =>
  message(
    paragraph(`Taken on: ${commitmentLine(commitment, reader)}`),
    ...commitmentBlocks(commitment, reader).slice(1),
  );

export function openList(mine: Commitment[], theirs: Commitment[], reader: Reader): Message {
  if (mine.length + theirs.length === 0) {
    return message(
      paragraph(
        'Nothing is open. What you take on in a 1:1, a retrospective or a post-mortem shows up here.',
      ),
      row(addOne(), button('Closed lately', actions.list, { which: 'closed' })),
    );
  }
  const part = (heading: string, those: Commitment[]) =>
    those.map((commitment, index) => [
      ...(index === 0 ? [paragraph(heading)] : []),
      ...commitmentBlocks(commitment, reader),
    ]);
  return growing(
    [...part('*You took on*', mine), ...part('*Others took on, where you lead*', theirs)],
    (left) => `And ${left} more, due later.`,
    { after: [row(addOne(), button('Closed lately', actions.list, { which: 'closed' }))] },
  );
}

export const closedList = (closed: Commitment[], reader: Reader): Message =>
  closed.length === 0
    ? say(
        'Nothing was closed in the last four weeks.',
        button('What is open', actions.list, { which: 'open' }),
      )
    : growing(
        closed.map((commitment) => [
          paragraph(
            commitmentLine(commitment, reader),
            button('Open again', actions.reopen, { id: commitment.id }),
          ),
        ]),
        (left) => `And ${left} more, closed before these.`,
        {
          before: [paragraph('*Closed in the last four weeks*')],
          after: [row(button('What is open', actions.list, { which: 'open' }))],
        },
      );

/** All there is to say to its owner at a time: what is past its day first, then what is near, then what is new. */
export function reminder(
  commitments: Commitment[],
  reader: Reader & { member: Member },
  deliveryId: string,
): Message {
  const order: Standing[] = ['late', 'soon', 'new'];
  const howOf = (one: Commitment) => standing(one, reader.member, reader.now);
  const parts = Map.groupBy(commitments, (one) => {
    const how = howOf(one);
    return `${how} ${how === 'new' ? one.leadId : one.due}`;
  });
  const sorted = [...parts.values()].toSorted(
    ([one], [other]) => order.indexOf(howOf(one!)) - order.indexOf(howOf(other!)),
  );
  return growing(
    sorted.flatMap((part) =>
      part.map((commitment, index) => [
        ...(index === 0 ? [paragraph(heading(howOf(commitment), part, reader))] : []),
        ...commitmentBlocks(commitment, reader, deliveryId),
      ]),
    ),
    everythingOpen,
    {
      after: [
        aside(
          commitments.every((one) => howOf(one) === 'new')
            ? 'I remind you two days before, and two days after if it is still open.'
            : 'A new date is fine, and so is not doing it: both are better than a quiet maybe.',
        ),
      ],
    },
  );
}

function heading(how: Standing, part: readonly Commitment[], reader: Reader): string {
  const { due, leadId } = part[0]!;
  const isOne = part.length === 1;
  switch (how) {
    case 'late':
      return isOne
        ? `This was due ${onDay(due, today(reader))}. How does it stand?`
        : `These were due ${onDay(due, today(reader))}. How do they stand?`;
    case 'soon':
      return `You took ${isOne ? 'this' : 'these'} on for ${dayInWords(due, today(reader))}.`;
    case 'new':
      return isOne
        ? `${mention(leadId)} put this down as yours. If it is not what you agreed, change it.`
        : `${mention(leadId)} put these down as yours. If they are not what you agreed, change them.`;
  }
}

/** To the lead: what others closed of what they took on there. */
export const closedNews = (closed: Commitment[]): Message =>
  growing(
    closed.map((commitment) => {
      const what = `*${quoted(commitment.what)}*`;
      const who = ownerInWords(commitment);
      return [
        paragraph(
          commitment.state === 'done'
            ? `${who} is done with ${what}, from ${commitment.source.words}.`
            : `${who} is not doing ${what}, from ${commitment.source.words}: “${escaped(commitment.reason ?? '')}”.`,
        ),
      ];
    }),
    (left) => `And ${left} more. \`/keel commitments done\` shows them.`,
    {
      after: [
        ...(closed.some(({ state }) => state === 'done') ? [aside('Do they know you noticed?')] : []),
        row(button('Everything open', actions.list, { which: 'open' })),
      ],
    },
  );

/** What a click changed, with the way back, and what else stands in the same message. */
export function settled(
  { commitment, before }: { commitment: Commitment; before: Commitment },
  rest: Commitment[],
  reader: Reader,
  deliveryId?: string,
): Message {
  const what = `*${quoted(commitment.what)}*`;
  const words =
    commitment.state === 'done'
      ? `Done: ${what}.`
      : commitment.state === 'dropped'
        ? `Not doing ${what}: “${escaped(commitment.reason ?? '')}”.`
        : before.state !== 'open'
          ? `Open again: ${what}, by ${dayInWords(commitment.due, today(reader))}.`
          : `${what} is for ${dayInWords(commitment.due, today(reader))} now.`;
  return growing(
    rest.map((other) => commitmentBlocks(other, reader, deliveryId)),
    everythingOpen,
    {
      before: [
        paragraph(words),
        commitment.state === 'open'
          ? row(
              button('New date', actions.newDate, { id: commitment.id }),
              button('Edit', actions.edit, { id: commitment.id }),
            )
          : row(button('Open again', actions.reopen, { id: commitment.id })),
      ],
      after: [row(button('Everything open', actions.list, { which: 'open' }))],
    },
  );
}

export const edited = (commitment: Commitment, reader: Reader): Message =>
  message(
    paragraph(`Changed to ${commitmentLine(commitment, reader)}`),
    ...commitmentBlocks(commitment, reader).slice(1),
  );

/** What an old button is answered with, and what else stands in the same message. */
export const alreadyClosed = (
  commitment: Commitment,
  rest: Commitment[],
  reader: Reader,
  deliveryId?: string,
): Message =>
  growing(
    rest.map((other) => commitmentBlocks(other, reader, deliveryId)),
    everythingOpen,
    {
      before: [
        paragraph(
          commitment.state === 'open'
            ? `*${quoted(commitment.what)}* is open already.`
            : `*${quoted(commitment.what)}* was closed before: ${commitment.state === 'done' ? 'done' : 'not doing'}.`,
        ),
        ...(commitment.state === 'open'
          ? []
          : [row(button('Open again', actions.reopen, { id: commitment.id }))]),
      ],
      after: [row(button('Everything open', actions.list, { which: 'open' }))],
    },
  );

export const unknown = (): Message =>
  say('I no longer have that one, so nothing was changed. `/keel commitments` shows what is open.');

export const notYours = (): Message =>
  say('Only the one who took it on, and the lead it was made with, can change that.');

/** Errors under a form's fields. */
export const problems: Record<DraftProblem, string> = {
  'no-words': 'Say in a few words what will be done.',
  'too-long': `Keep it to ${longestWords} characters, please.`,
  'in-the-past': 'That day has passed. Choose today or a later one.',
  'too-far': 'That is more than two years away. Choose a nearer day.',
};

export const tooManyOpen = (open: number, most: number): string =>
  `Of your own, ${howManyAre(open)} open already, and ${most} is the most you allow. Close one first.`;

export const missing = {
  due: 'Choose a day.',
  owner: 'Choose who takes it on.',
  reason: 'A line on what changed, please.',
  mostOpen: `A whole number from 1 to ${mostOpenAllowed}, please.`,
} as const;

export const ownerLeft = 'They aren’t in this workspace. Choose somebody who is.';

export const help = (): Message =>
  message(
    paragraph('*Commitments* are what somebody took on, with one owner and a day, and where it came from.'),
    paragraph(
      '`/keel commitments`  what you have open, and what others took on where you lead\n`/keel commitments add call the vendor`  one of your own\n`/keel commitments done`  what was closed in the last four weeks',
    ),
    paragraph(
      'They are made in 1:1s, retrospectives and post-mortems, or are your own. The owner hears of each when it is made, two days before its day, and two days after if it is still open; whoever asked hears when it is closed. *Done*, *New date* and *Not doing* are on every one; *Not doing* asks why.',
    ),
    aside('You see your own, and those made in rooms you lead. Nobody else’s.'),
  );

export const unknownWord = (text: string): Message =>
  say(
    `I cannot read “${escaped(text)}” after \`/keel commitments\`. On its own it shows what is open, with \`done\` what was closed.`,
  );

/** What the Home and the digest say; nothing where there is nothing. */
export function homeBlocks(mine: Commitment[], theirs: Commitment[], reader: Reader): Block[] {
  if (mine.length + theirs.length === 0) return [];
  const shown = [...mine, ...theirs].slice(0, 4);
  const more = mine.length + theirs.length - shown.length;
  return [
    paragraph('*Commitments*'),
    ...shown.map((commitment) =>
      paragraph(commitmentLine(commitment, reader), button('Done', actions.done, { id: commitment.id })),
    ),
    row(
      button(more > 0 ? `All ${mine.length + theirs.length}` : 'Dates and more', actions.list, {
        which: 'open',
      }),
    ),
  ];
}

export function digestBlocks(
  week: { closed: Commitment[]; mine: Commitment[]; theirs: Commitment[] },
  reader: Reader,
): Block[] {
  const { closed, mine, theirs } = week;
  if (closed.length + mine.length + theirs.length === 0) return [];
  const done = closed.filter(({ state }) => state === 'done').length;
  const dropped = closed.length - done;
  const late = [...mine, ...theirs].filter((commitment) => isLate(commitment, today(reader)));
  const counts = [
    done > 0 ? `${done} done` : '',
    dropped > 0 ? `${dropped} let go` : '',
    `${mine.length + theirs.length} open`,
    late.length > 0 ? `${late.length} past ${late.length === 1 ? 'its' : 'their'} day` : '',
  ].filter(Boolean);
  return [
    paragraph(`*Commitments.* ${counts.join(', ')}.`),
    ...late.slice(0, 3).map((commitment) => paragraph(commitmentLine(commitment, reader))),
    row(button('Everything open', actions.list, { which: 'open' })),
  ];
}

/** `theirs`: what somebody who left had taken on in the reader's rooms; `mine`: what the reader took on in theirs. */
export function leftBehindBlocks(
  { mine, theirs }: { mine: Commitment[]; theirs: Commitment[] },
  reader: Reader,
): Block[] {
  // Other rooms have their part in the same message.
  const most = 6;
  const shownMine = mine.slice(0, most);
  const left = Math.max(0, theirs.length - most) + mine.length - shownMine.length;
  return [
    ...theirs
      .slice(0, most)
      .flatMap((commitment): Block[] => [
        paragraph(commitmentLine(commitment, reader)),
        row(
          button('Give it to somebody', actions.edit, { id: commitment.id }),
          button('Not doing', actions.notDoing, { id: commitment.id }),
        ),
      ]),
    ...(mine.length === 0
      ? []
      : [paragraph('You took these on with them. They stay yours, until you say otherwise.')]),
    ...shownMine.flatMap((commitment) => commitmentBlocks(commitment, reader)),
    ...(left > 0 ? [aside(everythingOpen(left))] : []),
  ];
}

export const limitSaved = (most: number): Message =>
  say(
    `*Saved.* ${most === 1 ? 'One commitment' : `Up to ${most} commitments`} from one place may stand open at a time.`,
  );
