// The question library and how it is chosen from: enough of them, fit for the moment, none again within six meetings.

import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  audienceOf,
  chooseQuestions,
  findQuestion,
  momentOf,
  resting,
  restingMeetings,
  type Shelf,
} from '../../src/rooms/one-on-ones/one-on-ones.choose.ts';
import {
  moments,
  questionLibrary,
  type Theme,
  themes,
} from '../../src/rooms/one-on-ones/one-on-ones.questions.ts';
import {
  type Meeting,
  type Person,
  relations,
  themesSpokenOf,
} from '../../src/rooms/one-on-ones/one-on-ones.ts';

const person = (relation: Person['relation'] = 'report'): Person => ({
  id: 'U1',
  name: 'Duarte',
  role: null,
  relation,
  rule: 'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU',
  time: Temporal.PlainTime.from('10:00'),
  minutes: 30,
  leadTime: 'evening',
  invites: false,
  timeZone: null,
  ended: null,
  since: Temporal.PlainDate.from('2026-01-01'),
});

const emptyShelf: Shelf = { own: [], pinned: new Set(), hidden: new Set() };
const firstDay = Temporal.PlainDate.from('2026-01-06');

function meeting(index: number, more: Partial<Meeting> = {}): Meeting {
  const day = firstDay.add({ weeks: 2 * index });
  return {
    id: `m${index}`,
    personId: 'U1',
    plannedFor: day.toPlainDateTime('10:00'),
    state: 'held',
    heldOn: day,
    moved: 0,
    themes: [],
    questions: [],
    replaced: [],
    timeBatchId: null,
    ...more,
  };
}

test('the library has at least 80 questions, at least eight to a theme, each once and each a question', () => {
  expect(questionLibrary.length).toBeGreaterThanOrEqual(80);
  expect(new Set(questionLibrary.map(({ id }) => id)).size).toBe(questionLibrary.length);
  expect(new Set(questionLibrary.map(({ text }) => text)).size).toBe(questionLibrary.length);
  for (const { id } of themes) {
    expect(
      questionLibrary.filter(({ theme, audience }) => theme === id && audience === 'team').length,
    ).toBeGreaterThanOrEqual(8);
  }
  for (const { text, suits } of questionLibrary) {
    expect(text).toMatch(/\?$/);
    expect(text.length).toBeLessThanOrEqual(150);
    expect(text).not.toMatch(/!|;/);
    expect(moments).toEqual(expect.arrayContaining([...suits]));
  }
});

test('every moment has enough for six meetings and more, for anybody', () => {
  for (const moment of moments) {
    expect(
      questionLibrary.filter(({ suits, audience }) => audience === 'team' && suits.includes(moment)).length,
    ).toBeGreaterThan(9);
  }
  expect(questionLibrary.filter(({ audience }) => audience === 'up').length).toBeGreaterThan(
    3 * restingMeetings,
  );
});

test('over any run of meetings, nothing is asked twice within six, with other questions asked for now and then', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...relations),
      fc.array(
        fc.record({
          state: fc.constantFrom<Meeting['state']>('held', 'held', 'skipped', 'lapsed'),
          again: fc.boolean(),
          themes: fc.subarray<Theme>(themes.map(({ id }) => id)),
        }),
        { minLength: 8, maxLength: 24 },
      ),
      fc.subarray(
        questionLibrary.map(({ id }) => id),
        { maxLength: 20 },
      ),
      fc.subarray(
        questionLibrary.map(({ id }) => id),
        { maxLength: 5 },
      ),
      (relation, course, hidden, pinned) => {
        const shelf: Shelf = { own: [], hidden: new Set(hidden), pinned: new Set(pinned) };
        const about = person(relation);
        const past: Meeting[] = [];
        for (const [index, { state, again, themes: spoken }] of course.entries()) {
          const next = meeting(index, {
            state,
            heldOn: state === 'held' ? firstDay.add({ weeks: 2 * index }) : null,
            themes: spoken,
          });
          const choose = () => {
            const day = firstDay.add({ weeks: 2 * index });
            return chooseQuestions({
              person: about,
              shelf,
              moment: momentOf(about, past, day, undefined),
              resting: resting(next, past),
              spokenOf: themesSpokenOf(past),
              on: day,
              seed: String(index),
            });
          };
          next.questions = choose();
          if (again && relation === 'report') {
            next.replaced = next.questions;
            next.questions = [];
            next.questions = choose();
          }
          const offered = [...next.questions, ...next.replaced];
          const lately = past.slice(-restingMeetings).flatMap((one) => [...one.questions, ...one.replaced]);
          expect(offered.filter((id) => lately.includes(id))).toEqual([]);
          expect(new Set(offered).size).toBe(offered.length);
          expect(next.questions.length).toBeLessThanOrEqual(3);
          for (const id of offered) {
            expect(shelf.hidden.has(id)).toBe(false);
            expect(findQuestion(id, shelf)?.audience).toBe(audienceOf(about));
          }
          past.push(next);
        }
        if (relation === 'report') expect(past.every(({ questions }) => questions.length === 3)).toBe(true);
      },
    ),
    { numRuns: 100 },
  );
});

