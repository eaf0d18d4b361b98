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
export const moments = ['early', 'again', 'strain', 'ahead', 'steady'] as const;
export type Moment = (typeof moments)[number];

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

const withTheTeam: Record<Theme, string> = {
  person: `
    energy | steady again | What has been giving you energy lately, and what has been using it up?
    day | early | What does a good working day look like for you, from start to end?
    quiet | early | When you go quiet in a meeting, what does it usually mean?
    rest | steady strain | When did you last properly switch off from work?
    since | again | It has been a while. What happened in your world that I missed?
    load | strain steady | If your week were a backpack, how heavy is it, and which one thing would you take out?
    bad-day | early | How would I notice that you are having a bad day, and what would help then?
    outside | steady | Is there anything outside work that we should plan around in the next month or two?
    start | strain again | What is on your mind that we should get out of the way first?
    recharge | strain | Last time sounded heavy. What has got lighter since, and what has not?
    appreciated | early steady | How do you like to be thanked: in front of others, in private, or by being left to get on with it?
    hours | early steady | Do the hours you work match the hours in which you work best?
  `,
  work: `
    slow | steady | Where did you wait longest in the last two weeks, and for whom?
    proudest | steady again | Of what you finished lately, what would you show to somebody you respect?
    stuck | steady strain | What is going slower than you had thought it would?
    unclear | early again | Which part of what we are building makes least sense to you?
    drop | strain | If you could drop one thing from your plate today, which, and what would break?
    interrupted | steady | What keeps interrupting you that we could put somewhere else?
    first-weeks | early | What surprised you about how work really gets done here?
    decide | steady ahead | Which decision are you waiting for that you could make yourself?
    done | steady | How do you know that something you work on is good enough to let go?
    meaning | again strain | Who is better off for what you did this month, and do you get to see it?
    avoid | steady | What have you been putting off, and what makes it easy to put off?
  `,
  craft: `
    proud | early steady | Which corner of the codebase are you proud of, and who else knows it is good?
    afraid | early steady | Which file do you hope never to open again, and what would it take to change that?
    frustrates | again steady | What in the code costs you ten minutes again and again?
    alone | steady | Which part do only you understand, and is that a comfort or a burden?
    rewrite | steady ahead | Given three quiet weeks and no one asking, what would you put in order?
    review | steady | When did a review last teach you something?
    risk | steady again | What in our system would you bet on failing next?
    taste | early | What did a team you were on before do with its code that you miss here?
    shortcut | strain steady | Which shortcut did we take that you still think about?
    learned | ahead steady | What have you found out about the system lately that the rest of us should know?
    better | strain | What small repair would make your every day better by the end of next week?
  `,
  growth: `
    next | ahead | What would you like to be trusted with in half a year that you are not trusted with today?
    stretch | ahead steady | When did you last do something at work that you were not sure you could do?
    watch | ahead | Whose way of working would you like to see from close up?
    strength | early | What do people come to you for, and would you like it to be that?
    teach | steady ahead | What could you teach one of us in an afternoon?
    mine | ahead again | Which thing that I do would you like to have a go at?
    feedback | steady | What is the most useful thing anybody has told you about your work, and when was it?
    easy | steady ahead | What has become so easy that it bores you?
    kind | early | How do you learn best: by reading, by trying, or by sitting next to somebody?
    support | strain | Right now, is it a push you need from me, or cover?
    year | ahead | Thinking back a year, what can you do now that you could not do then?
    deep | ahead | Would you rather go deeper into one thing or wider across several, this coming quarter?
  `,
  lead: `
    stop | steady again | What would you like me to stop doing?
    more | steady | What do I do too little of?
    way | steady strain | When have I been in your way lately?
    trust | early | What would a lead do that loses your trust at once?
    last | early | Of the leads you have had, what did the best one do that I could learn?
    feedback | early steady | How do you want to hear it from me when something is not going well?
    clear | steady again | Where have I left you guessing what I want?
    surprise | steady | Has anything I decided surprised you? What would you have wanted to know first?
    absent | again | While we did not talk, what would you have needed me for?
    time | steady | Is this hour together worth it to you, and what would make it more so?
    owe | strain again | Is there anything I said I would do and have not done?
  `,
  team: `
    help | early steady | Whom do you turn to first when you are stuck, and who turns to you?
    unsaid | steady strain | What do we as a team keep walking around instead of talking about?
    meeting | steady | Which of our meetings would you not miss?
    credit | steady | Who did something good lately that nobody mentioned?
    pair | steady ahead | With whom would you like to work more closely for a while?
    friction | strain | Is there somebody with whom working is harder than it ought to be?
    welcome | early | Did you feel at home in the team from the start, or what took its time?
    mistake | early steady | What happens in this team when somebody gets something wrong?
    others | steady | Which other team makes our work harder, and do they know?
    change | again steady | If you ran this team for a month, what would be different?
    fun | steady strain | When did we last laugh together about something?
  `,
  career: `
    here | ahead | What would keep you here for two more years, and what would make you look around?
    direction | ahead early | Do you see yourself leading people, leading technically, or neither, and since when?
    words | ahead | If you wrote next year’s entry in your CV today, what would you like it to say?
    gap | ahead | What stands between you and the role you would like, as you see it?
    history | early | What made you choose this work, and does it still?
    recognised | ahead steady | Which of your work do the people who decide about you not see?
    sponsor | ahead | In which room should somebody be speaking up for you?
    fear | ahead strain | What would you try if it could not count against you?
    elsewhere | again ahead | What do friends in other companies have that you wish you had here?
    measure | ahead | In a year, how will you tell whether it was a good one?
    plan | ahead again | Has what you want changed since we last spoke of it?
  `,
  unheard: `
    ask | steady again | What should I have asked you and have not?
    obvious | early steady | What is obvious to everyone here but me?
    corridor | steady | What do people talk about once I have left the call?
    worry | strain again | What worries you that nobody seems to be working on?
    rumour | again | What have you heard by the way that you would rather have heard from me?
    new-eyes | early | With fresh eyes: what do we do here that makes no sense?
    quietest | steady | Whose voice do I hear too little of?
    no | steady strain | When did you last say yes and mean no?
    plan | steady | Of what we say we will do this quarter, what do you not believe in?
    customer | steady ahead | What do the people who use our work put up with that I do not know of?
    hard | strain | Is there anything you have found hard to bring up with me?
  `,
};

