// Which points say nearly the same: a rule over their words that suggests, and a person who decides.

import type { Group, Item } from './retros.ts';

/** Words that carry no topic of their own. */
const fillers = new Set(
  `a about after all am an and are as at be because been but by can could did do does each for from get had has have
  how i in is it its just like more most much my no not of off on or other our out over should so some than that the
  their them there they this to too up us very was we were what when which who why will with would you your`.split(
    /\s+/,
  ),
);

/** Word stems, so that "reviews", "reviewed" and "reviewing" meet. English endings only; other words stay whole. */
function stems(words: string): Set<string> {
  const found = words
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '' && !fillers.has(word))
    .map((word) =>
      word.length > 4
        ? word
            .replace(/(?:ing|ed|es|ly|s|er)$/, '')
            .replace(/(.)\1$/, '$1')
            .replace(/[ey]$/, '')
        : word,
    );
  return new Set(found);
}

/** From 0, nothing in common, to 1, the same words. */
export function likeness(one: string, other: string): number {
  const [left, right] = [stems(one), stems(other)];
  if (left.size === 0 || right.size === 0)
    return one.trim().toLowerCase() === other.trim().toLowerCase() ? 1 : 0;
  const shared = left.intersection(right).size;
  const together = left.union(right).size;
  // A short point inside a long one says the same; a single shared word says little, unless it is all there is.
  const contained = shared >= 2 ? shared / Math.min(left.size, right.size) : 0;
  return Math.max(shared / together, contained * 0.9);
}

/** From here on two points are offered as one. */
const alike = 0.6;

/**
 * Puts points together that are near duplicates. A point joins a group only when it is like every point in it, so
 * that a chain of small resemblances never ties two different things together. Every point is in exactly one group.
 */
export function together<P extends { words: string; question: number }>(points: readonly P[]): P[][] {
  const groups: P[][] = [];
  for (const point of points) {
    const home = groups.find((group) =>
      group.every(
        (other) => other.question === point.question && likeness(other.words, point.words) >= alike,
      ),
    );
    if (home) home.push(point);
    else groups.push([point]);
  }
  return groups;
}

export type Regrouped =
  | { kind: 'sorted'; groups: Item[][] }
  | { kind: 'refused'; why: 'one-alone' | 'different-questions' };

/**
 * What somebody made of the suggestion. `merged` groups were shown to them, and those not in `kept` come apart again;
 * the groups in `together` become one. All by their ids; one that is no more is passed over.
 */
export function regrouped(
  groups: readonly Group[],
  wish: { merged: readonly string[]; kept: readonly string[]; together: readonly string[] },
): Regrouped {
  if (wish.together.length === 1) return { kind: 'refused', why: 'one-alone' };
  const [rest, chosen] = [false, true].map((is) =>
    groups.filter(({ id }) => wish.together.includes(id) === is),
  ) as [Group[], Group[]];
  if (new Set(chosen.map(({ question }) => question)).size > 1) {
    return { kind: 'refused', why: 'different-questions' };
  }
  const apart = rest.flatMap(({ id, items }) =>
    wish.merged.includes(id) && !wish.kept.includes(id) ? items.map((item) => [item]) : [items],
  );
  const one = chosen.flatMap(({ items }) => items);
  return { kind: 'sorted', groups: one.length > 0 ? [...apart, one] : apart };
}
