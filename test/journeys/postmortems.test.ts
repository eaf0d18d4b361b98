// One incident, five people in three time zones: from the first line to the document for customers, as everybody reads it.

import { beforeAll, expect } from '@jest/globals';
import type { Person } from '../../sandbox/slack/index.ts';
import { asAdministrator } from '../support/database.ts';
import { fiveIn, useGuide } from '../support/guide.ts';
import { useHouse } from '../support/house.ts';
import { test } from '../support/story.ts';

const house = useHouse({ at: '2026-11-18T08:50', slack: fiveIn('incidents', 'When something burns') });
const { chapter, shows, says } = useGuide(
  'post-mortems.md',
  'A post-mortem with Evenkeel',
  'One incident, from its first line to the document for customers, word for word. Maren leads; she, Jonas and Leyla are in Berlin, Shanice in New York, Aroha in Auckland. In Slack everybody sees times in their own zone; here they are Maren’s. This page is written by the test that plays it.',
);

let maren: Person;
let jonas: Person;
let leyla: Person;
let shanice: Person;
let aroha: Person;
beforeAll(() => {
  const { slack } = house.current;
  maren = house.current.lead;
  [jonas, leyla, shanice, aroha] = ['jonas', 'leyla', 'shanice', 'aroha'].map((name) =>
    slack.person(name),
  ) as [Person, Person, Person, Person];
});

/** What the bot posted for everybody, oldest first. */
const canvas = (person: Person, where = 'incidents') =>
  person.conversation(where).filter(({ ephemeral, raw }) => !ephemeral && 'bot_id' in raw);
/** One of the five messages, by words in it. */
const partWith = (words: string) => {
  const found = canvas(maren).find(({ text }) => text.includes(words));
  if (!found)
    throw new Error(
      `No message says "${words}": ${canvas(maren)
        .map(({ text }) => text)
        .join('\n---\n')}`,
    );
  return found;
};
/** Opens the editor of a section, writes into it and saves. */
const writes = async (who: Person, section: string, words: string) => {
  await who.clicks(`pm.section:${section}`, { in: partFor(section) });
  await who.submits({ 'words-0': words });
};
const partFor = (section: string) =>
  partWith(
    ['summary', 'impact', 'trigger', 'detection', 'resolution'].includes(section)
      ? 'What happened\n'
      : section === 'ideas'
        ? 'What follows'
        : 'What we learned',
  ).ts;

test('while it burns, the channel talks', async () => {
  const { goTo } = house.current;
  await goTo('2026-11-18T09:14');
  await leyla.types('Customers cannot pay, support has eleven tickets', { in: 'incidents' });
  await goTo('2026-11-18T09:31');
  await jonas.types('Rolled back to yesterday’s build, error rate falls', { in: 'incidents' });
  await goTo('2026-11-18T10:30');
});

const posted = (person: Person) =>
  person
    .dm()
    .filter(({ ephemeral, raw }) => !ephemeral && 'bot_id' in raw)
    .map(({ text }) => text);

test('it is started with one line, in private, and shared when it is ready', async () => {
  const { goTo } = house.current;
  chapter('Starting it');
  const line =
    '/postmortem checkout was down, sev1, 09:12-09:37 today, detected 09:14, services checkout, with @jonas';
  await maren.types(line);
  shows(`Maren types \`${line}\``, maren.sees());
  await goTo('2026-11-18T10:31');
  const dm = maren.dm().filter(({ ephemeral, raw }) => !ephemeral && 'bot_id' in raw);
  expect(dm.map(({ threadTs }) => threadTs)).toEqual([undefined, ...Array(4).fill(dm[0]?.ts)]);
  shows('In her DM, with four more messages in its thread:', dm[0]!.text);
  // Nothing of it in what a lock screen shows.
  for (const { raw } of dm) expect(String(raw.text)).toMatch(/^PM-1, private: [a-z ]+\.$/);

  await maren.types('/postmortem note 08:55 config change for the new payment limits goes out');
  shows(
    '`/postmortem note 08:55 config change for the new payment limits goes out`',
    maren.sees().split('\n\n')[0]!,
  );
  await maren.types('/postmortem note 09:20 they should have checked the config before the rollout');
  expect(maren.sees()).toContain('they should have checked');

  chapter('Sharing it');
  await maren.clicks('Share or invite');
  await maren.submits({ channel: 'incidents' });
  shows(
    'Nobody has read it yet. Maren presses *Share or invite* and chooses #incidents; before that happens:',
    maren.modal()!.text,
  );
  await maren.clicks('Use it');
  await maren.submits({ channel: 'incidents' });
  expect(maren.sees()).toContain('PM-1 goes to #incidents.');
  await goTo('2026-11-18T10:33');
  const [overview, ...replies] = canvas(maren);
  expect(replies.map(({ threadTs }) => threadTs)).toEqual(Array(4).fill(overview?.ts));
  shows('In #incidents:', overview!.text);
  shows('And in its thread, for example:', replies[2]!.text);
  expect(posted(maren)[0]).toContain('PM-1 stands in #incidents now');
});

