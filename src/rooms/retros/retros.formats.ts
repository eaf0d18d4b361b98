// The formats a retrospective can have: their questions, and the moment each suits best. Data, in our own words.

interface Question {
  /** At the head of its answers: 30 characters at most. */
  title: string;
  /** As it is put to people. */
  asks: string;
}

export interface Format {
  /** Never changes: past retrospectives name it. */
  id: string;
  name: string;
  bestFor: string;
  /** Two to five. */
  questions: readonly Question[];
}

export const formats: readonly Format[] = [
  {
    id: 'well-badly-try',
    name: 'Well, badly, try',
    bestFor: 'a team new to looking back, and any ordinary fortnight',
    questions: [
      { title: 'Went well', asks: 'What went well, and should happen again?' },
      { title: 'Went badly', asks: 'What went badly, or slower than it had to?' },
      { title: 'To try', asks: 'What would you like us to try next?' },
    ],
  },
  {
    id: 'start-stop-continue',
    name: 'Start, stop, continue',
    bestFor: 'when talk should turn into habits',
    questions: [
      { title: 'Start', asks: 'What should we begin doing?' },
      { title: 'Stop', asks: 'What do we do that no longer earns its time?' },
      { title: 'Continue', asks: 'What works, and must not get lost?' },
    ],
  },
  {
    id: 'mad-sad-glad',
    name: 'Mad, sad, glad',
    bestFor: 'after tension, a hard release or a loss',
    questions: [
      { title: 'Mad', asks: 'What frustrated you?' },
      { title: 'Sad', asks: 'What did you wish had gone otherwise?' },
      { title: 'Glad', asks: 'What were you happy about, however small?' },
    ],
  },
  {
    id: 'four-ls',
    name: 'Liked, learned, lacked, longed for',
    bestFor: 'the end of a quarter or a project',
    questions: [
      { title: 'Liked', asks: 'What did you enjoy in this stretch of work?' },
      { title: 'Learned', asks: 'What do you know now that you did not know before?' },
      { title: 'Lacked', asks: 'What was missing when you needed it?' },
      { title: 'Longed for', asks: 'What do you wish we had?' },
    ],
  },
  {
    id: 'sailboat',
    name: 'Sailboat',
    bestFor: 'when a goal is in sight and the way to it is not',
    questions: [
      { title: 'Wind', asks: 'What is the wind in our sails?' },
      { title: 'Anchors', asks: 'Which anchors hold us back?' },
      { title: 'Rocks', asks: 'Which rocks do you see ahead?' },
      { title: 'Island', asks: 'What does the island look like, where we want to land?' },
    ],
  },
  {
    id: 'starfish',
    name: 'Starfish',
    bestFor: 'a team with many habits and no time for all of them',
    questions: [
      { title: 'Keep', asks: 'What should stay exactly as it is?' },
      { title: 'More of', asks: 'What deserves more of our time?' },
      { title: 'Less of', asks: 'What should take less?' },
      { title: 'Stop', asks: 'What should end?' },
      { title: 'Start', asks: 'What is not there yet, and should be?' },
    ],
  },
  {
    id: 'rose-thorn-bud',
    name: 'Rose, thorn, bud',
    bestFor: 'a short look back, or a team that meets only the problems',
    questions: [
      { title: 'Rose', asks: 'What blossomed?' },
      { title: 'Thorn', asks: 'What pricked?' },
      { title: 'Bud', asks: 'What is only beginning, and worth watering?' },
    ],
  },
  {
    id: 'drop-add-keep-improve',
    name: 'Drop, add, keep, improve',
    bestFor: 'when the way of working itself is on the table',
    questions: [
      { title: 'Drop', asks: 'What can we do without?' },
      { title: 'Add', asks: 'What is missing in how we work?' },
      { title: 'Keep', asks: 'What carries us?' },
      { title: 'Improve', asks: 'What is nearly right, and what would it take?' },
    ],
  },
  {
    id: 'energy',
    name: 'Energy',
    bestFor: 'tired weeks, and teams after a long push',
    questions: [
      { title: 'Gave energy', asks: 'What gave you energy?' },
      { title: 'Took energy', asks: 'What took more of it than it should?' },
      { title: 'One change', asks: 'Which one change would you feel by next time?' },
    ],
  },
];

export const rotating = 'rotating';

const [first] = formats as [Format, ...Format[]];

/** The format with that id; the first one for an id that no longer exists. */
export const formatOf = (id: string): Format => formats.find((format) => format.id === id) ?? first;

/** What a series asks next: its own format, or, rotating, the one after the last that this channel had. */
export function nextFormat(chosen: string, lastUsed: string | undefined): Format {
  if (chosen !== rotating) return formatOf(chosen);
  const at = formats.findIndex(({ id }) => id === lastUsed);
  return formats[(at + 1) % formats.length] ?? first;
}

/** Reads a format by its id or name, or by what either begins with when only one does. */
export function readFormat(text: string): Format | undefined {
  const fold = (words: string): string =>
    words
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
      .trim();
  const typed = fold(text);
  if (typed === '') return undefined;
  const exact = formats.find(({ id, name }) => fold(id) === typed || fold(name) === typed);
  if (exact) return exact;
  const begins = formats.filter(({ id, name }) => fold(id).startsWith(typed) || fold(name).startsWith(typed));
  return begins.length === 1 ? begins[0] : undefined;
}
