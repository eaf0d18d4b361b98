// The question library: what a lead may ask in a 1:1, by theme, with whom and at which moment it suits. Data only.
// To add one: a line under its theme, with an id of its own, the moments it suits, and one open question in plain words.

/** What a question is about. */
export const themes = [
  { id: 'person', name: 'how they are' },
  { id: 'work', name: 'their work' },
  { id: 'craft', name: 'the codebase and pride in it' },
  { id: 'growth', name: 'growth and stretch' },
  { id: 'lead', name: 'feedback on you' },
  { id: 'team', name: 'the team' },
  { id: 'career', name: 'career' },
  { id: 'unheard', name: 'what you are not hearing' },
] as const;

export type Theme = (typeof themes)[number]['id'];

/**
 * `early`: the first three conversations. `again`: after a gap much longer than meant. `strain`: the last one was
 * heavy or tense. `ahead`: growth or career has not come up for long. `steady`: any other time.
 */
export type Moment = 'early' | 'again' | 'strain' | 'ahead' | 'steady';

/** `team`: somebody the lead leads or works beside. `up`: the lead's own manager or mentor. */
export type Audience = 'team' | 'up';

export interface Question {
  /** Kept with the meetings it was offered in: never change or reuse one. */
  id: string;
  theme: Theme;
  audience: Audience;
  suits: readonly Moment[];
  text: string;
}

const of =
  (audience: Audience, theme: Theme) =>
  (id: string, suits: string, text: string): Question => ({
    id: `${audience}-${theme}-${id}`,
    audience,
    theme,
    suits: suits.split(' ') as Moment[],
    text,
  });

const person = of('team', 'person');
const work = of('team', 'work');
const craft = of('team', 'craft');
const growth = of('team', 'growth');
const lead = of('team', 'lead');
const team = of('team', 'team');
const career = of('team', 'career');
const unheard = of('team', 'unheard');