test('the timeline is filled from three time zones, by command and from messages', async () => {
  chapter('The timeline');
  // Quarter past three at night in New York, half past nine in the evening in Auckland.
  await shanice.types('/postmortem note 03:16 America/New_York paged, payment errors at 40 %', {
    in: 'incidents',
  });
  await aroha.types('/postmortem note 21:24 found the limit in the new config', { in: 'incidents' });
  expect(aroha.sees()).toContain('9:24 PM');
  await leyla.types('/postmortem note 23:00 yesterday config change reviewed', { in: 'incidents' });

  const talk = leyla.conversation('incidents').find(({ text }) => text.startsWith('Customers cannot pay'))!;
  await leyla.usesShortcut('postmortem_timeline', talk.ts);
  shows(
    'Leyla opens the menu of her message from 09:14 and chooses *Add to the timeline*:',
    leyla.modal()!.text,
  );
  await leyla.submits();
  const rollback = jonas.conversation('incidents').find(({ text }) => text.startsWith('Rolled back'))!;
  await jonas.usesShortcut('postmortem_timeline', rollback.ts);
  await jonas.submits();
  const timeline = partWith('Timeline\n').text;
  shows('Everybody sees it in their own time; for Maren:', timeline);
  const order = [
    'config change reviewed',
    'config change for',
    'Customers cannot pay',
    'paged',
    'the config was not checked',
    'found the limit',
    'Rolled back',
  ];
  expect(order.map((words) => timeline.indexOf(words))).toEqual(
    order.map((words) => timeline.indexOf(words)).toSorted((one, other) => one - other),
  );
  expect(timeline).not.toContain('-1');
  expect(JSON.stringify(partWith('Timeline\n').raw)).toContain(`/p${rollback.ts.replace('.', '')}`);

  // A line that points at somebody waits for a decision.
  await jonas.types('/postmortem note 09:05 Leyla forgot to tell support', { in: 'incidents' });
  shows('`/postmortem note 09:05 Leyla forgot to tell support`', jonas.sees());
  expect(partWith('Timeline\n').text).not.toContain('Leyla forgot');
  await jonas.clicks('Edit');
  await jonas.submits({ 'words-0': 'support hears of the change from customers' });
  expect(partWith('Timeline\n').text).toContain('support hears of the change from customers');
  await jonas.types('/postmortem note 09:06 nothing', { in: 'incidents' });
  await jonas.clicks('Undo');
  expect(partWith('Timeline\n').text).not.toContain('nothing');
  await jonas.clicks('Put it back');
  expect(partWith('Timeline\n').text).toContain('nothing');
  await jonas.clicks('Change a line', { in: partWith('Timeline\n').ts });
  const lines = (jonas.modal()!.raw as { blocks: { accessory: { options: { text: { text: string } }[] } }[] })
    .blocks[0]!.accessory.options;
  await jonas.selects('pm.entry-chosen', lines.find(({ text }) => text.text.includes('nothing'))!.text.text);
  await jonas.clicks('Take it out');
  await jonas.closes({ all: true });
  expect(partWith('Timeline\n').text).not.toContain('nothing');
});

