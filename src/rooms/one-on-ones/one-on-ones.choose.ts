// Which questions fit a person now: by what history shows, never the same twice within six meetings.

import { chance } from '../../hash.ts';
import {
  type Audience,
  type Moment,
  type Question,
  questionLibrary,
  type Theme,
} from './one-on-ones.questions.ts';
import { cadenceDays, type Meeting, type Mood, type Person, themesSpokenOf } from './one-on-ones.ts';

/** What a lead thinks of a question: wanted first, not at all, or as it comes. */
export type Preference = 'usual' | 'pinned' | 'hidden';

export const preferenceFor = (
  questionId: string,
  { pinned, hidden }: Pick<Shelf, 'pinned' | 'hidden'>,
): Preference => (pinned.has(questionId) ? 'pinned' : hidden.has(questionId) ? 'hidden' : 'usual');

/** What a lead made of the library: their own questions, and those they want first or not at all. */
export interface Shelf {
  own: readonly Question[];
  pinned: ReadonlySet<string>;
  hidden: ReadonlySet<string>;
}

/** More questions of their own than anybody asks. */
export const mostOwnQuestions = 50;
const questionsAtOnce = 3;
/** A question rests for so many meetings with the same person. */
export const restingMeetings = 6;
/** So many conversations long somebody counts as new. */
const earlyMeetings = 3;
/** Growth and career are due again after so many days without. */
const lookingAheadDays = 56;

export const audienceOf = ({ relation }: Pick<Person, 'relation'>): Audience =>
  relation === 'manager' || relation === 'mentor' ? 'up' : 'team';

/** What history shows about the meeting on that day, most telling first. */
export function momentOf(
  person: Person,
  meetings: readonly Meeting[],
  on: Temporal.PlainDate,
  lastMood: Mood | undefined,
): Moment {
  const held = meetings.filter(({ state, heldOn }) => state === 'held' && heldOn !== null);
  if (held.length < earlyMeetings) return 'early';
  const days = held.map(({ heldOn }) => heldOn!).toSorted(Temporal.PlainDate.compare);
  const [first, last] = [days[0]!, days.at(-1)!];
  if (last.until(on).days > cadenceDays(person) * 1.6) return 'again';
  if (lastMood === 'heavy' || lastMood === 'tense') return 'strain';
  const spokenOf = themesSpokenOf(held);
  const growth = [spokenOf.get('growth'), spokenOf.get('career')]
    .flatMap((day) => day ?? [])
    .toSorted(Temporal.PlainDate.compare)
    .at(-1);
  return (growth ?? first).until(on).days >= lookingAheadDays ? 'ahead' : 'steady';
}

/** Everything a meeting ever offered. */
const offeredIn = ({ questions, replaced }: Meeting): string[] => [...questions, ...replaced];

/** The questions that rest: offered in this meeting already, or in one of the six before it. */
export function resting(meeting: Meeting, earlier: readonly Meeting[]): Set<string> {
  const lately = earlier
    .filter((one) => one.id !== meeting.id && offeredIn(one).length > 0)
    .slice(-restingMeetings);
  return new Set([...lately, meeting].flatMap(offeredIn));
}

interface Choosing {
  person: Person;
  shelf: Shelf;
  moment: Moment;
  resting: ReadonlySet<string>;
  /** When each theme last came up. */
  spokenOf: ReadonlyMap<Theme, Temporal.PlainDate>;
  on: Temporal.PlainDate;
  /** Decides between equals, so that the same meeting is always asked the same and two meetings are not. */
  seed: string;
}

/** Up to three, of as many themes; fewer only when everything else rests or is hidden. */
export function chooseQuestions(choosing: Choosing): string[] {
  const { person, shelf, spokenOf, on, seed } = choosing;
  const audience = audienceOf(person);
  const candidates = [...questionLibrary, ...shelf.own]
    .filter((question) => question.audience === audience || shelf.own.includes(question))
    .filter(({ id }) => !shelf.hidden.has(id) && !choosing.resting.has(id))
    .map((question) => ({ question, worth: worthOf(question, choosing) }))
    .toSorted((one, other) => other.worth - one.worth || (one.question.id < other.question.id ? -1 : 1));

  function worthOf({ id, theme, suits }: Question, { moment }: Choosing): number {
    const spoken = spokenOf.get(theme);
    const silence = Math.min(spoken ? Math.max(spoken.until(on).days, 0) : 180, 180) / 180;
    return (
      (shelf.pinned.has(id) ? 1000 : 0) +
      (suits.includes(moment) ? 100 : 0) +
      // Growth after a long silence about it, whatever else is due.
      (moment === 'ahead' && (theme === 'growth' || theme === 'career') ? 20 : 0) +
      silence * 30 +
      chance(`${seed} ${id}`) * 40
    );
  }

  const chosen: Question[] = [];
  // One of each theme first; a theme twice only where there are no three.
  for (const allowTwice of [false, true]) {
    for (const { question } of candidates) {
      if (chosen.length === questionsAtOnce) break;
      if (chosen.includes(question)) continue;
      if (!allowTwice && chosen.some(({ theme }) => theme === question.theme)) continue;
      chosen.push(question);
    }
  }
  return chosen.map(({ id }) => id);
}

export const findQuestion = (id: string, shelf: Shelf): Question | undefined =>
  questionLibrary.find((question) => question.id === id) ?? shelf.own.find((question) => question.id === id);
