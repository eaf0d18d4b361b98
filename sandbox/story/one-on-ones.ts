// Whom the lead met in the story: a rhythm found, kept for a while, let go in the release, and not quite picked up again.

import type { FieldValue } from '../slack/forms.ts';
import type { Beat, Cast, Chapter } from './chapter.ts';

type Filled = Record<string, FieldValue>;

/** Answers the question after a 1:1, from its message where that is there, else by command. */
async function happened({ lead }: Cast, name: string, filled: Filled): Promise<void> {
  const asked = lead
    .dm()
    .findLast(({ text, ephemeral }) => !ephemeral && text.includes(`How was your 1:1 with @${name}?`));
  if (asked) await lead.clicks('It happened', { in: asked.ts });
  else await lead.types(`/oneonone held @${name}`);
  // What was answered before has no form to fill in.
  if (lead.modal()) await lead.submits(filled);
}

const beat = (week: number, day: number, at: string, play: Beat['play']): Beat => ({ week, day, at, play });

const says =
  (line: string): Beat['play'] =>
  ({ lead }) =>
    lead.types(line);

const met =
  (name: string, filled: Filled): Beat['play'] =>
  (cast) =>
    happened(cast, name, filled);

export const oneOnOnesChapter: Chapter = {
  beats: [
    beat(0, 1, '08:45', says('/oneonone add @duarte as backend every 2 weeks monday 14:00')),
    beat(0, 1, '08:47', says('/oneonone add @shanice every 2 weeks thursday 15:00')),
    beat(0, 1, '08:49', says('/oneonone add @jonas as frontend every 4 weeks monday 15:00')),
    beat(0, 1, '08:51', says('/oneonone move @jonas next monday 15:00')),
    beat(
      0,
      1,
      '14:40',
      met('duarte', {
        notes: 'Enjoys the parser, dreads the on-call handover. Would like to speak at a meetup.',
        mood: 'good',
        themes: ['work', 'craft'],
        promise_what_1: 'Ask about the conference budget',
      }),
    ),
    beat(0, 3, '11:20', says('/oneonone point @shanice who reviews payments while I am away')),
    beat(
      0,
      4,
      '15:40',
      met('shanice', { notes: 'Carries most of the reviews; says it is fine.', themes: ['person', 'team'] }),
    ),
    beat(
      1,
      1,
      '15:35',
      met('jonas', { notes: 'First weeks. Misses a map of the services.', themes: ['person'] }),
    ),
    beat(1, 4, '17:10', says('/oneonone add @aroha every 4 weeks friday 09:00')),
    beat(1, 5, '09:40', met('aroha', { notes: 'Late evening for her. Find another hour.', mood: 'flat' })),
    // The release.
    beat(2, 1, '14:35', says('/oneonone skip @duarte the release')),
    beat(2, 4, '15:35', says('/oneonone skip @shanice the release, again')),
    beat(
      4,
      1,
      '14:40',
      met('duarte', {
        notes: 'Tired after the incident. Wants the handover fixed, and would do it.',
        mood: 'heavy',
        themes: ['person', 'work'],
        promise_what_1: 'Write down what the handover needs',
        promise_whose_1: 'person',
      }),
    ),
    beat(
      4,
      4,
      '15:40',
      met('shanice', { notes: 'Offered to run the reviews with Aroha.', themes: ['team', 'growth'] }),
    ),
    beat(4, 5, '11:05', async ({ lead }) => {
      await lead.types(
        '/keel feedback @jonas drew the map of the services himself, and asked for corrections',
      );
      await lead.submits({ impact: 'Three of us learned something', next: 'Have him show it on Thursday' });
    }),
    beat(5, 1, '15:10', says('/oneonone move @jonas thursday 11:00')),
    beat(
      5,
      4,
      '11:40',
      met('jonas', { notes: 'The map. Would like to own one service.', themes: ['growth'] }),
    ),
    beat(7, 3, '10:15', says('/oneonone point @duarte the handover, and thanks for it')),
  ],
};