const chosenFor = (
  past: Meeting[],
  on: Temporal.PlainDate,
  shelf: Shelf = emptyShelf,
  mood?: 'heavy' | 'good',
) => {
  const moment = momentOf(person(), past, on, mood);
  const ids = chooseQuestions({
    person: person(),
    shelf,
    moment,
    resting: resting(meeting(99), past),
    spokenOf: themesSpokenOf(past),
    on,
    seed: 'x',
  });
  return { moment, questions: ids.map((id) => findQuestion(id, shelf)!) };
};

test('what history shows decides: somebody new, a gap, a heavy one, growth long unspoken of, and any other day', () => {
  const three = [0, 1, 2].map((index) => meeting(index, { themes: ['growth'] }));
  const soon = firstDay.add({ weeks: 6 });
  expect(chosenFor([], firstDay).moment).toBe('early');
  expect(chosenFor(three, firstDay.add({ weeks: 12 })).moment).toBe('again');
  expect(chosenFor(three, soon, emptyShelf, 'heavy').moment).toBe('strain');
  expect(chosenFor(three, soon, emptyShelf, 'good').moment).toBe('steady');
  const five = [0, 1, 2, 3, 4].map((index) => meeting(index, { themes: ['work'] }));
  const overdue = chosenFor(five, firstDay.add({ weeks: 10 }));
  expect(overdue.moment).toBe('ahead');
  expect(overdue.questions.some(({ theme }) => theme === 'growth' || theme === 'career')).toBe(true);
});

test('the questions suit the moment, and each is of another theme', () => {
  for (const { moment, questions } of [
    chosenFor([], firstDay),
    chosenFor(
      [0, 1, 2].map((index) => meeting(index)),
      firstDay.add({ weeks: 12 }),
    ),
  ]) {
    expect(questions).toHaveLength(3);
    for (const { suits } of questions) expect(suits).toContain(moment);
    expect(new Set(questions.map(({ theme }) => theme)).size).toBe(3);
  }
});

test('pinned ones come first, hidden ones never, and one’s own among them', () => {
  const own = {
    id: 'mine',
    theme: 'work' as const,
    audience: 'team' as const,
    suits: ['steady' as const],
    text: 'Mine?',
  };
  const shelf: Shelf = {
    own: [own],
    pinned: new Set(['mine']),
    hidden: new Set(questionLibrary.map(({ id }) => id).slice(0, 85)),
  };
  const { questions } = chosenFor([], firstDay, shelf);
  expect(questions[0]).toBe(own);
  for (const { id } of questions) expect(shelf.hidden.has(id)).toBe(false);
});

test('where everything else rests or is hidden there are fewer, and none is made up', () => {
  const shelf: Shelf = {
    own: [],
    pinned: new Set(),
    hidden: new Set(questionLibrary.map(({ id }) => id).slice(1)),
  };
  expect(chosenFor([], firstDay, shelf).questions.map(({ id }) => id)).toEqual([questionLibrary[0]!.id]);
});
