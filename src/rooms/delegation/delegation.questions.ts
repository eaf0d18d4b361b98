// The weekly question: what to ask a lead about handing something over, chosen by what their week shows.
//
// To add one: a line under the sight it fits. To add a sight: its test and its words below, and at least five lines.

import { formatDuration } from '../../time/durations.ts';
import { type IsoWeek, weekDays } from '../../time/weeks.ts';
import { silentWeeks } from './delegation.ts';

/** Where a lead's hours went in the seven days up to now, as another room tells it. Texts are the lead's own words. */
export interface RecentHours {
  leadingMinutes: number;
  codingMinutes: number;
  /** Leading is under the lead's floor. */
  belowFloor: boolean;
  /** What was logged under each category. */
  kinds: { categoryId: string; times: number; minutes: number }[];
  /** Notes that came up more than once within a category; most often first. */
  topics: { note: string; times: number }[];
}

/** What a week shows, as far as handing things over goes. */
export interface WeekShown {
  hours: RecentHours;
  /** How many delegations are open. */
  open: number;
  /** Whole weeks since something was last handed over; null: never. */
  weeksSince: number | null;
  /** Something taken back in the last two weeks. `person`: ready to show. */
  takenBack: { title: string; person: string } | null;
  /** Everything risky sits with this person. `person`: ready to show. */
  riskOn: { person: string; count: number } | null;
}

interface Question {
  id: string;
  sight: Sight;
  text: string;
}

const asked = {
  'risk-on-one': [
    'If that person were ill for a month, which of these would you want somebody else to know by heart?',
    'Which of those risks could a second person start to carry, with the first one close by?',
    'Who is one step away from being trusted with something risky, and what would that step be?',
    'What would you have to see in somebody else before you let them carry one of these?',
    'Which of these is only risky because one person knows it?',
  ],
  'taken-back': [
    'What would have had to be clear at the start for it to stay where it was?',
    'Was it the level that was wrong, or the thing? Either can be tried again.',
    'Which smaller piece of it could go back to the same person this week?',
    'What did you learn about when to look in, and when to leave it alone?',
    'Who would notice first if you gave it again, one level higher, with an earlier check-in?',
  ],
  'one-topic': [
    'That keeps coming to you. Who could own it for a fortnight, with you as the one they ask?',
    'What would somebody need to know to take that off your desk for good?',
    'Which decision about it do people bring to you that they could make themselves?',
    'If it went to somebody else a little worse for a month, what would it really cost?',
    'Who asked you the best question about it lately? They may be the next owner.',
  ],
  reviews: [
    'Which part of the code waits for your eyes, though two others know it well enough?',
    'Whose reviews would you trust without a second look, and do they know that?',
    'What do you look for in a review that is written down nowhere yet?',
    'Which reviews next week could go to somebody who would learn the code by reading it?',
    'Where did your review change the outcome, and where did it only take time?',
    'What could the team agree on once, so that fewer reviews need an opinion of yours?',
    'Which pull request this week would have been fine without you?',
    'Who reviews nothing yet because everyone asks you first?',
    'What would you ask, instead of answer, in the next review you open?',
  ],
  incidents: [
    'Who could have led that one, with you listening in?',
    'Which decision in it could only you make, and what would change that?',
    'Who should hold the pager’s next surprise, with you as the person they may call?',
    'Which follow-up is worth an owner who was not there?',
    'What did you know then that nobody else knew?',
  ],
  design: [
    'Which of these designs could start with somebody else’s first draft?',
    'Where would a worse design, owned by the person who builds it, beat your better one?',
    'Who would grow from writing the next proposal, with you as its first reader?',
    'Which constraint could you name, and leave the rest to them?',
    'What did you settle this week that could have been a choice for somebody else?',
  ],
  meetings: [
    'Which of those rooms could somebody else sit in for you, and speak for the team?',
    'Who would learn most from hearing that conversation first-hand?',
    'Which meeting would you hand over if a short summary came back?',
    'Who could run the planning once, with you in the second row?',
    'Which promise made in a meeting this week could be somebody else’s to keep?',
    'Where were you the messenger, when the person with the answer could have been in the room?',
    'Which recurring meeting has become yours by habit?',
  ],
  'below-floor': [
    'Which ticket of yours would teach somebody more than it teaches you?',
    'What are you building that only you build because you started it?',
    'Which piece of code could you hand over half finished, with an hour of pairing?',
    'If one task left your week for somebody else’s, which would free the most thought?',
    'What are you coding on that somebody in the team asked to try?',
    'Which part of your code would be better for a second author?',
    'What do you code late in the day because the day went to others, and who could take it?',
    'Which prototype of yours is ready for somebody else to make real?',
    'Whose code would you have to trust to write less of your own, and what would earn it?',
  ],
  'long-silence': [
    'What did you do again this week that you had meant to hand over?',
    'Which small decision could go to somebody by Friday, so that the larger one can follow?',
    'Who in the team is ready for more than they have been given?',
    'What would you hand over if you were away for the next two weeks?',
    'What holds the next handover back: the thing, the person, or the time to explain it?',
    'What could you give for one week only, to see how it goes?',
    'Which of the things others hold for you went well enough to be followed by a larger one?',
  ],
  'any-week': [
    'One decision you made this week: who could have made it, a bit less well today and much better in half a year?',
    'Who has not been given anything to decide for a while?',
    'What do people ask your permission for that they could simply tell you about?',
    'Which of your habits would you want the next lead to have practised before you go?',
    'What are you good at that somebody else needs to become good at?',
    'Which question did you answer this week that you could have handed back?',
    'Who said lately that they would like to learn something, and what work carries it?',
    'Which routine of yours would somebody new run differently, and perhaps better?',
    'Which routine would stop if you stopped doing it, and should it?',
    'Which decision could move one level up, from asking you first to telling you afterwards?',
    'Who could explain to a customer what you explained this week?',
    'What did you keep because explaining it felt slower than doing it?',
  ],
} as const satisfies Record<string, readonly string[]>;