const withTheTeam: Question[] = [
  person('energy', 'steady again', 'What has been giving you energy lately, and what has been using it up?'),
  person('day', 'early', 'What does a good working day look like for you, from start to end?'),
  person('quiet', 'early', 'When you go quiet in a meeting, what does it usually mean?'),
  person('rest', 'steady strain', 'When did you last properly switch off from work?'),
  person('since', 'again', 'It has been a while. What happened in your world that I missed?'),
  person(
    'load',
    'strain steady',
    'If your week were a backpack, how heavy is it, and which one thing would you take out?',
  ),
  person('bad-day', 'early', 'How would I notice that you are having a bad day, and what would help then?'),
  person(
    'outside',
    'steady',
    'Is there anything outside work that we should plan around in the next month or two?',
  ),
  person('start', 'strain again', 'What is on your mind that we should get out of the way first?'),
  person('recharge', 'strain', 'Last time sounded heavy. What has got lighter since, and what has not?'),
  person(
    'appreciated',
    'early steady',
    'How do you like to be thanked: in front of others, in private, or by being left to get on with it?',
  ),
  person('hours', 'early steady', 'Do the hours you work match the hours in which you work best?'),

  work('slow', 'steady', 'Where did you wait longest in the last two weeks, and for whom?'),
  work(
    'proudest',
    'steady again',
    'Of what you finished lately, what would you show to somebody you respect?',
  ),
  work('stuck', 'steady strain', 'What is going slower than you had thought it would?'),
  work('unclear', 'early again', 'Which part of what we are building makes least sense to you?'),
  work('drop', 'strain', 'If you could drop one thing from your plate today, which, and what would break?'),
  work('interrupted', 'steady', 'What keeps interrupting you that we could put somewhere else?'),
  work('first-weeks', 'early', 'What surprised you about how work really gets done here?'),
  work('decide', 'steady ahead', 'Which decision are you waiting for that you could make yourself?'),
  work('done', 'steady', 'How do you know that something you work on is good enough to let go?'),
  work('meaning', 'again strain', 'Who is better off for what you did this month, and do you get to see it?'),
  work('avoid', 'steady', 'What have you been putting off, and what makes it easy to put off?'),

  craft(
    'proud',
    'early steady',
    'Which corner of the codebase are you proud of, and who else knows it is good?',
  ),
  craft(
    'afraid',
    'early steady',
    'Which file do you hope never to open again, and what would it take to change that?',
  ),
  craft('frustrates', 'again steady', 'What in the code costs you ten minutes again and again?'),
  craft('alone', 'steady', 'Which part do only you understand, and is that a comfort or a burden?'),
  craft('rewrite', 'steady ahead', 'Given three quiet weeks and no one asking, what would you put in order?'),
  craft('review', 'steady', 'When did a review last teach you something?'),
  craft('risk', 'steady again', 'What in our system would you bet on failing next?'),
  craft('taste', 'early', 'What did a team you were on before do with its code that you miss here?'),
  craft('shortcut', 'strain steady', 'Which shortcut did we take that you still think about?'),
  craft(
    'learned',
    'ahead steady',
    'What have you found out about the system lately that the rest of us should know?',
  ),
  craft('better', 'strain', 'What small repair would make your every day better by the end of next week?'),

  growth(
    'next',
    'ahead',
    'What would you like to be trusted with in half a year that you are not trusted with today?',
  ),
  growth(
    'stretch',
    'ahead steady',
    'When did you last do something at work that you were not sure you could do?',
  ),
  growth('watch', 'ahead', 'Whose way of working would you like to see from close up?'),
  growth('strength', 'early', 'What do people come to you for, and would you like it to be that?'),
  growth('teach', 'steady ahead', 'What could you teach one of us in an afternoon?'),
  growth('mine', 'ahead again', 'Which thing that I do would you like to have a go at?'),
  growth(
    'feedback',
    'steady',
    'What is the most useful thing anybody has told you about your work, and when was it?',
  ),
  growth('easy', 'steady ahead', 'What has become so easy that it bores you?'),
  growth('kind', 'early', 'How do you learn best: by reading, by trying, or by sitting next to somebody?'),
  growth('support', 'strain', 'Right now, is it a push you need from me, or cover?'),
  growth('year', 'ahead', 'Thinking back a year, what can you do now that you could not do then?'),
  growth(
    'deep',
    'ahead',
    'Would you rather go deeper into one thing or wider across several, this coming quarter?',
  ),

  lead('stop', 'steady again', 'What would you like me to stop doing?'),
  lead('more', 'steady', 'What do I do too little of?'),
  lead('way', 'steady strain', 'When have I been in your way lately?'),
  lead('trust', 'early', 'What would a lead do that loses your trust at once?'),
  lead('last', 'early', 'Of the leads you have had, what did the best one do that I could learn?'),
  lead('feedback', 'early steady', 'How do you want to hear it from me when something is not going well?'),
  lead('clear', 'steady again', 'Where have I left you guessing what I want?'),
  lead(
    'surprise',
    'steady',
    'Has anything I decided surprised you? What would you have wanted to know first?',
  ),
  lead('absent', 'again', 'While we did not talk, what would you have needed me for?'),
  lead('time', 'steady', 'Is this hour together worth it to you, and what would make it more so?'),
  lead('owe', 'strain again', 'Is there anything I said I would do and have not done?'),

  team('help', 'early steady', 'Whom do you turn to first when you are stuck, and who turns to you?'),
  team('unsaid', 'steady strain', 'What do we as a team keep walking around instead of talking about?'),
  team('meeting', 'steady', 'Which of our meetings would you not miss?'),
  team('credit', 'steady', 'Who did something good lately that nobody mentioned?'),
  team('pair', 'steady ahead', 'With whom would you like to work more closely for a while?'),
  team('friction', 'strain', 'Is there somebody with whom working is harder than it ought to be?'),
  team('welcome', 'early', 'Did you feel at home in the team from the start, or what took its time?'),
  team('mistake', 'early steady', 'What happens in this team when somebody gets something wrong?'),
  team('others', 'steady', 'Which other team makes our work harder, and do they know?'),
  team('change', 'again steady', 'If you ran this team for a month, what would be different?'),
  team('fun', 'steady strain', 'When did we last laugh together about something?'),

  career(
    'here',
    'ahead',
    'What would keep you here for two more years, and what would make you look around?',
  ),
  career(
    'direction',
    'ahead early',
    'Do you see yourself leading people, leading technically, or neither, and since when?',
  ),
  career('words', 'ahead', 'If you wrote next year’s entry in your CV today, what would you like it to say?'),
  career('gap', 'ahead', 'What stands between you and the role you would like, as you see it?'),
  career('history', 'early', 'What made you choose this work, and does it still?'),
  career('recognised', 'ahead steady', 'Which of your work do the people who decide about you not see?'),
  career('sponsor', 'ahead', 'In which room should somebody be speaking up for you?'),
  career('fear', 'ahead strain', 'What would you try if it could not count against you?'),
  career('elsewhere', 'again ahead', 'What do friends in other companies have that you wish you had here?'),
  career('measure', 'ahead', 'In a year, how will you tell whether it was a good one?'),
  career('plan', 'ahead again', 'Has what you want changed since we last spoke of it?'),

  unheard('ask', 'steady again', 'What should I have asked you and have not?'),
  unheard('obvious', 'early steady', 'What is obvious to everyone here but me?'),
  unheard('corridor', 'steady', 'What do people talk about once I have left the call?'),
  unheard('worry', 'strain again', 'What worries you that nobody seems to be working on?'),
  unheard('rumour', 'again', 'What have you heard by the way that you would rather have heard from me?'),
  unheard('new-eyes', 'early', 'With fresh eyes: what do we do here that makes no sense?'),
  unheard('quietest', 'steady', 'Whose voice do I hear too little of?'),
  unheard('no', 'steady strain', 'When did you last say yes and mean no?'),
  unheard('plan', 'steady', 'Of what we say we will do this quarter, what do you not believe in?'),
  unheard(
    'customer',
    'steady ahead',
    'What do the people who use our work put up with that I do not know of?',
  ),
  unheard('hard', 'strain', 'Is there anything you have found hard to bring up with me?'),
];