test('sections are written by whoever was there; two at once lose nothing', async () => {
  chapter('Writing it');
  await writes(
    maren,
    'summary',
    'A change to payment limits set the limit for cards to 0. For 25 minutes no card payment went through. Rolling back ended it.',
  );
  await writes(
    leyla,
    'impact',
    'About 1,400 card payments failed between 09:12 and 09:37. Bank transfers were not affected.',
  );
  await writes(jonas, 'trigger', 'The new limits went live at 08:55; caches ran out at 09:12.');

  await jonas.clicks('pm.section:detection', { in: partFor('detection') });
  await jonas.submits({
    'words-0':
      'Support called us. Shanice failed to notice the alert for 12 minutes.\nThe alert on payment errors fired at 09:16.',
  });
  shows('Jonas writes about the detection, and presses *Save*:', jonas.modal()!.text);
  await jonas.clicks('Use it');
  expect(jonas.modal()!.text).not.toContain('points at people');
  await jonas.submits();
  expect(jonas.sees()).toContain('The question stands under contributing factors.');
  expect(partWith('What happened\n').text).toContain(
    'Support called us. The alert was not noticed for 12 minutes.\nThe alert on payment errors fired at 09:16.',
  );
  // What the check asks waits where whoever looks for causes reads it.
  expect(partWith('What we learned\n').text).toContain(
    'What would have made it natural to have checked the config before the rollout?\nWhat made it hard to notice the alert for 12 minutes?',
  );
  shows(
    'What happened stands there, the check’s two questions wait under contributing factors, and the timeline reads:',
    partWith('Timeline\n').text,
  );
  await aroha.clicks('pm.section:factors', { in: partFor('factors') });
  shows(
    'Aroha opens the contributing factors, reads the questions, and writes the answers in their place:',
    aroha.modal()!.text,
  );
  await aroha.closes({ all: true });

  await writes(aroha, 'factors', 'Limits are not validated.\nThe alert needs five minutes of errors.');
  // Shanice and Leyla open the same section at the same time.
  await shanice.clicks('pm.section:lucky', { in: partFor('lucky') });
  await leyla.clicks('pm.section:lucky', { in: partFor('lucky') });
  await shanice.submits({ 'words-0': 'Aroha was still awake.' });
  await leyla.submits({ 'words-0': 'The sale had ended the evening before.' });
  shows(
    'Shanice and Leyla had opened the same section; Shanice was the first to save, and Leyla reads:',
    leyla.modal()!.text,
  );
  await leyla.clicks('Put mine below theirs');
  await leyla.submits();
  expect(partWith('What we learned\n').text).toContain(
    'Aroha was still awake.\nThe sale had ended the evening before.',
  );
  // Earlier versions are kept, and can be brought back.
  await leyla.clicks('pm.section:lucky', { in: partFor('lucky') });
  await leyla.clicks('Earlier versions');
  expect(leyla.modal()!.text).toMatch(/Version 2[\s\S]*Version 1[\s\S]*Bring back/);
  await leyla.clicks('Bring back');
  await leyla.closes({ all: true });
  expect(partWith('What we learned\n').text).not.toContain('The sale had ended');
  await leyla.clicks('pm.section:lucky', { in: partFor('lucky') });
  await leyla.clicks('Earlier versions');
  await leyla.clicks('Bring back', { nth: 0 });
  await leyla.closes({ all: true });
  expect(partWith('What we learned\n').text).toContain('The sale had ended');

  // The writer may keep every word.
  await shanice.clicks('pm.section:badly', { in: partFor('badly') });
  await shanice.submits({
    'words-0': 'I forgot that the dashboard shows UTC, and looked at the wrong hour.',
  });
  await shanice.clicks('Keep mine');
  await shanice.submits();
  expect(partWith('What we learned\n').text).toContain('I forgot that the dashboard shows UTC');
  await writes(maren, 'resolution', 'The rollback at 09:31; caches were warm again at 09:37.');
  await writes(maren, 'surprises', 'A limit of 0 means “nothing”, not “no limit”.');
  await writes(maren, 'well', 'Five people in three zones found each other within ten minutes.');
  shows('The thread, an hour later:', partWith('What we learned\n').text);
});

test('the review is planned, the draft comes a day ahead, and what follows has an owner and a date', async () => {
  const { goTo } = house.current;
  chapter('The review');
  await maren.clicks('Edit the facts', { in: canvas(maren)[0]!.ts });
  await maren.submits({ facilitator: 'leyla' });
  await maren.clicks('Plan the review', { in: canvas(maren)[0]!.ts });
  await maren.submits({ day: '2026-11-20', time: '15:00' });
  shows('Maren plans the review for Friday at 15:00:', maren.sees().split('\n\n')[0]!);
  await goTo('2026-11-19T14:59');
  expect(canvas(maren)).toHaveLength(5);
  await goTo('2026-11-19T15:00');
  expect(canvas(maren)).toHaveLength(6);
  shows('On Thursday at 15:00, in the thread:', canvas(maren).at(-1)!.text);
  await maren.clicks('Send for review', { in: canvas(maren)[0]!.ts });
  expect(canvas(maren)[0]!.text).toContain('in review');

  await goTo('2026-11-20T15:40');
  await leyla.clicks('Add one', { in: partWith('What follows').ts });
  await leyla.submits({ 'words-0': 'Engineers must be more careful with limits', who: 'aroha' });
  shows('Leyla writes down what will be done:', leyla.modal()!.text);
  await leyla.submits({ 'words-1': 'The limits page refuses 0' });
  await leyla.clicks('Add one', { in: partWith('What follows').ts });
  await leyla.submits({
    'words-0': 'Alert on payment errors after one minute',
    who: 'shanice',
    due: '2026-12-01',
  });
  await writes(leyla, 'ideas', 'Show limits as they will apply before they go live.');
  shows('After the review:', partWith('What follows').text);
  await leyla.clicks('It is reviewed', { in: canvas(leyla)[0]!.ts });
  expect(canvas(maren)[0]!.text).toContain('reviewed');
  await maren.clicks('Close it', { in: canvas(maren)[0]!.ts });
  expect(canvas(maren)[0]!.text).toContain('closed');
});

