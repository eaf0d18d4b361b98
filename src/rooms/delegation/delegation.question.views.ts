// What a lead reads about the weekly question: the question itself, and what became of it.

import { aside, button, message, paragraph, row, say } from '../../slack/blocks.ts';
import type { Message } from '../../slack/message.ts';
import { timeInWords, weekdayNames } from '../../time/days.ts';
import * as actions from './delegation.actions.ts';
import type { ChosenQuestion } from './delegation.questions.ts';
import type { QuestionTime } from './delegation.store.ts';

export const weeklyQuestion = ({ question, because }: ChosenQuestion, delivery: string): Message =>
  message(
    because === null ? undefined : aside(because),
    paragraph(`*${question.text}*`),
    row(
      button('Delegate something', actions.give, { delivery }, { style: 'primary' }),
      button('Not this week', actions.notThisWeek, { delivery }),
    ),
  );

export const notThisWeek = (): Message => say('Fine, another one next week.');

export const questionKept = ({ asks, weekday, time }: QuestionTime): Message =>
  say(
    asks
      ? `I ask you every ${weekdayNames[weekday - 1]} at ${timeInWords(time)}. If you once switched it off under a question, \`/keel prompts\` brings it back.`
      : 'I leave the weekly question out from now on.',
  );
