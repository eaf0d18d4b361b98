// What stays of a sentence when nobody is pointed at any more: word for word, for all sentences of the corpus, and for new ones.

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { findBlame, reworded } from '../../src/blame/blame.ts';
import { english } from '../../src/blame/english.ts';
import { blameExamples } from './blame.examples.ts';
import { blaming } from './blame.sentences.ts';

const factOf = (sentence: string): string | undefined => findBlame(sentence, english)[0]?.fact;

describe('the fact stays and the blame goes', () => {
  test.each([
    [
      '500s for 25 minutes because Jonas forgot the migration.',
      '500s for 25 minutes because the migration was missed.',
    ],
    [
      'Between 09:12 and 09:37 about 4 % of orders failed because Maren pushed the wrong config to orders-db.',
      'Between 09:12 and 09:37 about 4 % of orders failed because the wrong config was pushed to orders-db.',
    ],
    [
      'Latency doubled (from 80 ms to 160 ms) because our newest developer failed to add an index.',
      'Latency doubled (from 80 ms to 160 ms) because no index was added.',
    ],
    [
      'If Jonas had checked the dashboard at 09:15, we would have saved 20 minutes.',
      'If the dashboard had been checked at 09:15, we would have saved 20 minutes.',
    ],
    ['Why did Ravi deploy v5 on Friday at 17:00?', 'v5 was deployed on Friday at 17:00.'],
    ['The API was down for 2h; this is on the platform team.', 'The API was down for 2h.'],
    [
      'The root cause was that Duarte did not run the tests.',
      'One contributing factor was that the tests were not run.',
    ],
    ['Marta panicked and restarted all 9 nodes at 02:20.', 'All 9 nodes were restarted at 02:20.'],
    ['Redis was flushed by Sam without asking.', 'Redis was flushed without asking.'],
    ['Careless of Tom to leave port 5432 open.', 'Port 5432 was left open.'],
    ['The rollout was done carelessly on a Friday afternoon.', 'The rollout was done on a Friday afternoon.'],
    ['Somebody on the platform team should really have seen the growth.', 'The growth was not seen.'],
    [
      'He hit enter without looking at the host name.',
      'What happened: enter was hit without looking at the host name.',
    ],
    ['What were they thinking?', ''],
    ['What were they thinking at 09:12?', 'At 09:12.'],
    ['It is the same person every time.', ''],
  ])('%s', (sentence, fact) => {
    expect(factOf(sentence)).toBe(fact);
  });
});

describe('of every sentence the check knows', () => {
  const known = [...blaming, ...Object.values(blameExamples).map(({ example }) => example)].filter(
    (sentence) => factOf(sentence) !== undefined,
  );

  test('what stays points at nobody, is a sentence, and names nobody who was pointed at', () => {
    expect(known.length).toBeGreaterThan(150);
    for (const sentence of known) {
      const fact = factOf(sentence)!;
      expect([sentence, findBlame(fact, english)]).toEqual([sentence, []]);
      expect(fact).not.toMatch(/^\p{Ll}|\s{2}|\s[,.;]|[,;]\.|\b(?:was|were|because|and)\s*\.?$/u);
    }
  });

  test('most of them still say what happened', () => {
    const verdicts = known.filter((sentence) => factOf(sentence) === '');
    console.log(
      `${known.length} sentences, ${verdicts.length} of them verdicts and nothing else:\n${verdicts.join('\n')}`,
    );
    expect(verdicts.length / known.length).toBeLessThan(0.2);
  });
});

/** Facts as people write them, each of which has to be read again afterwards. */
const hard = fc.oneof(
  fc.integer({ min: 2, max: 99_999 }).map((count) => `${count} orders`),
  fc.integer({ min: 1, max: 100 }).map((share) => `${share} % of reads`),
  fc
    .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
    .map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')} UTC`),
  fc.constantFrom(
    '“orders-db”',
    '`payments`',
    '"eu-west-1"',
    'v2.3.1',
    'checkout_api',
    'https://status.example.com/42',
    '500s',
    'the API',
  ),
);
const lead = fc.constantFrom('', 'errors with ', 'trouble in ', 'a gap of ', 'slow reads, ');
const tie = fc.constantFrom(' because ', ', since ', '; ', ': ', ' and ', '. ');
const core = fc.oneof(
  fc.constantFrom(...blaming, ...Object.values(blameExamples).map(({ example }) => example)),
  // Wordings that are in no list.
  fc
    .tuple(
      fc.constantFrom(
        'Ingrid',
        'Tariq',
        'our newest engineer',
        'the reviewer',
        'somebody',
        '<@U0456>',
        'she',
        'the ops team',
      ),
      fc.constantFrom(
        'should have drained',
        'should not have resized',
        'forgot to rotate',
        'forgot',
        'failed to mention',
        'overlooked',
        'ignored',
        'broke',
        'never checked',
        'did not test',
        'accidentally truncated',
        'didn’t bother to archive',
        'refused to scale',
        'neglected',
        'was supposed to seed',
      ),
      fc.constantFrom(
        'the ledger',
        'both shards',
        'three of the pods',
        'a canary',
        'metrics',
        'it',
        'the size of the batch',
      ),
      fc.constantFrom('', ' at 03:14', ' for 12 minutes', ' on “web-7”', ' before the freeze', ' again'),
    )
    .map((words) => `${words.slice(0, 3).join(' ')}${words[3]}.`),
);

test('every number, time and quoted name stays, wherever it stands', () => {
  fc.assert(
    fc.property(lead, hard, tie, core, (before, fact, between, blamed) => {
      const text = `We saw ${before}${fact}${between}${blamed}`;
      let now = text;
      for (let rounds = 0; rounds < 4; rounds += 1) {
        const [found] = findBlame(now, english);
        if (!found) break;
        now = reworded(now, found, found.what).text;
      }
      expect(findBlame(now, english)).toEqual([]);
      // Outside the blaming part, word for word.
      expect(now).toContain(`We saw ${before}${fact}`);
      // And inside it.
      for (const said of blamed.replace(/<@\w+>/, '').match(/[“`"][^”`"]+[”`"]|\d[\d:.]*/g) ?? [])
        expect(now).toContain(said);
    }),
    { numRuns: 300 },
  );
});

describe('in its text', () => {
  const [verdict] = findBlame('What were they thinking?', english);
  test.each([
    ['The site was down. What were they thinking?', 'The site was down.'],
    ['What were they thinking? The site was down.', 'The site was down.'],
    [
      '- The site was down\n- What were they thinking?\n- It came back',
      '- The site was down\n- It came back',
    ],
    ['The site was down.\nWhat were they thinking?', 'The site was down.'],
    ['What were they thinking?\nThe site was down.', 'The site was down.'],
  ])('a sentence of which nothing stays leaves no hole: %j', (text, left) => {
    const [found] = findBlame(text, english);
    expect(reworded(text, found!, found!.what)).toEqual({ text: left, ask: found!.what });
  });

  test('where it is all there is, the question takes its place', () => {
    expect(reworded('What were they thinking?', verdict!, verdict!.what)).toEqual({
      text: 'What was known at that moment?',
      ask: undefined,
    });
  });

  test('one that isn’t there any more changes nothing', () => {
    expect(reworded('something else', verdict!, 'x')).toEqual({ text: 'something else', ask: undefined });
  });
});