test('the next one, four weeks later, names who could facilitate and finds the first again', async () => {
  const { goTo } = house.current;
  chapter('The next one');
  await goTo('2026-12-14T11:00');
  const line = '/postmortem checkout was slow, sev2, 10:05-10:40 today, services checkout, with @aroha, here';
  await maren.types(line, { in: 'incidents' });
  shows(`\`${line}\``, maren.sees());
  await maren.clicks('Ask them to');
  await goTo('2026-12-14T11:02');
  await maren.clicks('pm.section:factors', {
    in: canvas(maren).findLast(({ text }) => text.startsWith('What we learned'))!.ts,
  });
  await maren.submits({ 'words-0': 'A limit again.', factors: ['configuration', 'detection'] });
  // The sorts of factors were not ticked in the first; a closed one can still be corrected.
  await maren.clicks('pm.section:factors', { in: partFor('factors') });
  await maren.submits({ factors: ['configuration'] });

  await maren.types('/postmortem trends', { in: 'incidents' });
  shows('`/postmortem trends`', maren.sees());
  await shanice.types('/postmortem search card limit', { in: 'incidents' });
  shows('`/postmortem search card limit`', shanice.sees());
  await maren.types('/postmortem list', { in: 'incidents' });
  shows('`/postmortem list`', maren.sees());
  expect(maren.sees()).toMatch(/Open[\s\S]*PM-2[\s\S]*Closed[\s\S]*PM-1/);
});

test('nobody from outside the channel finds or opens it', async () => {
  const bikash = house.current.slack.person('bikash');
  await bikash.types('/postmortem list');
  expect(bikash.sees()).toContain('There is no post-mortem here yet.');
  await bikash.types('/postmortem show PM-1');
  expect(bikash.sees()).toContain('I know no PM-1 that is yours to open.');
  await bikash.types('/postmortem search card');
  expect(bikash.sees()).toContain('Nothing here says');
});

test('as Markdown it reads as a document for customers: no mentions, no links, in order', async () => {
  chapter('As a document');
  await maren.types('/postmortem export PM-1', { in: 'incidents' });
  const { raw } = maren.conversation('incidents').at(-1)!;
  const document = (raw.blocks as { text?: { text: string } }[])
    .map((block) => /^```([\s\S]*)```$/.exec(block.text?.text ?? '')?.[1])
    .filter((piece) => piece !== undefined)
    .join('\n')
    .replaceAll('&gt;', '>')
    .replaceAll('&lt;', '<')
    .replaceAll('&amp;', '&');
  says(
    '`/postmortem export PM-1`, or *As Markdown*, gives this:',
    `\`\`\`\`markdown\n${document.trim()}\n\`\`\`\``,
  );
  expect(document).toMatch(/^# checkout was down\n/);
  for (const name of ['slack.com', '<@', 'U0']) expect(document).not.toContain(name);
  const headings = [...document.matchAll(/^## (.*)$/gm)].map(([, title]) => title);
  expect(headings).toEqual([
    'Summary',
    'Impact',
    'Trigger',
    'Detection',
    'Resolution',
    'Timeline',
    'Contributing factors',
    'What surprised us',
    'What went well',
    'What went badly',
    'Where we were lucky',
    'What we are doing about it',
  ]);
});

test('what is in the database is unreadable', async () => {
  const name = new URL(house.current.database.url).pathname.slice(1);
  const { rows } = await asAdministrator(
    `select to_jsonb(t)::text as row from postmortems t union all select to_jsonb(t)::text from postmortem_sections t union all select to_jsonb(t)::text from postmortem_entries t`,
    name,
  );
  expect(rows.length).toBeGreaterThan(15);
  for (const { row } of rows) expect(row).not.toMatch(/payment|card|was down|olled back/);
});
