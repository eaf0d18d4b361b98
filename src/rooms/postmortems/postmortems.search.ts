// Looking for words in a post-mortem. Its words are sealed, so they are looked through here and not in the database.

import { type Postmortem, type Section, sectionKind, type TimelineEntry } from './postmortems.ts';

interface Found {
  postmortem: Postmortem;
  /** `Title`, a section's title, `Timeline` or `Services`. */
  where: string;
  excerpt: string;
}

const folded = (text: string): string => text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();

/** Characters of an excerpt, about. */
const excerptLength = 160;

/** The best place for these words, when each of them is somewhere in it. */
export function searchIn(
  whole: { postmortem: Postmortem; sections: readonly Section[]; timeline: readonly TimelineEntry[] },
  words: string,
): Found | undefined {
  const wanted = folded(words)
    .split(/\s+/u)
    .filter((word) => word !== '');
  if (wanted.length === 0) return undefined;
  const { postmortem } = whole;
  const places = [
    { where: 'Title', text: postmortem.title },
    { where: 'Services', text: postmortem.services.join(', ') },
    ...whole.sections.map(({ id, text }) => ({ where: sectionKind(id).title, text })),
    ...whole.timeline.map(({ text }) => ({ where: 'Timeline', text })),
  ].filter(({ text }) => text !== '');
  const all = folded(places.map(({ text }) => text).join('\n'));
  if (!wanted.every((word) => all.includes(word))) return undefined;
  const count = (text: string) => wanted.filter((word) => folded(text).includes(word)).length;
  const [best] = places.toSorted((one, other) => count(other.text) - count(one.text));
  return best && { postmortem, where: best.where, excerpt: excerptOf(best.text, wanted) };
}

function excerptOf(text: string, wanted: readonly string[]): string {
  const plain = text.replaceAll(/\s+/gu, ' ').trim();
  const at = Math.max(0, ...wanted.map((word) => folded(plain).indexOf(word)));
  const from = Math.max(0, at - 60);
  const piece = plain.slice(from, from + excerptLength);
  return `${from > 0 ? '…' : ''}${piece}${from + excerptLength < plain.length ? '…' : ''}`;
}
