// The blame check against sentences it was not made from, one by one against its own examples, and against anything at all.

import { readFile, writeFile } from 'node:fs/promises';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { findBlame, reworded } from '../../src/blame/blame.ts';
import { english } from '../../src/blame/english.ts';
import { blameExamples } from './blame.examples.ts';
import { blaming, innocent } from './blame.sentences.ts';

const isPointedAt = (sentence: string) => findBlame(sentence, english).length > 0;

describe('of sentences as people write them', () => {
  test('it points at most of those that blame and spares most of those that do not', () => {
    const missed = blaming.filter((sentence) => !isPointedAt(sentence));
    const wronged = innocent.filter(isPointedAt);
    const hits = blaming.length - missed.length;
    const precision = hits / (hits + wronged.length);
    const recall = hits / blaming.length;
    console.log(
      [
        `${blaming.length} blaming and ${innocent.length} innocent sentences: precision ${precision.toFixed(3)}, recall ${recall.toFixed(3)}`,
        ...missed.map((sentence) => `missed: ${sentence}`),
        ...wronged.map((sentence) => `wronged: ${sentence} (${findBlame(sentence, english)[0]?.pattern.id})`),
      ].join('\n'),
    );
    expect(blaming.length + innocent.length).toBeGreaterThanOrEqual(120);
    expect(innocent.length).toBeGreaterThanOrEqual(60);
    expect(precision).toBeGreaterThanOrEqual(0.9);
    expect(recall).toBeGreaterThanOrEqual(0.9);
  });

  test('no sentence is in the list twice, and none is an example of a rule', () => {
    const all = [...blaming, ...innocent];
    expect(new Set(all).size).toBe(all.length);
    const examples = Object.values(blameExamples).flatMap(({ example, spares }) => [example, spares]);
    expect(all.filter((sentence) => examples.includes(sentence))).toEqual([]);
  });
});

describe('the rules', () => {
  test('there are at least 40, each with a name of its own', () => {
    expect(english.patterns.length).toBeGreaterThanOrEqual(40);
    expect(new Set(english.patterns.map(({ id }) => id)).size).toBe(english.patterns.length);
    expect(Object.keys(blameExamples)).toEqual(english.patterns.map(({ id }) => id));
  });

  test.each(Object.entries(blameExamples))(
    '%s points at its example, spares its look-alike, and rewords without blaming',
    (id, { example, spares }) => {
      const [found] = findBlame(example, english);
      expect(found?.pattern.id).toBe(id);
      expect(findBlame(spares, english)).toEqual([]);
      for (const words of [found?.what ?? '', found?.how ?? '']) {
        expect(words).not.toContain('{');
        expect(findBlame(words, english)).toEqual([]);
      }
      expect(found?.what).toMatch(/^What\b.*\?$/);
      expect(found?.how).toMatch(/^How\b.*\?$/);
    },
  );
});

describe('context', () => {
  test.each([
    ['The alert should have fired earlier.', false],
    ['They should have looked earlier.', true],
    ['<@U123|jonas> should have looked earlier.', true],
    ['Redis should have evicted the key.', false],
    ['The job failed to start.', false],
    ['Our newest engineer failed to start the job.', true],
    ['A change broke the login.', false],
    ['Ingrid broke the login.', true],
    ['She’d been asleep for an hour.', false],
    ['', false],
    ['git blame shows the line is from 2019.', false],
  ])('%s', (sentence, points) => {
    expect(isPointedAt(sentence)).toBe(points);
  });

  test('each sentence is found where it stands, however the text is laid out', () => {
    const text =
      'At 09:12 v1.2 went out. They should have waited.\n- Jonas forgot the mirror\n\n2) All was well.';
    const found = findBlame(text, english);
    expect(found.map(({ sentence }) => sentence)).toEqual([
      'They should have waited.',
      'Jonas forgot the mirror',
    ]);
    for (const { sentence, from, to } of found) expect(text.slice(from, to)).toBe(sentence);
    const [first, second] = found;
    const once = reworded(text, first!, first!.what).text;
    const twice = reworded(once, second!, second!.what).text;
    expect(twice).toBe(
      'At 09:12 v1.2 went out. Nobody had waited.\n- The mirror was missed\n\n2) All was well.',
    );
  });
});

