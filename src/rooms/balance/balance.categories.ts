// The kinds of work a new lead starts with, and how a typed word finds one of them.

import type { Category, Side } from './balance.ts';

const category = (side: Side, name: string, aliases: string): Category => ({
  id: name.replaceAll(' ', '-'),
  name,
  side,
  aliases: aliases.split(', '),
  archived: false,
});

/**
 * What a lead starts with; every one can be renamed, moved or put away. Aliases are for what people really
 * type and a beginning would not find. One belongs to one category only.
 */
export const defaultCategories: readonly Category[] = [
  category('coding', 'coding', 'code, dev, development, programming, implementation, refactoring'),
  category('coding', 'debugging', 'bug, bugs, bugfix, bugfixing'),
  category('coding', 'own tickets', 'ticket, tickets, my tickets'),
  category('coding', 'prototyping', 'prototype, spike, poc'),
  category('leading', 'one-on-one', '1:1, 1:1s, 1on1, 1on1s, 1-1, 1 on 1, 1-on-1, one-on-ones'),
  category('leading', 'mentoring', 'mentor, coaching'),
  category('leading', 'pairing', 'pair programming, mob, mobbing, mob programming'),
  category('leading', 'review', 'reviews, reviewing, code review, code reviews, pr, prs, pr review'),
  category('leading', 'architecture', 'arch, design, system design, adr, rfc'),
  category('leading', 'delegation', 'delegating, handover'),
  category('leading', 'stakeholders', 'stakeholder, stakeholder meeting, product, customers'),
  category('leading', 'planning', 'sprint planning, refinement, grooming, estimation, roadmap'),
  category('leading', 'incident', 'incidents, outage, on-call, oncall, firefighting'),
  category('leading', 'post-mortem', 'postmortem, post-mortems, pm, incident review'),
  category('leading', 'retrospective', 'retro, retros'),
  category('leading', 'hiring', 'interview, interviews, interviewing, recruiting'),
  category('leading', 'process', 'standup, stand-up, daily'),
  category('leading', 'feedback', 'performance review'),
  category('leading', 'learning', 'reading, course, training, conference'),
  category('neither', 'admin', 'administration, paperwork, email, emails, expenses'),
  category('neither', 'leave', 'time off, day off, holiday, vacation, pto, sick, sick leave'),
];

type CategoryMatch =
  | { kind: 'found'; category: Category }
  | { kind: 'ambiguous'; candidates: Category[] }
  /** The closest by spelling, at most three, the closest first. */
  | { kind: 'unknown'; nearest: Category[] };

/**
 * Finds the category a person means: by name, by alias, or by a beginning that only one has.
 *
 * Names come before aliases and whole words before beginnings, so that giving one category a new alias never
 * changes what another's name means. Archived categories are not found. Case, accents, and whether words are
 * joined by a space or a hyphen make no difference.
 */
export function findCategory(text: string, categories: readonly Category[]): CategoryMatch {
  const wanted = fold(text);
  const spelled = spellings(categories);
  // A beginning needs a letter: a stray "1" is more likely a slip than "1:1".
  const begins = (spelling: string) => /\p{L}/u.test(wanted) && spelling.startsWith(wanted);
  const ways: ((spelled: Spelled) => boolean)[] = [
    ({ name }) => name === wanted,
    ({ aliases }) => aliases.includes(wanted),
    ({ name }) => begins(name),
    ({ aliases }) => aliases.some(begins),
  ];
  for (const way of wanted === '' ? [] : ways) {
    const [first, ...more] = spelled.filter(way).map(({ category }) => category);
    if (first && more.length === 0) return { kind: 'found', category: first };
    if (first) return { kind: 'ambiguous', candidates: [first, ...more] };
  }
  return { kind: 'unknown', nearest: nearest(wanted, spelled) };
}

interface Spelled {
  category: Category;
  /** Folded, as the aliases are. */
  name: string;
  aliases: string[];
}

/** The categories that are open, as they are compared. */
function spellings(categories: readonly Category[]): Spelled[] {
  return categories
    .filter(({ archived }) => !archived)
    .map((category) => ({ category, name: fold(category.name), aliases: category.aliases.map(fold) }));
}

/** Every open category by the fold of its name and aliases; a name wins over another's alias. */
export function wholeNames(categories: readonly Category[]): Map<string, Category> {
  const open = spellings(categories);
  const byName = open.map(({ name, category }) => [name, category] as const);
  const byAlias = open.flatMap(({ aliases, category }) => aliases.map((alias) => [alias, category] as const));
  // Of two equal keys a map keeps the last.
  return new Map([...byAlias, ...byName.reverse()]);
}

/** Two texts with the same fold are the same word to us. */
export function fold(text: string): string {
  return text
    .normalize('NFKD')
    .toUpperCase() // ß and ss, ς and σ: upper case is where they meet
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[\u0300-\u036f\p{Cf}]/gu, '') // accents of Latin, Greek, Cyrillic; marks that cannot be seen
    .replace(/[\s\p{Pd}_]+/gu, ' ')
    .trim();
}

// Longer than any category is named; keeps the work small however much was typed.
const longestCompared = 60;

function nearest(wanted: string, spelled: readonly Spelled[]): Category[] {
  const typed = [...wanted].slice(0, longestCompared);
  const distance = (spelling: string): number => {
    const letters = [...spelling].slice(0, longestCompared);
    return edits(typed, letters) / Math.max(typed.length, letters.length, 1);
  };
  return spelled
    .map(({ category, name, aliases }) => ({ category, far: Math.min(...[name, ...aliases].map(distance)) }))
    .sort((a, b) => a.far - b.far)
    .slice(0, 3)
    .map(({ category }) => category);
}

/**
 * Letters to add, drop, change or swap with their neighbour: optimal string alignment, three rows of its table
 * at a time. Plain loops, because one unknown word is held against every spelling there is.
 */
function edits(from: readonly string[], to: readonly string[]): number {
  let before: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let row = 0; row < from.length; row += 1) {
    const next = [row + 1];
    for (let column = 0; column < to.length; column += 1) {
      let best = last[column]! + (from[row] === to[column] ? 0 : 1);
      if (last[column + 1]! + 1 < best) best = last[column + 1]! + 1;
      if (next[column]! + 1 < best) best = next[column]! + 1;
      const swapped = row > 0 && column > 0 && from[row] === to[column - 1] && from[row - 1] === to[column];
      if (swapped && before[column - 1]! + 1 < best) best = before[column - 1]! + 1;
      next.push(best);
    }
    before = last;
    last = next;
  }
  return last[to.length]!;
}