export type Sight = keyof typeof asked;

export const questions: readonly Question[] = Object.entries(asked).flatMap(([sight, texts]) =>
  texts.map((text, index) => ({ id: `${sight}-${index + 1}`, sight: sight as Sight, text })),
);

const reviewTimes = 4;
const topicTimes = 3;
const longMinutes = 180;

const under = ({ kinds }: RecentHours, ...categoryIds: string[]) =>
  kinds
    .filter(({ categoryId }) => categoryIds.includes(categoryId))
    .reduce((sum, { times, minutes }) => ({ times: sum.times + times, minutes: sum.minutes + minutes }), {
      times: 0,
      minutes: 0,
    });

/** What can be seen in the week, the most telling first. `any-week` always can. */
export function sightsOf(week: WeekShown): Sight[] {
  const { hours } = week;
  const reviews = under(hours, 'review');
  const seen: Record<Sight, boolean> = {
    'risk-on-one': week.riskOn !== null,
    'taken-back': week.takenBack !== null,
    'one-topic': (hours.topics[0]?.times ?? 0) >= topicTimes,
    reviews: reviews.times >= reviewTimes || reviews.minutes >= longMinutes,
    incidents: under(hours, 'incident', 'post-mortem').minutes >= 60,
    design: under(hours, 'architecture').minutes >= longMinutes,
    meetings: under(hours, 'stakeholders', 'planning', 'process').minutes >= longMinutes,
    'below-floor': hours.belowFloor && hours.leadingMinutes + hours.codingMinutes >= 480,
    'long-silence': week.weeksSince !== null && week.weeksSince >= silentWeeks,
    'any-week': true,
  };
  return (Object.keys(seen) as Sight[]).filter((sight) => seen[sight]);
}

/** Weeks counted without a break, whatever the year: 1970-W02 is the first. */
const weekNumber = (week: IsoWeek): number =>
  Math.floor(Temporal.PlainDate.from('1970-01-05').until(weekDays(week)[0]).days / 7);

export interface ChosenQuestion {
  question: Question;
  /** What in the week it comes from, as a sentence to show; null: it suits any week. */
  because: string | null;
}

/**
 * The question for a week. Nothing needs remembering for it to be another one each time: the week's own number walks
 * through what the week shows and through the questions of each sight, so that none comes again within five weeks,
 * and asking twice for the same week gives the same one. `safe`: makes the lead's own words safe to show.
 */
export function chooseQuestion(
  shown: WeekShown,
  week: IsoWeek,
  safe: (text: string) => string,
): ChosenQuestion {
  const number = weekNumber(week);
  const telling = sightsOf(shown).filter((sight) => sight !== 'any-week');
  const sight = telling[number % Math.max(telling.length, 1)] ?? 'any-week';
  const ofSight = questions.filter((question) => question.sight === sight);
  const question = ofSight[number % ofSight.length];
  if (!question) throw new Error(`Nothing can be asked about ${sight}`);
  return { question, because: because(sight, shown, safe) };
}

function because(sight: Sight, shown: WeekShown, safe: (text: string) => string): string | null {
  const { hours, takenBack, riskOn, weeksSince } = shown;
  const spent = (...categoryIds: string[]) => formatDuration(under(hours, ...categoryIds).minutes);
  switch (sight) {
    case 'risk-on-one':
      return riskOn && `All ${riskOn.count} risky things you have handed over sit with ${riskOn.person}.`;
    case 'taken-back':
      return takenBack && `You took “${safe(takenBack.title)}” back from ${takenBack.person}.`;
    case 'one-topic': {
      const [topic] = hours.topics;
      return topic ? `“${safe(topic.note)}” came up ${topic.times} times in your last seven days.` : null;
    }
    case 'reviews': {
      const { times, minutes } = under(hours, 'review');
      return `In the last seven days you reviewed ${times === 1 ? 'once' : `${times} times`}, ${formatDuration(minutes)} in all.`;
    }
    case 'incidents':
      return `Incidents took ${spent('incident', 'post-mortem')} of your last seven days.`;
    case 'design':
      return `Architecture took ${spent('architecture')} of your last seven days.`;
    case 'meetings':
      return `Stakeholders, planning and process took ${spent('stakeholders', 'planning', 'process')} of your last seven days.`;
    case 'below-floor':
      return `Coding took ${formatDuration(hours.codingMinutes)} of your last seven days, leading ${formatDuration(hours.leadingMinutes)}.`;
    case 'long-silence':
      return `You last handed something over ${weeksSince} weeks ago.`;
    case 'any-week':
      return null;
  }
}
