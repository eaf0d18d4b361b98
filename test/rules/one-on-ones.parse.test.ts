// What stands after `/oneonone` and `/keel feedback`: read whole or not at all, and every refusal says what to type.

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseFeedback } from '../../src/rooms/one-on-ones/feedback.ts';
import { feedbackRefused } from '../../src/rooms/one-on-ones/feedback.views.ts';
import { type Command, parseCommand } from '../../src/rooms/one-on-ones/one-on-ones.parse.ts';
import { plainSentence, refused } from '../../src/rooms/one-on-ones/one-on-ones.refusals.ts';
import { rhythmInWords } from '../../src/rooms/one-on-ones/one-on-ones.ts';

/** A Monday. */
const now = Temporal.PlainDateTime.from('2026-11-16T09:00');
const parse = (text: string): Command => parseCommand(text, now);

const duarte = '<@U0DUARTE|duarte>';

/** The command in a line, for a table: `add U0DUARTE every second Tuesday at 10:00 as backend/report`. */
function inShort(command: Command): string {
  switch (command.kind) {
    case 'refused':
      return `refused ${command.problem.why}`;
    case 'add':
      return `add ${command.personId} ${rhythmInWords(command.rhythm)} as ${command.role}/${command.relation}`;
    case 'move':
      return `move ${command.personId} ${command.to ?? ''}`.trim();
    case 'held':
      return `held ${command.personId} ${command.day ?? ''}`.trim();
    case 'point':
      return `point ${command.personId} ${command.words ?? ''}`.trim();
    case 'skip':
      return `skip ${command.personId} ${command.why ?? ''}`.trim();
    case 'person':
    case 'change':
    case 'end':
    case 'add-form':
      return `${command.kind} ${command.personId ?? ''}`.trim();
    default:
      return command.kind;
  }
}