test('no text crashes it or takes long, and what it finds is in the text', () => {
  const word = fc.constantFrom(
    ...'they should have could failed to forgot who why did if only Jonas the engineer was human error careful more . ? , \n - 80 % wrong by mistake'.split(
      ' ',
    ),
  );
  const text = fc.oneof(
    fc.string({ maxLength: 200, unit: 'binary' }),
    fc.array(word, { maxLength: 60 }).map((words) => words.join(' ')),
  );
  fc.assert(
    fc.property(text, (written) => {
      for (const { sentence, from, to } of findBlame(written, english)) {
        expect(written.slice(from, to)).toBe(sentence);
      }
    }),
    { numRuns: 3_000 },
  );
});

test('the guide shows the rules as they are', async () => {
  const path = new URL('../../docs/guide/blame-check.md', import.meta.url);
  const guide = guideOf();
  if (process.env.UPDATE_GUIDE) await writeFile(path, guide);
  expect(await readFile(path, 'utf8')).toBe(guide);
});

function guideOf(): string {
  const rules = english.patterns.map(({ id, what, how }) => {
    const { name, because, example, spares } = blameExamples[id]!;
    return `### ${name}\n\n${because}\n\n- Pointed at: “${example}”\n- Left alone: “${spares}”\n- Stays: ${staysOf(example)}\n- To ask: “${filledBy(example, what)}” or “${filledBy(example, how)}”\n`;
  });
  return [
    '# The blame check\n',
    'Before the words of a post-mortem or an answer in a retrospective reach other people, Evenkeel reads them for sentences that point at a person. Only whoever wrote one sees that: the sentence, what stays of it when nobody is pointed at, and two questions. **Use it** keeps what happened, with every number, time and name of a system, and has the question asked: in a post-mortem under contributing factors, in a retrospective in the same line. **Keep mine** keeps your words. It never holds anything back. You know your team and it knows only patterns; a sentence it points at may be the right one, and one it overlooks may hurt.\n',
    'It looks at the words around. “Should have” about an alert is a fact about the alert; about a colleague it is a verdict. As people count pronouns, mentions, roles such as “the reviewer” or “our team”, and names: words with a capital that are no system, product or day. “We” counts where it takes the place of “somebody should have”.\n',
    `The questions begin with *what* or *how*. *Why* asks people to justify themselves, *who* asks for a name; *what* and *how* ask them to remember.\n`,
    `Nothing leaves Evenkeel for this. The rules are a list in [english.ts](../../src/blame/english.ts); another language is another list. These are the ${english.patterns.length} of English:\n`,
    ...rules,
  ].join('\n');
}

/** What stays of its own example. */
const staysOf = (example: string): string => {
  const fact = findBlame(example, english)[0]?.fact;
  return fact ? `“${fact}”` : 'nothing; it is a verdict and nothing else';
};

/** What the check offers for its own example. */
function filledBy(example: string, template: string): string {
  const [found] = findBlame(example, english);
  return (template === found?.pattern.what ? found.what : found?.how) ?? template;
}

test('of a text without full stops only as much is looked at as a sentence is long, and the rest stays as it is', () => {
  const endless = 'Jonas forgot the migration and '.repeat(600);
  const [finding, ...others] = findBlame(endless, english);
  expect(others).toEqual([]);
  expect(finding!.to - finding!.from).toBeLessThanOrEqual(600);
  expect(
    reworded(endless, finding!, 'What helped?').text.trimEnd().endsWith(endless.slice(700).trimEnd()),
  ).toBe(true);
});