const upPerson = of('up', 'person');
const upWork = of('up', 'work');
const upCraft = of('up', 'craft');
const upGrowth = of('up', 'growth');
const upLead = of('up', 'lead');
const upTeam = of('up', 'team');
const upCareer = of('up', 'career');
const upUnheard = of('up', 'unheard');

const withOnesManagerOrMentor: Question[] = [
  upPerson('mind', 'steady again', 'What is taking most of your attention at the moment?'),
  upPerson('style', 'early', 'How do you like to hear bad news from me, and how soon?'),
  upPerson('first-time', 'early', 'What was hardest for you when you first led people?'),
  upPerson('since', 'again', 'What changed on your side since we last talked that I should know?'),
  upWork('matters', 'early steady', 'If my team got just one thing right this quarter, which should it be?'),
  upWork('less', 'steady strain', 'Which of the things I spend time on would you rather I left?'),
  upWork('early', 'steady', 'Which decision of mine do you want to hear of before it is made?'),
  upWork('cover', 'strain', 'Where could you clear the way for us, even a little?'),
  upCraft('bet', 'steady', 'Where do you think our systems will hurt us a year from now?'),
  upCraft('story', 'early steady', 'How do you explain to others what my team does?'),
  upCraft('stay', 'ahead steady', 'How did you decide how much to go on coding?'),
  upGrowth('gap', 'ahead', 'What do I need to show before you would hand me something bigger?'),
  upGrowth('blind', 'ahead steady', 'What do you see me doing that holds me back?'),
  upGrowth('learn', 'ahead early', 'Which skill paid off most for you at my stage?'),
  upLead('last-month', 'steady again', 'In the last month, what should I have done differently?'),
  upLead('keep', 'steady early', 'What am I doing that I should not stop doing?'),
  upLead('trust', 'early', 'What would make you worry about how I lead?'),
  upLead('hard', 'strain', 'The last one was not easy. How did it look from your side?'),
  upTeam('reputation', 'steady', 'What do other teams say about working with us?'),
  upTeam('people', 'steady ahead', 'Who in my team would you like to see more of, and in what?'),
  upTeam('help', 'strain again', 'Which lead around here should I compare notes with?'),
  upCareer('path', 'ahead', 'Which paths do you see for me from here, and what would each ask of me?'),
  upCareer('review', 'ahead', 'If my review were next week, what would you write?'),
  upCareer('choice', 'ahead early', 'Which choice in your own career would you make again?'),
  upUnheard('room', 'steady again', 'What is being discussed about us in rooms that I am not in?'),
  upUnheard('not-said', 'steady', 'What have you been meaning to tell me?'),
  upUnheard('change', 'again steady', 'What is coming that my team will feel before I hear of it?'),
];

export const questionLibrary: readonly Question[] = [...withTheTeam, ...withOnesManagerOrMentor];