describe('/oneonone', () => {
  test.each([
    ['', 'overview'],
    ['  list ', 'overview'],
    ['HELP', 'help'],
    ['questions', 'questions'],
    [duarte, 'person U0DUARTE'],
    ['<@U0DUARTE>', 'person U0DUARTE'],
    ['add', 'add-form'],
    [`add ${duarte}`, 'add-form U0DUARTE'],
    [
      `add ${duarte} every 2 weeks tuesday 10:00`,
      'add U0DUARTE every second Tuesday at 10:00 as null/report',
    ],
    [
      `add every 2 weeks tuesday 10:00 ${duarte}`,
      'add U0DUARTE every second Tuesday at 10:00 as null/report',
    ],
    [
      `Add ${duarte} as a designer weekly friday 2pm`,
      'add U0DUARTE every Friday at 14:00 as designer/report',
    ],
    [`add ${duarte} weekly friday 2pm as manager`, 'add U0DUARTE every Friday at 14:00 as null/manager'],
    [
      `add ${duarte} as skip-level monthly first monday 9:00`,
      'add U0DUARTE on the first Monday of every month at 9:00 as null/skip-level',
    ],
    [
      `add ${duarte} fortnightly wed 9:30 as mentor`,
      'add U0DUARTE every second Wednesday at 9:30 as null/mentor',
    ],
    [
      `add ${duarte} quarterly last friday 15:00`,
      'add U0DUARTE on the last Friday of every quarter at 15:00 as null/report',
    ],
    [`change ${duarte}`, 'change U0DUARTE'],
    [`end ${duarte}`, 'end U0DUARTE'],
    [`point ${duarte} the conference budget`, 'point U0DUARTE the conference budget'],
    [
      `point ${duarte} ask <@U0LEYLA|leyla> about a &lt;b&gt; &amp; c`,
      'point U0DUARTE ask @leyla about a <b> & c',
    ],
    [`point ${duarte}`, 'point U0DUARTE'],
    [`held ${duarte}`, 'held U0DUARTE'],
    [`held ${duarte} yesterday`, 'held U0DUARTE 2026-11-15'],
    [`held ${duarte} last friday`, 'held U0DUARTE 2026-11-13'],
    [`move ${duarte}`, 'move U0DUARTE'],
    [`move ${duarte} thursday 15:00`, 'move U0DUARTE 2026-11-19T15:00:00'],
    [`move ${duarte} to tomorrow at 3pm`, 'move U0DUARTE 2026-11-17T15:00:00'],
    [`move ${duarte} friday 9.30`, 'move U0DUARTE 2026-11-20T09:30:00'],
    [`move ${duarte} 4 p.m. on friday`, 'move U0DUARTE 2026-11-20T16:00:00'],
    [`move ${duarte} friday at 9`, 'move U0DUARTE 2026-11-20T09:00:00'],
    [`move ${duarte} 16:30`, 'move U0DUARTE 2026-11-16T16:30:00'],
    [`skip ${duarte}`, 'skip U0DUARTE'],
    [`skip ${duarte} she is on leave`, 'skip U0DUARTE she is on leave'],
    ['dance', 'refused unknown-verb'],
    ['list all', 'refused unknown-verb'],
    ['point', 'refused who'],
    ['point nothing', 'refused who'],
    ['@nobody', 'refused unknown-person'],
    ['held @nobody', 'refused unknown-person'],
    ['add <!subteam^S1|@team> weekly friday 9:00', 'refused unknown-person'],
    [`add ${duarte} <@U0LEYLA|leyla> weekly friday 9:00`, 'refused two-people'],
    [`${duarte} tomorrow`, 'refused leftover'],
    [`end ${duarte} please`, 'refused leftover'],
    [`add ${duarte} tuesday 10:00`, 'refused rhythm'],
    [`add ${duarte} every 2 weeks tuesday`, 'refused rhythm'],
    [`add ${duarte} monthly tuesday 10:00`, 'refused rhythm'],
    [`add ${duarte} every day 10:00`, 'refused rhythm'],
    [`add ${duarte} every 40 weeks monday 10:00`, 'refused rhythm'],
    [`add ${duarte} backend weekly friday 10:00`, 'refused rhythm'],
    [`add ${duarte} weekly friday 10:00 as`, 'refused no-role'],
    [`held ${duarte} soon`, 'refused bad-day'],
    [`held ${duarte} 17 nov 2026`, 'refused future-day'],
    [`held ${duarte} 1 january 2026`, 'refused too-long-ago'],
    [`move ${duarte} thursday`, 'refused no-time'],
    [`move ${duarte} thursday 25:00`, 'refused no-such-time'],
    [`move ${duarte} smarch 15:00`, 'refused bad-day'],
    [`move ${duarte} sometime soon`, 'refused bad-moment'],
    [`move ${duarte} 30 feb 15:00`, 'refused no-such-day'],
    [`move ${duarte} 15 nov 15:00`, 'refused which-year'],
    [`held ${duarte} 17 nov`, 'refused which-year'],
    [`move ${duarte} today 8:00`, 'refused past-moment'],
    [`move ${duarte} 2028-01-01 8:00`, 'refused too-far'],
    [`point ${duarte} ${'x'.repeat(501)}`, 'refused too-long'],
    [`skip ${duarte} ${'x'.repeat(301)}`, 'refused too-long'],
    ['x'.repeat(5000), 'refused too-long'],
  ])('%s', (text, expected) => {
    expect(inShort(parse(text))).toBe(expected);
  });
});

