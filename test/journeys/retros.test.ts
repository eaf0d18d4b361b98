// Three retrospectives of five people in three time zones, and one that was skipped: what everybody reads, word for word.

import { beforeAll, describe, expect } from '@jest/globals';
import type { Person } from '../../sandbox/slack/index.ts';
import { fiveIn, useGuide } from '../support/guide.ts';
import { useHouse } from '../support/house.ts';
import { test } from '../support/story.ts';

const house = useHouse({
  at: '2026-11-16T09:00',
  slack: fiveIn('team-platform', 'The platform team at work'),
});
const { chapter, shows, says } = useGuide(
  'retrospectives.md',
  'Looking back with Evenkeel',
  'Three retrospectives of one team, and one that was skipped, word for word. Maren leads; she, Jonas and Leyla are in Berlin, Shanice in New York, Aroha in Auckland. Times are Maren’s. This page is written by the test that plays it.',
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

const said = () => maren.conversation('team-platform').filter(({ ephemeral }) => !ephemeral);
const posts = () => said().filter(({ threadTs }) => threadTs === undefined);
const thread = () => said().filter(({ threadTs }) => threadTs !== undefined);
/** What somebody answers: a line of points for each question. */
const answer = async (who: Person, ...points: string[]) => {
  await who.clicks('Answer, 2 minutes');
  await who.submits(Object.fromEntries(points.map((text, question) => [`question_${question}`, text])));
};
/** Votes for the points that begin like this. */
const vote = async (who: Person, ...beginnings: string[]) => {
  await who.clicks('Vote');
  const { blocks } = who.modal()!.raw as {
    blocks: { element?: { option_groups: { options: { text: { text: string }; value: string }[] }[] } }[];
  };
  const options = (blocks[0]?.element?.option_groups ?? []).flatMap((group) => group.options);
  const values = beginnings.map((beginning) => {
    const found = options.find(({ text }) => text.text.startsWith(beginning));
    if (!found)
      throw new Error(
        `No point begins with "${beginning}": ${options.map(({ text }) => text.text).join(', ')}`,
      );
    return found.value;
  });
  await who.submits({ choices: values });
};

describe('setting up', () => {
  test('one line sets up a rhythm, and everything about it is said back', async () => {
    chapter('Setting it up');
    await maren.types('/keel settings');
    await maren.submits({ holiday_region: 'DE-BE' });
    const typed = '/retro in #team-platform every 2 weeks friday 14:00 anonymous';
    await maren.types(typed);
    expect(maren.sees()).toContain('#team-platform looks back every second Friday at 14:00');
    expect(maren.sees()).toContain('A different format each time');
    shows(`**Maren** types \`${typed}\` and reads:`, maren.sees());
    expect(said()).toEqual([]);
  });
});

describe('the first one', () => {
  test('it opens on its hour, until the next working day’s evening in the latest zone', async () => {
    chapter('The first one: anonymous');
    await house.current.goTo('2026-11-20T14:00');
    expect(posts()).toHaveLength(1);
    // Friday afternoon in Berlin: Monday 17:00 in New York is 23:00 in Berlin.
    expect(posts()[0]?.text).toContain('open until Monday, November 23 at 11:00 PM');
    expect(posts()[0]?.text).toContain('Answers are anonymous');
    shows('On Friday at 14:00, in **#team-platform**:', posts()[0]?.text ?? '');
    await shanice.clicks('Answer, 2 minutes');
    shows('**Shanice** presses *Answer* and sees a form:', shanice.modal()?.text ?? '');
    await shanice.submits({ question_0: '', question_1: '', question_2: '' });
    expect(shanice.modal()?.text).toContain('One line anywhere is enough');
    await shanice.submits({
      question_0: 'Pairing across the ocean\n- The on-call handover',
      question_1: 'Reviews wait for days',
    });
    expect(shanice.sees()).toContain('It is in, without your name');
    shows('She sends it, and only she reads:', shanice.sees().split('\n\n')[0] ?? '');
    says(
      'A line that points at somebody comes back to whoever wrote it before anybody else reads it: what happened stays, with a question in place of the name, or it stays as it is. [The blame check](blame-check.md) says which lines those are.',
      'What was said can be taken out. While it is open, whoever wrote a line without a name takes it back by typing it once more, and with names empties their answer; afterwards *Take a point out* is there for whoever leads, and for what carries one’s own name. It is gone for good, from the thread and the summary too.',
    );
  });

  test('the count grows without names, and the only nudge goes to everybody', async () => {
    await answer(
      jonas,
      'Pairing across the ocean helped',
      'Waiting for reviews takes days',
      'One review hour a day',
    );
    await answer(leyla, '', 'The pipeline fails for no reason', 'Fix the flaky pipeline first');
    await house.current.goTo('2026-11-23T09:30');
    expect(posts()).toHaveLength(2);
    expect(posts()[0]?.text).toContain('3 have answered');
    shows('On Monday morning, once:', posts()[1]?.text ?? '');
    for (const name of ['maren', 'jonas', 'leyla', 'shanice', 'aroha'])
      expect(posts()[1]?.text).not.toContain(`@${name}`);
    await answer(aroha, 'The on-call handover', 'A flaky pipeline\nNobody knows who is on call at my night');
    await answer(maren, '', 'Days of waiting for reviews');
    expect(posts()[0]?.text).toContain('5 have answered');
  });

  test('it closes in its thread, with what was said by question and near duplicates put together', async () => {
    await house.current.goTo('2026-11-24T09:00');
    expect(thread()).toHaveLength(2);
    expect(thread()[0]?.text).toContain('5 people answered');
    expect(thread()[1]?.text).toContain('put together');
    shows(
      'At the hour it closes, and its thread says:',
      thread()
        .map(({ text }) => text)
        .join('\n'),
    );
    await jonas.clicks('Start the vote');
    expect(jonas.sees()).toContain('@maren leads this one and does that');
    await jonas.clicks('Answer', { in: posts()[1]?.ts ?? '' });
    expect(jonas.sees()).toContain('This one is closed');
    await maren.clicks('Put together or take apart');
    shows('**Maren** checks what was put together:', maren.modal()?.text ?? '');
    const { blocks } = maren.modal()!.raw as {
      blocks: {
        block_id?: string;
        element?: { option_groups?: { options: { text: { text: string }; value: string }[] }[] };
      }[];
    };
    const offered =
      blocks
        .find(({ block_id }) => block_id === 'together')
        ?.element?.option_groups?.flatMap(({ options }) => options) ?? [];
    const pipeline = offered.filter(({ text }) => /pipeline/i.test(text.text)).map(({ value }) => value);
    await maren.submits({ together: pipeline.slice(0, 1) });
    expect(maren.modal()?.text).toContain('Choose two or more');
    await maren.submits({ together: pipeline.slice(0, 2) });
    expect(maren.sees()).toContain('Sorted anew');
    await maren.clicks('Start the vote');
  });

  test('three votes each, and nobody is counted twice', async () => {
    shows('She starts the vote; the thread now reads:', thread()[1]?.text ?? '');
    await vote(shanice, 'Reviews wait', 'A flaky pipeline');
    await vote(jonas, 'Reviews wait');
    await vote(leyla, 'A flaky pipeline');
    await vote(aroha, 'Nobody knows', 'Reviews wait', 'A flaky pipeline');
    await aroha.clicks('Vote');
    expect(aroha.sees()).toContain('You have voted');
    await vote(maren, 'Nobody knows', 'Reviews wait');
    await maren.clicks('Close the vote');
    await house.current.goTo('2026-11-24T12:00');
    expect(thread().at(-1)?.text).toContain('4 votes · Reviews wait for days');
    shows('When the vote is over:', thread().at(-1)?.text ?? '');
  });

  test('at most three are taken on, each with an owner and a day, and the thread sums it up', async () => {
    await maren.clicks('Choose what we take on');
    shows('**Maren** opens the form:', maren.modal()?.text ?? '');
    await maren.submits({ what_0: 'Reviews answered within a day' });
    expect(maren.modal()?.text).toContain('One person takes it on');
    await maren.submits({
      what_0: 'Reviews answered within a day',
      owner_0: 'jonas',
      due_0: '2026-12-02',
      what_1: 'Find what makes the pipeline flaky',
      owner_1: 'leyla',
      due_1: '2026-12-03',
      what_2: 'A page that says who is on call, in every zone',
      owner_2: 'aroha',
      due_2: '2026-12-10',
    });
    await house.current.goTo('2026-11-24T12:05');
    expect(thread().at(-1)?.text).toContain('You took on 3 things');
    shows('The thread’s last word:', thread().at(-1)?.text ?? '');
    await maren
      .clicks('Choose what we take on')
      .catch((error: Error) => expect(error.message).toContain('finds nothing called'));
  });

  test('owners hear of it at once and two days before, in their own morning, and say how it stands', async () => {
    const told = (who: Person, words: string) => who.dm().find(({ text }) => text.includes(words));
    await house.current.goTo('2026-12-03T12:00');
    const [news, reminder] = [told(jonas, 'put this down as yours'), told(jonas, 'You took this on for')];
    expect(news?.text).toContain('Reviews answered within a day');
    shows('**Jonas**, ten minutes later:', news?.text ?? '');
    shows('Two days before the day:', reminder?.text ?? '');
    await jonas.clicks('Done', { in: reminder?.ts ?? '' });
    await leyla.clicks('Not doing', { in: told(leyla, 'You took this on for')?.ts ?? '' });
    await leyla.submits({ reason: 'the cloud moved us to new machines, and it is gone' });
    expect(leyla.sees()).toContain('Not doing Find what makes the pipeline flaky');
  });
});

describe('the second one', () => {
  test('with names this time: changed beforehand, and last time’s promises come first', async () => {
    chapter('The second one: with names');
    await maren.types('/retro');
    await maren.clicks('Change');
    await maren.submits({ names: 'named' });
    expect(maren.sees()).toContain('Answers carry your name');
    await house.current.goTo('2026-12-04T14:00');
    const post = posts().at(-1)?.text ?? '';
    expect(post).toContain('Start, stop, continue');
    expect(post).toContain('Reviews answered within a day done');
    expect(post).toContain('not doing (“the cloud moved us');
    expect(post).toContain('still open with @aroha');
    shows('A fortnight later, in the channel:', post);
  });

  test('with names, what one wrote can be changed until it closes', async () => {
    await answer(jonas, 'A demo on Thursdays', 'Meetings without a question');
    await answer(jonas, 'A demo on Thursdays', 'Meetings without a question\nStatus rounds');
    expect(posts().at(-1)?.text).toContain('One has answered');
    await answer(leyla, 'Demos on Thursday', '', 'Pairing');
    await answer(shanice, '', 'Status rounds');
    await house.current.goTo('2026-12-08T09:00');
    const sorted = thread().at(-1)?.text ?? '';
    expect(sorted).toContain('jonas');
    expect(sorted.match(/Meetings without a question/g)).toHaveLength(1);
    shows('What was said, with names:', sorted);
    await maren.clicks('Start the vote');
    await vote(jonas, 'Status rounds');
    await vote(jonas, 'Demos on', 'Status rounds');
    await vote(leyla, 'Demos on');
    expect(thread().at(-1)?.text).toContain('2 have voted');
    await house.current.goTo('2026-12-10T09:00');
    expect(thread().at(-1)?.text).toContain('2 votes · Demos on Thursday');
    expect(thread().at(-1)?.text).toContain('1 vote · Status rounds');
  });

  test('when nothing moves, whoever leads it hears so once, and taking on nothing is an answer too', async () => {
    await house.current.goTo('2026-12-11T12:00');
    const waiting = maren.dm().filter(({ text }) => text.includes('The vote in #team-platform is over'));
    expect(waiting).toHaveLength(1);
    await maren.clicks('Choose what we take on');
    await maren.submits({ due_0: '2026-12-24' });
    await house.current.goTo('2026-12-11T12:05');
    expect(thread().at(-1)?.text).toContain('You took on nothing this time');
    shows('Maren takes on nothing this time, and the thread says so:', thread().at(-1)?.text ?? '');
  });
});

describe('the third one', () => {
  test('the next is skipped, with a reason that everybody and the history keep', async () => {
    chapter('One that was skipped');
    const before = posts().length;
    await maren.types('/retro skip in #team-platform release week');
    expect(maren.sees()).toContain('Skipped in #team-platform: “release week”');
    await house.current.goTo('2026-12-18T18:00');
    expect(posts()).toHaveLength(before);
    await maren.types('/retro');
    expect(maren.sees()).toContain('skipped, “release week”');
    shows('**Maren** types `/retro skip in #team-platform release week`, and later `/retro`:', maren.sees());
  });

  test('the new year’s falls on a public holiday and waits for the next working day', async () => {
    chapter('The third one');
    const before = posts().length;
    await house.current.goTo('2027-01-01T18:00');
    expect(posts()).toHaveLength(before);
    await house.current.goTo('2027-01-04T14:00');
    expect(posts()).toHaveLength(before + 1);
    expect(posts().at(-1)?.text).toContain('Mad, sad, glad');
    shows('The first working day of January, after a holiday on its Friday:', posts().at(-1)?.text ?? '');
    await house.current.goTo('2027-01-06T09:00');
    expect(thread().at(-1)?.text).toContain('nobody answered');
    shows('Nobody answers, and the thread says:', thread().at(-1)?.text ?? '');
    await maren.opensHome();
    expect(maren.home()?.text).toContain('#team-platform looks back next');
  });
});