const withOnesManagerOrMentor: Record<Theme, string> = {
  person: `
    mind | steady again | What is taking most of your attention at the moment?
    style | early | How do you like to hear bad news from me, and how soon?
    first-time | early | What was hardest for you when you first led people?
    since | again | What changed on your side since we last talked that I should know?
  `,
  work: `
    matters | early steady | If my team got just one thing right this quarter, which should it be?
    less | steady strain | Which of the things I spend time on would you rather I left?
    early | steady | Which decision of mine do you want to hear of before it is made?
    cover | strain | Where could you clear the way for us, even a little?
  `,
  craft: `
    bet | steady | Where do you think our systems will hurt us a year from now?
    story | early steady | How do you explain to others what my team does?
    stay | ahead steady | How did you decide how much to go on coding?
  `,
  growth: `
    gap | ahead | What do I need to show before you would hand me something bigger?
    blind | ahead steady | What do you see me doing that holds me back?
    learn | ahead early | Which skill paid off most for you at my stage?
  `,
  lead: `
    last-month | steady again | In the last month, what should I have done differently?
    keep | steady early | What am I doing that I should not stop doing?
    trust | early | What would make you worry about how I lead?
    hard | strain | The last one was not easy. How did it look from your side?
  `,
  team: `
    reputation | steady | What do other teams say about working with us?
    people | steady ahead | Who in my team would you like to see more of, and in what?
    help | strain again | Which lead around here should I compare notes with?
  `,
  career: `
    path | ahead | Which paths do you see for me from here, and what would each ask of me?
    review | ahead | If my review were next week, what would you write?
    choice | ahead early | Which choice in your own career would you make again?
  `,
  unheard: `
    room | steady again | What is being discussed about us in rooms that I am not in?
    not-said | steady | What have you been meaning to tell me?
    change | again steady | What is coming that my team will feel before I hear of it?
  `,
};

const read = (audience: Audience, lists: Record<Theme, string>): Question[] =>
  themes.flatMap(({ id: theme }) =>
    lists[theme]
      .trim()
      .split('\n')
      .map((line) => {
        const [id, suits, text] = line.split('|').map((part) => part.trim());
        return {
          id: `${audience}-${theme}-${id}`,
          theme,
          audience,
          suits: suits!.split(' ') as Moment[],
          text: text!,
        };
      }),
  );

export const questionLibrary: readonly Question[] = [
  ...read('team', withTheTeam),
  ...read('up', withOnesManagerOrMentor),
];