/** Lines as people, phones and mischief make them: the grammar's own pieces, shuffled, and anything at all. */
const piece = fc.oneof(
  fc.constantFrom(
    ...[
      'add',
      'held',
      'move',
      'skip',
      'point',
      'end',
      'change',
      'help',
      'questions',
      'list',
      'as',
      'manager',
    ],
    ...[duarte, '<@U0LEYLA>', '<@|>', '<@U1', '@nobody', '<!channel>', '<#C1|team>', '<https://a.b|c>'],
    ...[
      'every',
      '2',
      'weeks',
      'weekly',
      'fortnightly',
      'monthly',
      'quarterly',
      'first',
      'last',
      'tuesday',
      'fri',
    ],
    ...[
      '10:00',
      '25:00',
      '3pm',
      '0am',
      'tomorrow',
      'yesterday',
      '29 feb',
      '2026-13-01',
      '—',
      '“x',
      '&lt;',
      '&amp;amp;',
    ],
  ),
  fc.string({ unit: 'binary', maxLength: 12 }),
);
const nearlyRight = fc
  .tuple(
    fc.constantFrom(
      `add ${duarte} as designer every 2 weeks tuesday 10:00`,
      `move ${duarte} thursday 15:00`,
      `held ${duarte} yesterday`,
      `skip ${duarte} leave`,
    ),
    fc.array(piece, { maxLength: 1 }),
  )
  .map(([whole, more]) => [whole, ...more].join(' '));
const line = fc.oneof(
  { weight: 4, arbitrary: fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(' ')) },
  { weight: 1, arbitrary: nearlyRight },
);

test('a refusal says back what was typed as it was typed, in a message and under a field', () => {
  const command = parse(`add ${duarte} weekly tuesday 10:00 a &lt;b&gt; &amp; c`);
  if (command.kind !== 'refused') throw new Error(command.kind);
  // Escaped once, which Slack undoes.
  expect(refused(command.problem).text).toContain('“a &lt;b&gt; &amp; c”');
  const field = plainSentence({ why: 'rhythm', trouble: 'not-understood', words: 'a <b> & c' });
  expect(field).toContain('“a <b> & c”');
  expect(field).not.toContain('`');
});

test('10,000 lines: each is understood or refused, and every refusal says what to do and fits Slack', () => {
  const seen = new Set<string>();
  fc.assert(
    fc.property(line, (text) => {
      const command = parse(text);
      seen.add(command.kind);
      if (command.kind !== 'refused') return;
      const said = refused(command.problem);
      expect(said.text).toMatch(/^Nothing changed\. /);
      expect(said.text.length).toBeLessThan(800);
      // An example to type, or a plain instruction.
      expect(said.text).toMatch(
        /`\/?[^`]+`|Type @|Choose|Say it shorter|Send a line|Note something|Give one word/,
      );
      expect(said.text).not.toMatch(/<[@!#]/);
    }),
    { numRuns: 10_000 },
  );
  for (const kind of ['overview', 'person', 'add', 'held', 'move', 'skip', 'point', 'refused', 'help']) {
    expect(seen).toContain(kind);
  }
});

test('10,000 lines after /keel feedback', () => {
  fc.assert(
    fc.property(line, (text) => {
      const command = parseFeedback(text);
      if (command.kind === 'form') expect(command.personId).toMatch(/^[UW][A-Z0-9]+$/);
      if (command.kind !== 'refused') return;
      const said = feedbackRefused(command);
      expect(said.text).toMatch(/Type @|opens a form/);
      expect(said.text).not.toMatch(/<[@!#]/);
    }),
    { numRuns: 10_000 },
  );
});

test('what is added is said back in words that read as the same again', () => {
  const rhythms = fc.tuple(
    fc.constantFrom(
      'weekly',
      'every 2 weeks',
      'every 3 weeks',
      'monthly first',
      'monthly last',
      'quarterly second',
    ),
    fc.constantFrom('monday', 'tue', 'wednesday', 'thurs', 'friday'),
    fc.integer({ min: 0, max: 23 }),
    fc.integer({ min: 0, max: 59 }),
  );
  fc.assert(
    fc.property(rhythms, ([often, day, hour, minute]) => {
      const time = `${hour}:${String(minute).padStart(2, '0')}`;
      const first = parse(`add ${duarte} ${often} ${day} ${time}`);
      if (first.kind !== 'add') throw new Error(`${often} ${day} ${time} was refused`);
      const again = parse(`add ${duarte} ${rhythmInWords(first.rhythm)}`);
      expect(again).toEqual(first);
    }),
    { numRuns: 500 },
  );
});
