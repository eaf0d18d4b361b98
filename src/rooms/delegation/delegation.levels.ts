// The seven levels of delegation: their names, one line each in our own words, and how a typed one is read.
//
// The ladder and its names are Jurgen Appelo's, from Management 3.0.

export type Level = 1 | 2 | 3 | 4 | 5 | 6 | 7;

interface LevelMeaning {
  level: Level;
  name: string;
  /** As the lead reads it. */
  toLead: string;
  /** As the other person reads it. `lead`: what the lead is called there. */
  toPerson(lead: string): string;
  /** Other words people type for it. */
  aliases: readonly string[];
}

export const levels: readonly LevelMeaning[] = [
  {
    level: 1,
    name: 'tell',
    toLead: 'you decide, and say what it will be',
    toPerson: (lead) => `${lead} decides, and tells you what it will be`,
    aliases: ['told'],
  },
  {
    level: 2,
    name: 'sell',
    toLead: 'you decide, and explain until it makes sense to them',
    toPerson: (lead) => `${lead} decides, and explains until it makes sense to you`,
    aliases: ['explain', 'convince'],
  },
  {
    level: 3,
    name: 'consult',
    toLead: 'you decide, once you have heard their view',
    toPerson: (lead) => `${lead} decides, once your view was heard`,
    aliases: ['ask'],
  },
  {
    level: 4,
    name: 'agree',
    toLead: 'you decide together, and neither goes ahead alone',
    toPerson: (lead) => `you and ${lead} decide together, and neither goes ahead alone`,
    aliases: ['together', 'jointly'],
  },
  {
    level: 5,
    name: 'advise',
    toLead: 'they decide, once they have heard your advice',
    toPerson: (lead) => `you decide, once you have heard what ${lead} would advise`,
    aliases: ['advice'],
  },
  {
    level: 6,
    name: 'inquire',
    toLead: 'they decide, and tell you afterwards',
    toPerson: (lead) => `you decide, and tell ${lead} afterwards`,
    aliases: ['enquire', 'inform'],
  },
  {
    level: 7,
    name: 'delegate',
    toLead: 'they decide, and you need not hear of it',
    toPerson: (lead) => `you decide, and ${lead} need not hear of it`,
    aliases: ['full', 'fully'],
  },
];

export const isLevel = (number: number): number is Level =>
  Number.isInteger(number) && number >= 1 && number <= 7;

export function meaningOf(level: Level): LevelMeaning {
  const found = levels[level - 1];
  if (!found) throw new Error(`There is no level ${level}`);
  return found;
}

/** `advise` */
export const levelName = (level: Level): string => meaningOf(level).name;

/** What is delegated fully: nobody asks any more. */
export const fully: Level = 7;

/** One higher; the highest stays. */
export const oneHigher = (level: Level): Level => Math.min(level + 1, 7) as Level;

/** Reads a level as people type it: its name or another word for it, its number, `level 5`. */
export function readLevel(text: string): Level | undefined {
  const typed = text.trim().toLowerCase();
  const number = /^(?:level )?([1-7])$/.exec(typed);
  if (number) return Number(number[1]) as Level;
  return levels.find(({ name, aliases }) => name === typed || aliases.includes(typed))?.level;
}
