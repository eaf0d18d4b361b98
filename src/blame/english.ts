// The blame check's English: who counts as a person, and the ways of blaming.

import type { BlameLanguage } from './blame.ts';
import {
  became,
  ifDone,
  ifNotDone,
  itself,
  wasDone,
  wasDoneOften,
  wasDoneUnmeant,
  wasNotDone,
  wasPlanned,
} from './english.facts.ts';

/** Words that begin a sentence, or are written with a capital, and are nobody's name. */
const notNames = [
  // What stands at the beginning of sentences.
  'a|an|the|this|that|these|those|it|its|there|here|if|when|while|after|before|because|since|until|so|but|and|or|as|at',
  'in|on|of|for|from|with|without|by|to|into|over|under|no|not|only|also|then|now|later|today|yesterday|tomorrow|once',
  'what|how|why|who|whose|where|which|is|are|was|were|did|do|does|had|has|have|can|could|would|should|may|might|must',
  'i|we|he|she|they|you|us|nobody|somebody|someone|anybody|anyone|everybody|everyone|people|whoever|please|thanks',
  'all|any|both|each|every|few|many|most|much|some|several|two|three|four|five|one|first|second|third|next|last|our|my',
  'their|his|her|your|other|another|more|less|action|note|add|make|remind|use|let|root|cause|contributing|factors',
  // Systems and things.
  'alerts?|alarms?|apps?|backups?|builds?|bugs?|cach(?:e|es|ing)|certificates?|changes?|checks?|cleanups?|clients?',
  'clusters?|code|config(?:uration)?s?|connections?|consumers?|containers?|crons?|customers?|dashboards?|data|databases?',
  'deadlocks?|deploys?|deployments?|disks?|documentation|docs|entries|errors?|events?|failovers?|failures?|features?',
  'fields?|files?|firewalls?|flags?|gateways?|graphs?|hardware|health|hosts?|images?|imports?|index(?:es)?|incidents?',
  'instances?|jobs?|kernels?|keys?|latency|limits?|links?|loads?|locks?|logs?|machines?|memory|messages?|metrics?',
  'migrations?|monitors?|monitoring|networks?|nodes?|orders?|outages?|packages?|pages?|parsers?|partitions?|payments?',
  'pipelines?|pods?|policies|policy|pools?|ports?|primary|primaries|process(?:es)?|prod|production|proxies|proxy|queries',
  'query|queues?|regions?|releases?|replicas?|replication|requests?|responses?|restarts?|retries|retry|rollbacks?',
  'rollouts?|rows?|runbooks?|samples?|schedulers?|schemas?|scripts?|search|secrets?|servers?|services?|sessions?|shards?',
  'software|staging|storage|support|systems?|tables?|tasks?|tests?|threads?|timeouts?|tokens?|tools?|traffic|transactions?',
  'updates?|upgrades?|users?|versions?|volumes?|warnings?|webhooks?|workers?|writes?|reads?|vendors?|shops?',
  // Days, months, and products that people name.
  'monday|tuesday|wednesday|thursday|friday|saturday|sunday|january|february|march|april|june|july|august|september',
  'october|november|december|aws|azure|cassandra|chrome|cloudflare|consul|datadog|docker|elasticsearch|envoy|etcd|firefox',
  'github|gitlab|google|grafana|haproxy|helm|java|jenkins|kafka|kibana|kubernetes|linux|mongo|mysql|nginx|node|pagerduty',
  'postgres(?:ql)?|prometheus|python|rabbit(?:mq)?|redis|rust|safari|sentry|slack|spark|stripe|terraform|vault|windows',
  // Endings that names hardly ever have.
  '[a-z]+(?:ing|tion|sion|ment|ness|ity|ance|ence|ware|base|ly|ed)',
].join('|');

const roles = [
  'engineers?|developers?|devs?|programmers?|coders?|operators?|admins?|administrators?|reviewers?|authors?|testers?',
  'interns?|juniors?|seniors?|leads?|managers?|directors?|bosses|boss|teams?|squads?|colleagues?|coworkers?|people|persons?',
  'responders?|commanders?|on-?calls?|contractors?|consultants?|analysts?|designers?|architects?|owners?|maintainers?',
  'guys?|folks|sre|sres|dba|dbas|staff|departments?|desks?|newcomers?|apprentices?|technicians?|agents?',
].join('|');

const mention = '<@[uw][a-z0-9]+(?:\\|[^>]*)?>|@[\\p{L}\\d][\\p{L}\\d._-]*';
/** What never stands between an article and a role: there another part of the sentence begins. */
const notInRoles =
  'because|since|and|but|so|that|which|who|when|while|after|before|if|the|a|an|our|their|this|was|were|is|are|had|has|of|in|on|to|for|by|with|from|at|as|than';

/** The roles themselves, or with what people put before them: "our most junior database engineer". */
const role = `\\b(?:the|a|an|our|their|your|some|any|one|each|every|that|this|those|these|its|all|which)\\s+(?:(?!(?:${notInRoles})(?![\\w'-]))[\\w'-]+\\s+){0,3}?(?:${roles})\\b(?:\\s+(?:on|in|at|from|of)\\s+(?:the\\s+|our\\s+)?[\\w-]+)?`;
const pronoun = '\\b(?:he|she|they|you)\\b(?: guys| all| folks| two| both)?';
const ofATeam = `(?:\\s+(?:on|in|from|at|of)\\s+(?:the|our|their)\\s+(?:[\\w-]+\\s+){0,2}?(?:${roles})\\b)?`;
const somebody = `\\b(?:whoever|someone|somebody|anyone|anybody|everyone|everybody|people|engineers|developers|operators|one of (?:us|them|you))\\b${ofATeam}`;

/** Words that grade somebody: what was done stays, the grade goes. `verdict` matches one of them. */
const graded = (verdict: string): BlameLanguage['patterns'][number]['reads'] => [
  { read: `\\b(?:${verdict})\\s+of\\s+{us}\\s+to\\s+{rest}`, fact: wasDone },
  {
    read: `\\b(?:it|this|that)\\s+(?:was|is)\\s+(?:\\w+ly\\s+|so\\s+|too\\s+)?(?:${verdict})\\s+(?:of\\s+{us}\\s+)?to\\s+{rest}`,
    fact: wasDone,
  },
  {
    read: `\\b(?:it|this|that)\\s+(?:was|is)\\s+(?:\\w+ly\\s+|so\\s+)?(?:${verdict})\\s+that\\s+{rest}`,
    fact: (rest) => rest,
  },
  {
    read: `{us}\\s+(?:was|were|is|are)\\s+(?:\\w+ly\\s+|so\\s+|too\\s+)?(?:${verdict})\\s+(?:with|about|in|on)\\s+{rest}`,
    fact: about,
  },
  {
    read: `(?<rest>(?:(?!(?:because|since|but|so|and|if|that)\\b)[^\\s,;:.!?]+\\s+){1,8}?)(?:was|were|is|are)\\s+(?:\\w+ly\\s+|so\\s+|too\\s+)?(?:${verdict})(?=\\s*(?:[,;:.!?]|$|because\\b|since\\b))`,
    fact: about,
  },
  { read: `\\b(?:${verdict})\\s+and\\s+(?=\\w)`, fact: '' },
  { read: `\\s+and\\s+(?:${verdict})\\b`, fact: '' },
  { read: `\\b(?:${verdict})\\s+(?=\\w)`, fact: '' },
  { read: `\\b(?:${verdict})\\b`, fact: '' },
];

/** What a grade or an accusation was about, where nothing more is known of it. */
const about = (rest: string): string =>
  /^(?:it|this|that|he|she|they|we|i|you|everyone|everybody)(?: all| one)?$/i.test(rest)
    ? ''
    : `it is about ${rest.replace(/^(?:The|An?|Our|Their|This|That|These|His|Her|Your|My)\b/, (word) => word.toLowerCase())}`;
const aLook = (rest: string): string => `a look at ${rest}`;
const oneStep = (rest: string): string => `one step ${rest}`;

export const english: BlameLanguage = {
  code: 'en',
  name: 'English',
  notNames,
  words: {
    role,
    person: `${pronoun}|${somebody}|${role}|${mention}|{name}`,
    // Whoever writes may include themselves.
    us: `\\b(?:i|we)\\b|${pronoun}|${somebody}|${role}|${mention}|{name}`,
    nobody: `\\b(?:nobody|no one|no-one|none of (?:us|them|you))\\b${ofATeam}`,
    roles,
    adverb: '(?:\\s+(?:\\w+ly|just|also|then|even|still|again|never|really|probably|definitely))?',
  },
  empty: new Set(
    `a an the this that these those it its there here i you he she we they me him her us them my your his our their one
    ones is are was were be been being am do does did done has have had having will would can could shall should may might
    must of to in on at by for from with as and or but so if then than too very really just only simply even also again
    still all any some every each such own same what who whom whose which how why when where not no never nobody somebody
    someone anybody anyone everybody everyone people involved future thing things frankly honestly obviously clearly time way s t
    something anything nothing sure make made please`.split(/\s+/),
  ),
  ties: ['because', 'since', 'so', 'and', 'but', 'which', 'while', 'as', 'although', 'though'],
  aboutThese: (facts) => `it is about ${facts}`,
  opening: 'What happened:',
  smooth: [[/\s+(?:because|since|as)\s+(?=it is about )/g, '; ']],
  patterns: [
    {
      id: 'should-not-have',
      reads: [
        "{us}{adverb}\\s+(?:should|ought|could)(?:n't| not)(?:\\s+(?:to\\s+)?(?:have|'ve|of))\\s+{rest}",
      ],
      fact: wasDone,
      what: 'What spoke for having {rest} at that moment?',
      how: 'How did things look to somebody who had {rest}?',
    },
    {
      id: 'should-have',
      reads: [
        "{us}{adverb}\\s+(?:should|shoulda)(?:n't| not)?(?:\\s+(?:have|'ve|of))?{adverb}\\s+(?<=have |'ve |of |shoulda |ly |just |also |even |never ){rest}",
      ],
      fact: wasNotDone,
      what: 'What would have made it natural to have {rest}?',
      how: 'How did things look to somebody who had not {rest}?',
    },
    {
      id: 'could-have',
      reads: ["{person}{adverb}\\s+could(?:n't| not)?(?:\\s+(?:have|'ve|of))\\s+{rest}"],
      fact: wasNotDone,
      what: 'What would have had to be different for people to have {rest}?',
      how: 'How did things look to somebody who had not {rest}?',
    },
    {
      id: 'ought-to-have',
      reads: ['{us}\\s+ought\\s+to\\s+have\\s+{rest}'],
      fact: wasNotDone,
      what: 'What would have made it natural to have {rest}?',
      how: 'How did things look to somebody who had not {rest}?',
    },
    {
      id: 'supposed-to',
      reads: [
        {
          read: "{us}\\s+(?:was|were|is|are)(?:n't| not)\\s+(?:supposed|expected|meant|required)\\s+to\\s+{rest}",
          fact: (rest) => `the plan was not to ${rest}`,
        },
        '{us}\\s+(?:was|were|is|are)\\s+(?:supposed|expected|meant|required)\\s+to\\s+{rest}',
      ],
      fact: wasPlanned,
      what: 'What stood in the way of the plan to {rest}?',
      how: 'How does it usually go when somebody has to {rest}?',
    },
    {
      id: 'need-to-have',
      reads: [
        '{person}\\s+(?:needed|had)\\s+to\\s+(?:have\\s+)?(?=(?:know|known|check|checked|think|thought|ask|asked|read)\\b){rest}',
      ],
      fact: (rest) => `it mattered to ${rest}`,
      what: 'What would have brought that knowledge to the person at that moment?',
      how: 'How is one to learn of it while doing the work?',
    },
    {
      id: 'if-only',
      reads: [
        { read: "\\bif\\s+only\\s+{us}\\s+(?:hadn't|had not)\\s+{rest}", fact: ifNotDone },
        { read: "\\bif\\s+only\\s+{us}(?:\\s+had|'d)\\s+{rest}", fact: ifDone },
        { read: '\\bif\\s+{us}\\s+(?:had\\s+only|only\\s+had)\\s+{rest}', fact: ifDone },
        '\\bif\\s+only\\s+{us}(?:\\s+(?:were|was|would|could)\\s+{rest})?',
        '\\bif\\s+{us}\\s+only\\b(?:\\s+{rest})?',
        '{us}{adverb}\\s+only\\s+(?:had|would)\\b(?:\\s+{rest})?',
      ],
      unless: ['\\bif only (?:one|two|\\d)'],
      fact: 'if that step had gone another way',
      what: 'What would have had to be different around the people involved?',
      how: 'How did it look to them at that moment?',
    },
    {
      id: 'if-they-had',
      reads: [
        {
          read: "\\bif\\s+{person}\\s+(?:hadn't|had not|'d not){adverb}\\s+(?=(?:been|\\w+ed|paid|read|thought|done|known|told|said|seen|run|gone|taken|kept|left|put)\\b){rest}",
          fact: ifNotDone,
        },
        "\\bif\\s+{person}(?:\\s+had|'d){adverb}\\s+(?=(?:been|\\w+ed|paid|read|thought|done|known|told|said|seen|run|gone|taken|kept|left|put)\\b){rest}",
        '\\bhad\\s+{person}\\s+(?=(?:been|listened|paid|looked|checked|read|asked|followed|thought|tested|waited)\\b){rest}',
      ],
      fact: ifDone,
      what: 'What in the system let this hang on one person?',
      how: 'How could it have gone well with all of that as it was?',
    },
    {
      id: 'human-error',
      reads: [
        '\\b(?:a\\s+|an\\s+)?(?:human|operator|user|pilot|manual|people)\\s+(?:error|mistake|failure|failing)s?\\b',
        '\\berror on the part of {person}',
        '\\berror on the part of\\b',
        '\\bpebkac\\b',
      ],
      unless: [
        '\\b(?:no|not|rather than|instead of|reports? of|call(?:s|ed|ing)? it) (?:\\w+ )?(?:human|operator|user) error',
        '\\buser errors? (?:page|message|code|rate)',
      ],
      fact: 'a step that went differently than meant',
      what: 'What made this slip possible, and what would have caught it?',
      how: 'How did the step look to the person who took it?',
    },
    {
      id: 'careless',
      reads: [{ read: '\\bcarelessness\\b', fact: 'the way it was done' }, ...graded('careless(?:ly)?')],
      fact: '',
      what: 'What was asking for attention at the same time?',
      how: 'How can the work need less care?',
    },
    {
      id: 'negligent',
      reads: [
        {
          read: '\\b(?:negligence|recklessness|irresponsibility)(?:\\s+(?:of|by|on the part of|on)\\s+{us})?',
          fact: 'the way it was done',
        },
        ...graded('negligent(?:ly)?|reckless(?:ly)?|irresponsibl[ey]'),
      ],
      fact: '',
      what: 'What made this the sensible thing to do at that moment?',
      how: 'How could the risk have been visible beforehand?',
    },
    {
      id: 'sloppy',
      reads: [
        { read: '\\bsloppiness\\b', fact: 'the way it was done' },
        ...graded('sloppy|sloppily|slapdash|half-hearted(?:ly)?|half-assed|shoddy'),
      ],
      unless: ['\\bsloppy (?:quorum|counter|phrase)'],
      fact: '',
      what: 'What was the change up against: time, tools, unclear limits?',
      how: 'How do changes of this kind usually get looked at?',
    },
    {
      id: 'lazy',
      reads: [
        {
          read: '{us}\\s+(?:was|were|is|are|got|became|had become)\\s+(?:too\\s+|so\\s+|just\\s+|simply\\s+)?(?:lazy|complacent|idle)\\s+to\\s+{rest}',
          fact: wasNotDone,
        },
        {
          read: '{us}\\s+(?:was|were|is|are|got|became|had become)\\s+(?:too\\s+|so\\s+|just\\s+|simply\\s+)?(?:lazy|complacent|idle)\\s+(?:about|with|in|on)\\s+{rest}',
          fact: about,
        },
        '{us}\\s+(?:was|were|is|are|got|became|had become)\\s+(?:too\\s+|so\\s+|just\\s+|simply\\s+)?(?:lazy|complacent|idle)\\b',
        { read: '\\b(?:laziness|complacency)\\b', fact: 'the way that had become usual' },
      ],
      fact: null,
      what: 'What made the shorter way the one that was taken?',
      how: 'How much work would the longer way have been?',
    },
    {
      id: 'stupid',
      reads: graded(
        'stupid|stupidly|silly|dumb|idiotic|foolish|moronic|brain-?dead|embarrassing|amateurish|unprofessional',
      ),
      unless: ['\\bdumb (?:terminal|pipe|switch)'],
      fact: '',
      what: 'What made this look right when it was done?',
      how: 'How would the next person come to the same point?',
    },
    {
      id: 'incompetent',
      reads: [
        {
          read: "{us}\\s+(?:was|were|is|are)(?:n't| not|\\s+never)\\s+(?:really\\s+)?(?:qualified|competent|experienced|senior|good|smart|skilled|trained)(?:\\s+enough)?\\s+to\\s+{rest}",
          fact: (rest) => `the task was to ${rest}`,
        },
        {
          read: "{us}\\s+(?:was|were|is|are)(?:n't| not|\\s+never)\\s+(?:really\\s+)?(?:qualified|competent|experienced|senior|good|smart|skilled|trained)\\b",
          fact: null,
        },
        {
          read: `\\b(?:any|every)\\s+(?:competent|decent|half-decent|good|real|experienced|sane)\\s+(?:\\w+\\s+)?(?:person|people|${roles})\\b(?:\\s+(?:would|could|can|will|should)\\s+(?:have\\s+)?(?:seen?|known?|caught|spotted|noticed|told|done|checked)\\b(?:\\s+(?:it|this|that)(?:\\s+coming)?)?)?`,
          fact: null,
        },
        {
          read: '\\black of (?:skill|competence|experience|knowledge) (?:of|in|on) (?:the|our) (?:team|people|part)',
          fact: 'a gap in what the work had taught',
        },
        '\\bincompeten(?:t|tly)\\b',
        { read: '\\bincompetence\\b', fact: 'the way it was done' },
      ],
      fact: '',
      what: 'What did the task ask of the person that nothing had prepared them for?',
      how: 'How do people come to learn this task?',
    },
    {
      id: 'forgot',
      reads: [
        '{us}{adverb}\\s+(?:had\\s+|have\\s+|has\\s+)?(?:forgot|forgotten|forget|forgets)\\s+to\\s+{rest}',
        '\\bit was forgotten to\\s+{rest}',
      ],
      fact: wasNotDone,
      what: 'What could have reminded us to {rest}?',
      how: 'How would somebody know that it is time to {rest}?',
    },
    {
      id: 'forgot-something',
      reads: [
        '{us}{adverb}\\s+(?:had\\s+|have\\s+|has\\s+)?(?:forgot|forgotten)\\s+(?:about\\s+)?(?!to\\b){rest}',
      ],
      fact: became('missed'),
      what: 'What could have kept {rest} in sight?',
      how: 'How does one come to know about {rest}?',
    },
    {
      id: 'failed-to',
      reads: [
        '{us}{adverb}\\s+(?:have\\s+|has\\s+|had\\s+)?fail(?:ed|s)?\\s+to\\s+{rest}',
        {
          read: '\\bfailure (?:of|by) {person}(?!\\w)(?:\\s+to\\s+{rest})?',
          fact: 'a step that did not happen',
        },
      ],
      fact: wasNotDone,
      what: 'What made it hard to {rest}?',
      how: 'How did things look from where they stood?',
    },
    {
      id: 'neglected',
      reads: [
        {
          read: '{us}{adverb}\\s+(?:have\\s+|has\\s+|had\\s+)?(?:neglected|omitted)\\s+to\\s+{rest}',
          fact: wasNotDone,
        },
        '{us}{adverb}\\s+(?:have\\s+|has\\s+|had\\s+)?(?:neglected|omitted)\\s+{rest}',
      ],
      fact: became('left aside'),
      what: 'What took the place of {rest}?',
      how: 'How would anybody have noticed that it was time for {rest}?',
    },
    {
      id: 'overlooked',
      reads: [
        '{person}{adverb}\\s+(?:have\\s+|has\\s+|had\\s+)?(?:overlooked|missed)\\s+{rest}',
        '{us}{adverb}\\s+(?:have\\s+|has\\s+|had\\s+)?overlooked\\s+{rest}',
      ],
      fact: became('missed'),
      what: 'What made {rest} easy to miss?',
      how: 'How would {rest} have stood out?',
    },
    {
      id: 'not-paying-attention',
      reads: [
        "(?:{us}\\s+)?(?:was|were|is|are|been)(?:n't| not)\\s+(?:paying|really paying)\\s+(?:any\\s+|enough\\s+)?attention\\b",
        "(?:{us}\\s+)?(?:did|do|does)(?:n't| not)\\s+pay\\s+(?:any\\s+|enough\\s+|close\\s+)?attention\\b",
        '(?:{us}\\s+(?:was|were|is|are)\\s+)?\\b(?:inattentive|absent-minded|distracted by (?:his|her|their))\\b',
        { read: '\\binattention(?:\\s+(?:by|of|from)\\s+{us})?', fact: 'so much else to look at' },
        {
          read: '\\b(?:a\\s+)?lack of (?:attention|care|focus|diligence|discipline|ownership|accountability|professionalism|effort)(?:\\s+(?:by|of|from|in)\\s+{us})?',
          fact: 'a gap in how the work was set up',
        },
      ],
      fact: null,
      what: 'What was calling for attention at that moment?',
      how: 'How could this have come to somebody’s attention by itself?',
    },
    {
      id: 'ignored',
      reads: [
        '{us}{adverb}\\s+(?:have\\s+|has\\s+|had\\s+)?(?:ignored|disregarded|dismissed|brushed off|shrugged off)\\s+{rest}',
        { read: '(?<=\\b(?:was|were) )ignored by {person}', fact: 'passed over' },
      ],
      unless: ['\\bthe (?:\\w+ )?(?:client|server|router|service|job|script|agent)s?\\b[^.]*\\bignored'],
      fact: became('passed over'),
      what: 'What made {rest} look like noise?',
      how: 'How often does {rest} come without meaning anything?',
    },
    {
      id: 'broke',
      reads: [
        '{person}{adverb}\\s+(?=(?:had\\s+|has\\s+)?(?:broke|broken|crashed|killed|wrecked|ruined|blew up|bricked)\\b){rest}',
        '{person}\\s+(?=(?:took|brought)\\s+(?:the\\s+|our\\s+)?[\\w ]{1,30}\\s+down\\b){rest}',
        {
          read: '{person}{adverb}\\s+(?:had\\s+|has\\s+)?(?:messed up|screwed up|botched|fat-?fingered|stuffed up|cocked up)\\b(?<rest>[^,;:.!?\\n]{0,160})',
          fact: (rest) => itself('went differently than meant')(`did ${rest}`),
        },
        { read: '\\b(?:messed|screwed|stuffed|cocked) up\\b', fact: 'not as it was meant' },
      ],
      fact: oneStep,
      what: 'What made it possible for one step to have this effect?',
      how: 'How could the step have been tried out without harm?',
    },
    {
      id: 'wrong-thing',
      reads: [
        '{us}{adverb}\\s+(?:had\\s+|has\\s+)?(?!was\\b|were\\b|is\\b|are\\b|noticed\\b|found\\b|fixed\\b|saw\\b|removed the last\\b)(?=(?:\\w+ed|ran|took|chose|picked|put|set|sent|shut|cut|wrote|made|did|gave|hit|read)(?:\\s+(?:in|on|off|out|up|down|over))?\\s+(?:the\\s+|a\\s+|an\\s+)?(?:wrong|incorrect|bad)\\b){rest}',
      ],
      unless: [
        '\\b(?:noticed|found|reported|corrected|rolled back|reverted|fixed|removed) (?:the|a) (?:wrong|incorrect|bad)\\b',
      ],
      fact: wasDone,
      what: 'What told the right one from the wrong one at that moment?',
      how: 'How could they be made to look different?',
    },
    {
      id: 'misread',
      reads: [
        {
          read: '{us}{adverb}\\s+(?:had\\s+|has\\s+)?(?:misread|misjudged|misunderstood|misinterpreted|mixed up|confused)\\b\\s*{rest}',
          fact: became('taken for something else'),
        },
        {
          read: '{us}{adverb}\\s+(?:had\\s+|has\\s+)?(?:mistyped|misconfigured|mishandled|mismanaged|miscalculated|misused)\\b\\s*{rest}',
          fact: became('set another way than meant'),
        },
        '{us}{adverb}\\s+(?:had\\s+|has\\s+)?(?:misread|misjudged|mistyped|misconfigured|mishandled|misunderstood|misinterpreted|mismanaged|miscalculated|misused|mixed up|confused)\\b',
      ],
      fact: 'something was taken for something else',
      what: 'What made it easy to take {rest} for something else?',
      how: 'How would {rest} have to look to be read only one way?',
    },
    {
      id: 'by-mistake',
      reads: [
        '{person}(?!\\w)\\s*(?<rest>[^,.;:!?\\n]{1,80}?)\\s*\\b(?:by mistake|by accident|accidentally|inadvertently|mistakenly)\\b(?!\\s+\\w)',
        '{person}\\s+(?:accidentally|inadvertently|mistakenly|wrongly|incorrectly)\\s+(?=\\w){rest}',
        {
          read: '{person}(?!\\w)[^,.;]{1,80}?\\b(?:by mistake|by accident|accidentally|inadvertently|mistakenly)\\b\\s*(?<rest>[^,;:.!?\\n]{0,160})',
          fact: wasDoneUnmeant,
        },
      ],
      fact: wasDoneUnmeant,
      what: 'What made that step so close at hand?',
      how: 'How could the tool have asked before it went on?',
    },
    {
      id: 'mistake-of',
      reads: [
        "(?:{name}|{role}|\\b(?:his|her|their|your|my))(?:'s|')?\\s+(?:own\\s+|big\\s+|costly\\s+|stupid\\s+)?(?:mistake|error|blunder|slip-?up|oversight|failure|screw-?up)s?\\b",
        {
          read: '\\b(?:mistake|error|blunder|slip|oversight|lapse)s?\\s+(?:made\\s+)?(?:by|of|from)\\s+{us}',
          fact: 'step that went differently than meant',
        },
        {
          read: '{us}\\s+made\\s+(?:a|an|some|the|this|that|several)\\s+(?:\\w+\\s+)?(?:mistake|error|blunder)s?\\b',
          fact: 'something went differently than meant',
        },
        { read: "\\b(?:rookie|beginner|amateur)(?:'s)?\\s+(?:mistake|error)s?\\b", fact: 'slip' },
      ],
      fact: 'one step',
      what: 'What made this possible, and what would have caught it?',
      how: 'How did it look like the right step at that moment?',
    },
    {
      id: 'fault',
      reads: [
        {
          read: "\\b(?:it|this|that)\\s+(?:was|is)\\s+(?:all\\s+|entirely\\s+)?(?:{name}|{role}|(?:his|her|their|your|my|our|whose|someone|somebody|nobody|everyone))(?:'s|')?\\s+(?:own\\s+)?fault\\s+that\\s+{rest}",
          fact: (rest) => rest,
        },
        "(?:{name}|{role}|\\b(?:his|her|their|your|my|our|whose|someone|somebody|nobody|everyone))(?:'s|')?\\s+(?:own\\s+)?fault\\b",
        '\\b(?:the\\s+)?fault\\s+(?:of|lies with|is with|rests with|was with)\\s+{us}',
        '(?:{us}\\s+(?:was|were|is|are)\\s+)?\\b(?:at fault|guilty)\\b(?:\\s+of\\s+{rest})?',
        '\\b(?:the\\s+)?(?:culprits?|guilty)\\b',
      ],
      unless: [`\\b(?:the|a) culprit (?:was|is|turned out to be) (?:a|an|the) (?!${roles})`],
      fact: null,
      what: 'What made this outcome likely, whoever was there?',
      how: 'How did the parts come together?',
    },
    {
      id: 'to-blame',
      reads: [
        {
          read: '{us}\\s+(?:is|are|was|were)\\s+(?:\\w+ly\\s+|partly\\s+|the only one\\s+)?to\\s+blame\\s+for\\s+{rest}',
          fact: about,
        },
        { read: '(?:{us}\\s+(?:is|are|was|were)\\s+)?\\bto\\s+blame\\s+for\\s+{rest}', fact: about },
        '(?:{us}\\s+(?:is|are|was|were)\\s+(?:\\w+ly\\s+)?)?\\bto\\s+blame\\b',
        {
          read: '\\b(?:(?:i|we|they|you|he|she)\\s+(?:\\w+ly\\s+)?)?blame[sd]?\\s+(?:{person}|(?:\\S+\\s+){1,5}?)\\s*for\\s+{rest}',
          fact: about,
        },
        '\\b(?:i|we|they|you|he|she)\\s+(?:\\w+ly\\s+)?blame[sd]?\\b(?:\\s+(?:{person}|\\S+))?',
        '\\b(?:the\\s+)?blame\\s+(?:lies|rests|is|falls|goes)\\b(?:\\s+(?:with|on|to)\\s+{us})?',
        '\\bblame\\s+{person}',
      ],
      unless: ['\\bblameless\\b', '\\b(?:not|no one|nobody)(?: is)? to blame\\b', '\\bgit blame\\b'],
      fact: null,
      what: 'What else had to be true for this to happen?',
      how: 'How did each part contribute?',
    },
    {
      id: 'why-did-you',
      reads: [
        {
          read: "\\bwhy\\s+(?:the hell\\s+|on earth\\s+)?(?:didn't|didnt|don't|doesn't)\\s+{us}\\s+{rest}",
          fact: wasNotDone,
        },
        {
          read: '\\bwhy\\s+(?:the hell\\s+|on earth\\s+)?(?:did|do|does)\\s+{us}\\s+not\\s+{rest}',
          fact: wasNotDone,
        },
        { read: '\\bwhy\\s+(?:the hell\\s+|on earth\\s+)?(?:did|do|does)\\s+{us}\\s+{rest}', fact: wasDone },
        {
          read: "\\bwhy\\s+(?:the hell\\s+|on earth\\s+)?(?:hadn't|hasn't|haven't)\\s+{us}\\s+{rest}",
          fact: wasNotDone,
        },
        { read: '\\bwhy\\s+(?:the hell\\s+|on earth\\s+)?(?:had|has|have)\\s+{us}\\s+{rest}', fact: wasDone },
        {
          read: '\\bwhy\\s+(?:the hell\\s+|on earth\\s+)?(?:was|were|is|are)\\s+{nobody}\\s+{rest}',
          fact: (rest) => `nobody was ${rest}`,
        },
        {
          read: '\\bwhy\\s+(?:the hell\\s+|on earth\\s+)?(?:did|does)\\s+{nobody}\\s+{rest}',
          fact: wasNotDone,
        },
        "\\bwhy\\s+(?:the hell\\s+|on earth\\s+)?(?:did|didn't|didnt|do|don't|does|doesn't|was|wasn't|were|weren't|would|wouldn't|had|hadn't|has|hasn't|have|haven't|is|isn't|are|aren't|can't|couldn't)\\s+(?:{us}|{nobody})",
      ],
      fact: null,
      what: 'What did it look like at the moment of that step?',
      how: 'How did this come to be the step to take?',
    },
    {
      id: 'how-could-they',
      reads: [
        {
          read: "\\bhow\\s+(?:could|can|would|did)\\s+{person}\\s+(?:not|n't)\\s+{rest}",
          fact: wasNotDone,
        },
        {
          read: '\\bhow\\s+(?:could|can|would|did)\\s+{person}\\s+(?:possibly\\s+|ever\\s+)?(?:miss|overlook)\\s+{rest}',
          fact: became('missed'),
        },
        { read: '\\bhow\\s+(?:could|can|would|did)\\s+{person}\\s+fail\\s+to\\s+{rest}', fact: wasNotDone },
        {
          read: '\\bhow\\s+(?:could|can|would|did)\\s+{person}\\s+(?:possibly|ever|let)\\b(?:\\s+{rest})?',
          fact: (rest) => (rest === '' ? '' : wasDone(rest)),
        },
        '\\bhow\\s+(?:could|can|would|did)\\s+{person}\\s+(?:be so|not)\\b',
        { read: "\\bhow\\s+(?:couldn't|didn't)\\s+{person}\\s+{rest}", fact: wasNotDone },
        "\\bhow\\s+(?:couldn't|didn't)\\s+{person}",
      ],
      fact: null,
      what: 'What was there to be seen at that moment, and where?',
      how: 'How would it have been noticed on an ordinary day?',
    },
    {
      id: 'who-did',
      reads: [
        {
          read: "\\bwho(?:'s| is| was)?\\s+(?:the hell\\s+)?(?=(?:approved|did|deployed|merged|wrote|broke|pushed|made|introduced|allowed|changed|deleted|touched|reviewed)\\b){rest}",
          fact: wasDone,
        },
        {
          read: '\\bwhose\\s+(?:idea|job|responsibility|turn)\\s+(?:is|was)\\s+it\\s+to\\s+{rest}',
          fact: wasDone,
        },
        {
          read: '\\bwho\\s+(?:is|was)\\s+(?:responsible|accountable|to blame)\\s+for\\s+{rest}',
          fact: about,
        },
        "\\bwho(?:'s| is| was)?\\s+(?:the hell\\s+)?(?:approved|did|deployed|merged|wrote|broke|pushed|made|caused|introduced|let|allowed|changed|deleted|touched|signed off|reviewed|responsible|accountable|to blame|let)\\b",
        '\\bwhose\\s+(?:idea|job|change|commit|code|bug|responsibility|turn)\\b',
        '\\bwho\\s+(?:is|was)\\s+(?:responsible|accountable|behind)\\b',
      ],
      fact: null,
      what: 'What did the change pass on its way to production?',
      how: 'How are changes like this one decided?',
    },
    {
      id: 'be-more-careful',
      reads: [
        "(?:{us}\\s+(?:[\\w']+\\s+){1,4}?)?(?:please\\s+)?\\b(?:be|being|been)\\s+(?:much\\s+|a bit\\s+|a little\\s+|far\\s+)?(?:more\\s+|extra\\s+)(?:careful|cautious|vigilant|diligent|attentive|thorough|disciplined|mindful)\\s+(?:with|about|when|while|in|on|around|of)\\s+{rest}",
        {
          read: "(?:{us}\\s+(?:[\\w']+\\s+){1,4}?)?(?:please\\s+)?\\b(?:be|being|been)\\s+(?:much\\s+|a bit\\s+|a little\\s+|far\\s+)?(?:more\\s+|extra\\s+)(?:careful|cautious|vigilant|diligent|attentive|thorough|disciplined|mindful)\\b",
          fact: null,
        },
        {
          read: '\\bmore\\s+(?:care|discipline|diligence|vigilance|attention)\\s+(?:is|are|must|should|needs?|from)\\b',
          fact: null,
        },
        '\\bmore\\s+(?:care|discipline|diligence|vigilance|attention)\\s+(?:when|in|with)\\s+{rest}',
        { read: '\\bexercise (?:more |greater )?(?:care|caution)\\b', fact: null },
      ],
      fact: aLook,
      what: 'What would make the careful way the easy way?',
      how: 'How could the system notice when care runs out?',
    },
    {
      id: 'pay-attention',
      reads: [
        "(?:{us}\\s+(?:[\\w']+\\s+){1,3}?)?\\bpay\\s+(?:more|closer|better|greater|special)\\s+attention\\s+(?:to|when|in|on|with|during|while)\\s+{rest}",
        {
          read: "(?:{us}\\s+(?:[\\w']+\\s+){1,3}?)?\\bpay\\s+(?:more|closer|better|greater|special)\\s+attention\\b",
          fact: null,
        },
        {
          read: '{us}\\s+(?:must|should|need(?:s)? to|have to|has to|shall|will)\\s+(?:always\\s+|really\\s+)?(?:double-?check|triple-?check|concentrate on|focus more on)\\s+{rest}',
          fact: (rest) => `a check for ${rest}`,
        },
        {
          read: '{us}\\s+(?:must|should|need(?:s)? to|have to|has to|shall|will)\\s+(?:always\\s+|really\\s+)?(?:double-?check|triple-?check|think twice|watch out|concentrate|focus more)\\b',
          fact: null,
        },
        {
          read: '\\b(?:always|please)\\s+(?:double-?check|triple-?check)\\s+{rest}',
          fact: (rest) => `a check for ${rest}`,
        },
        { read: '\\b(?:always|please)\\s+(?:double-?check|triple-?check|think twice)\\b', fact: null },
      ],
      fact: aLook,
      what: 'What could do the checking in their place?',
      how: 'How would a wrong command show before it runs?',
    },
    {
      id: 'try-harder',
      reads: [
        {
          read: "(?:{us}\\s+(?:[\\w']+\\s+){1,3}?)?\\b(?:try|work)(?:ing)?\\s+(?:a lot\\s+|much\\s+)?harder\\s+to\\s+{rest}",
          fact: (rest) => `to ${rest} takes effort`,
        },
        "(?:{us}\\s+(?:[\\w']+\\s+){1,3}?)?\\b(?:try|work)(?:ing)?\\s+(?:a lot\\s+|much\\s+)?harder\\b",
        '(?:{us}\\s+)?\\b(?:must|should|need to|have to|has to|can|will)\\s+do\\s+better\\b',
        "(?:{us}\\s+(?:[\\w']+\\s+){0,3}?)?\\bstep up (?:our|their|your) game\\b",
        "(?:{us}\\s+(?:[\\w']+\\s+){0,3}?)?\\bpull (?:your|their|our) weight\\b",
      ],
      fact: null,
      what: 'What would make it take less effort?',
      how: 'How much effort does it take today?',
    },
    {
      id: 'remind-people',
      reads: [
        {
          read: '\\b(?:re-?mind|retrain|re-?train|re-?educate|lecture|coach|speak to|talk to|have a word with)\\s+(?:{person}|\\beveryone\\b|\\ball\\b)[^.]*?\\b(?=(?:to|about|on|how|not)\\b){rest}',
          fact: (rest) => `a reminder ${rest}`,
        },
        {
          read: '\\b(?:better|more|additional|further)\\s+training\\s+(?:for|of)\\s+{person}',
          fact: 'more training',
        },
      ],
      unless: ['\\bcustomers?\\b'],
      fact: null,
      what: 'What would do the reminding at the moment it is needed?',
      how: 'How could the next person get it right without having heard of this?',
    },
    {
      id: 'root-cause',
      reads: [
        '\\b(?:the|a|one|single|true|real|only|main)\\s+(?:single\\s+|true\\s+|real\\s+|one\\s+|main\\s+)?(?:root[- ]?cause|culprit)\\b(?=[^.]*(?:{person}|\\bhuman\\b|\\bmistake\\b|\\black of\\b|\\bwas that {person}))',
        '\\b(?:the\\s+|a\\s+)?single\\s+root[- ]?cause\\b',
        '\\b(?:the\\s+)?one\\s+and\\s+only\\s+cause\\b',
      ],
      unless: ['\\bno single root cause\\b', '\\bnot (?:a|one) single\\b', '\\brather than (?:a|one)\\b'],
      fact: 'one contributing factor',
      what: 'What conditions had to come together?',
      how: 'How did each of them contribute?',
    },
    {
      id: 'obvious',
      reads: [
        {
          read: '\\b(?:it|this|that)\\s+(?:was|is)\\s+common\\s+sense\\s+not\\s+to\\s+{rest}',
          fact: wasDone,
        },
        { read: '\\b(?:it|this|that)\\s+(?:was|is)\\s+common\\s+sense\\s+to\\s+{rest}', fact: wasNotDone },
        { read: '\\bcommon\\s+sense\\b', fact: null },
        '\\bobvious\\s+(?=(?:mistake|error|bug|problem|risk|flaw|oversight)s?\\b)',
        "(?<={us}\\s+)(?:obviously|clearly|evidently|plainly|apparently)\\s+(?=(?:did|do|does|had|has|have|was|were|is|are|could|thought|never)(?:n't|\\b))",
        {
          read: '(?:\\b(?:that|which|and)\\s+)?\\b(?:anyone|anybody)\\s+(?:could|would|can)\\s+(?:have\\s+)?(?:seen?|known?|caught|spotted|noticed|told)',
          fact: '',
        },
        { read: "(?:{us}\\s+(?:[\\w']+\\s+){1,3}?)?\\bseen (?:this|it|that) coming\\b", fact: null },
      ],
      fact: '',
      what: 'What was there to be seen at that moment, and by whom?',
      how: 'How does it look without knowing the end?',
    },
    {
      id: 'no-idea',
      reads: [
        {
          read: '{person}{adverb}\\s+(?:had|has|have)\\s+no\\s+(?:idea|clue)\\s+(?:about|of)\\s+{rest}',
          fact: (rest) => `it was not known how it is with ${rest}`,
        },
        {
          read: '{person}{adverb}\\s+(?:had|has|have)\\s+no\\s+(?:idea|clue)\\s+{rest}',
          fact: (rest) => `it was not known ${rest}`,
        },
        '{person}{adverb}\\s+(?:had|has|have)\\s+no\\s+(?:idea|clue)\\b',
        "{person}\\s+(?:did|do|does)(?:n't| not)\\s+(?:even\\s+)?(?:have a clue|know what (?:he|she|they) (?:was|were)(?:\\s+\\w+ing)?)",
      ],
      fact: null,
      what: 'What was known about this, and where was it written down?',
      how: 'How does somebody come to know it before they need it?',
    },
    {
      id: 'too-slow',
      reads: [
        {
          read: '{person}\\s+(?:was|were|is|are|has been|have been)\\s+(?:far\\s+|much\\s+|way\\s+)?(?:too\\s+)(?:slow|late|busy|tired|passive|reluctant)\\s+to\\s+{rest}',
          fact: (rest) => `it took time to ${rest}`,
        },
        {
          read: '{person}\\s+(?:was|were|is|are|has been|have been)\\s+(?:far\\s+|much\\s+|way\\s+)?(?:too\\s+)(?:hasty|quick|eager|impatient|confident|trusting|optimistic)\\s+to\\s+{rest}',
          fact: wasDone,
        },
        {
          read: '{person}\\s+(?:took|waited)\\s+(?:far\\s+|much\\s+|way\\s+)?too\\s+long\\b',
          fact: 'it took long',
        },
        '{person}\\s+(?:was|were|is|are|has been|have been)\\s+(?:far\\s+|much\\s+|way\\s+)?(?:too\\s+)(?:slow|late|hasty|quick|eager|busy|tired|trusting|optimistic|confident|passive|reluctant|impatient)\\b',
      ],
      fact: null,
      what: 'What happened between the first sign and that step?',
      how: 'How does one know that it is time for it?',
    },
    {
      id: 'nobody-bothered',
      reads: [
        {
          read: '(?:{us}|{nobody})\\s+(?:even\\s+)?(?:bothered|cared|took the trouble|could be bothered)\\s+to\\s+{rest}',
          fact: wasNotDone,
        },
        {
          read: '(?:{us}|{nobody})\\s+(?:even\\s+)?cared\\s+about\\s+{rest}',
          fact: became('passed over'),
        },
        {
          read: "{us}{adverb}\\s+(?:did|do|does)(?:n't| not)\\s+(?:even\\s+|really\\s+)?(?:bother|care)\\s+to\\s+{rest}",
          fact: wasNotDone,
        },
        {
          read: "{us}{adverb}\\s+(?:did|do|does)(?:n't| not)\\s+(?:even\\s+|really\\s+)?care\\s+about\\s+{rest}",
          fact: became('passed over'),
        },
        '(?:{us}|{nobody})\\s+(?:even\\s+)?(?:bothered|cared|took the trouble|could be bothered|wanted to take responsibility)\\b',
        "{us}{adverb}\\s+(?:did|do|does)(?:n't| not)\\s+(?:even\\s+|really\\s+)?(?:bother|care)\\b",
      ],
      fact: null,
      what: 'What made it look as if it could wait?',
      how: 'How is it usually noticed?',
    },
    {
      id: 'did-not-follow',
      reads: [
        "{us}{adverb}\\s+(?:did|do|does|had|have)(?:n't| not)\\s+(?:properly\\s+|even\\s+)?(?=(?:follow(?:ed)?|read|run|check(?:ed)?|test(?:ed)?|verif(?:y|ied)|validate[d]?|review(?:ed)?|look(?:ed)? at|ask(?:ed)?|tell|told|inform(?:ed)?|communicate[d]?|listen(?:ed)?|think|thought|consider(?:ed)?|understand|understood|respond(?:ed)?|react(?:ed)?|escalate[d]?|document(?:ed)?)\\b){rest}",
        {
          read: '{us}{adverb}\\s+(?:violated|disobeyed|breached|flouted|defied)\\s+{rest}',
          fact: (rest) => itself('and the work went different ways')(`went ${rest}`),
        },
        {
          read: '{us}{adverb}\\s+(?=(?:bypassed|circumvented|skipped)\\s){rest}',
          fact: wasDone,
        },
      ],
      unless: ["{us}\\s+did(?:n't| not) (?:understand|know) (?:that|how|why|what)"],
      fact: wasNotDone,
      what: 'What did the work look like, next to what is written down about it?',
      how: 'How well does the written way fit a moment like that one?',
    },
    {
      id: 'did-not-do-job',
      reads: [
        "(?:{us}\\s+)?(?:did|do|does)(?:n't| not)\\s+do\\s+(?:his|her|their|your|its|the)\\s+(?:job|homework|duty|part)\\b",
        '(?:{us}\\s+)?\\b(?:dropped|drop) the ball\\b',
        {
          read: '(?:{us}\\s+(?:was|were|is|are)\\s+)?\\basleep at the wheel\\b',
          fact: 'nobody was at hand',
        },
        { read: '\\s*\\bon (?:his|her|their|your) watch\\b', fact: '' },
        '(?:{us}\\s+)?\\blet (?:us|the team|everyone|everybody) down\\b',
      ],
      fact: null,
      what: 'What was each person taking care of at that time?',
      how: 'How was it settled who takes care of what?',
    },
    {
      id: 'always-never',
      reads: [
        {
          read: '{us}\\s+never\\s+(?:ever\\s+)?(?=(?:test|tests|check|checks|read|reads|listen|listens|ask|asks|think|thinks|look|looks|write|writes|deploy|deploys)\\b){rest}',
          fact: wasNotDone,
        },
        '{us}\\s+(?:never|always|constantly|keep|keeps|kept)\\s+(?:ever\\s+)?(?=(?:test|tests|check|checks|read|reads|listen|listens|deploy|deploys|break|breaks|breaking|forget|forgets|forgetting|ask|asks|ignore|ignores|ignoring|miss|misses|missing|skip|skips|skipping|write|writes|think|thinks|look|looks|pushing|making)\\b){rest}',
      ],
      fact: wasDoneOften,
      what: 'What happened this time?',
      how: 'How often has this come up, and under which conditions?',
    },
    {
      id: 'without-permission',
      reads: [
        { read: '\\bby {person}\\s+(?=without\\b)', fact: '' },
        '{person}(?!\\w)\\s*(?<rest>[^.;]{0,80}\\bwithout\\s+(?:permission|asking|approval|authori[sz]ation|telling|checking|testing|thinking|a second thought|looking|reading|consulting|review)\\b)',
        { read: '(?:{us}\\s+)?\\b(?:went|gone|going) rogue\\b', fact: null },
        { read: '\\bcowboy\\s+(?=\\w)', fact: '' },
        { read: '\\b(?:a\\s+)?cowboy\\b', fact: null },
      ],
      fact: wasDone,
      what: 'What made this step possible and sensible on its own?',
      how: 'How does one find out that somebody else wants to be asked?',
    },
    {
      id: 'judgement',
      reads: [
        '\\b(?:(?:a|an|the)\\s+)?(?:poor|bad|terrible|flawed|questionable|lapse (?:of|in)|error (?:of|in)|lack of)\\s+(?:\\w+\\s+)?judge?ments?\\b(?:\\s+(?:by|from|of|on the part of)\\s+{us})?',
        '\\b(?:(?:a|an|the)\\s+)?(?:poor|bad|terrible|stupid|irresponsible|questionable)\\s+(?:decision|call|choice|planning|communication|leadership|management)s?\\s+(?:by|from|of|on the part of)\\s+{us}',
        {
          read: '{us}\\s+made\\s+(?:a|the|some)\\s+(?:poor|bad|terrible|wrong|questionable)\\s+(?:decision|call|choice)s?\\b',
          fact: 'a decision was made',
        },
      ],
      fact: 'a decision',
      what: 'What was known when this was decided?',
      how: 'How did the choices look at that moment?',
    },
    {
      id: 'introduced-by',
      reads: [
        {
          read: '\\b(?<rest>caused|triggered|created|started|broken)\\s+(?:accidentally\\s+|mistakenly\\s+)?by\\s+(?:{name}|{role}|{person})',
          fact: (verb) => `${verb} by one step`,
        },
        '\\b(?<rest>introduced|deployed|merged|approved|deleted|written)\\s+(?:accidentally\\s+|mistakenly\\s+)?by\\s+(?:{name}|{role}|{person})',
      ],
      unless: ['\\b(?:fixed|found|resolved|mitigated) by\\b'],
      fact: (verb) => verb,
      what: 'What did this go through on its way to production?',
      how: 'How do changes like this one get looked at?',
    },
    {
      id: 'knew-better',
      reads: [
        { read: '{us}\\s+(?:knew|knows|know)\\s+better\\s+than\\s+to\\s+{rest}', fact: wasDone },
        {
          read: '{us}\\s+(?:knew|knows|know)\\s+(?=the risks?\\b){rest}',
          fact: (rest) => `${rest} was known`,
        },
        {
          read: '{us}\\s+(?:knew|knows|know)\\s+(?:full\\s+|very\\s+|perfectly\\s+)?(?:well\\b|better\\b|that (?:it|this) (?:was|is) (?:wrong|forbidden|dangerous))',
          fact: null,
        },
        '{us}\\s+(?:deliberately|knowingly|wilfully|willfully|intentionally)\\s+(?=\\w){rest}',
      ],
      unless: ['{us}\\s+(?:deliberately|intentionally) (?:waited|kept|left|chose|slowed|took)'],
      fact: wasDone,
      what: 'What was weighed against what at that moment?',
      how: 'How big did each of the risks look then?',
    },
    {
      id: 'consequences',
      reads: [
        {
          read: '(?:\\bthere\\s+(?:will|must|should)\\s+be\\s+)?\\bconsequences\\s+for\\s+(?=(?:skipping|breaking|ignoring)\\b){rest}',
          fact: wasDone,
        },
        {
          read: '(?:\\bthere\\s+(?:will|must|should)\\s+be\\s+)?\\bconsequences\\s+for\\s+not\\s+{rest}',
          fact: wasNotDone,
        },
        '(?:{us}\\s+)?\\b(?:will|would|must|should|has|have|had|to)\\s+(?:be|been)\\s+(?:spoken to|warned|disciplined|punished|reprimanded|held (?:accountable|responsible)|fired|written up|sanctioned)\\b',
        '(?:\\bthere\\s+(?:will|must|should)\\s+be\\s+)?\\bconsequences\\s+for\\s+(?:{person}|skipping|not|anyone|whoever|breaking|ignoring)',
        '\\b(?:hold|holding|held)\\s+(?:\\w+\\s+){1,3}(?:accountable|responsible)\\b',
        '\\bheads?\\s+(?:will|must|should)\\s+roll\\b',
        {
          read: '\\b(?:the\\s+)?(?:person|people|engineer|developer|operator|team|one)s?\\s+(?:who\\s+(?:is|was|were)\\s+)?responsible\\b(?:\\s+for\\s+{rest}|[^,;:.!?\\n]*)',
          fact: null,
        },
      ],
      fact: null,
      what: 'What would have to change so that this cannot happen to the next person?',
      how: 'How can telling about it early be made worthwhile?',
    },
    {
      id: 'on-them',
      reads: [
        '(?:\\b(?:it|this|that)(?:\\s+one)?\\s+)?\\b(?:is|was|are|were)\\s+(?:all\\s+|entirely\\s+|squarely\\s+|really\\s+)?(?:on|down to|up to)\\s+(?:him|her|them|you|me|us|{name}|{role}|{person})(?=\\s*(?:[.!;,]|$| alone| and| for))',
        '\\b(?:the\\s+)?(?:same|usual)\\s+(?:person|people|suspects?|team|guy|guys|folks)\\b(?=[^.]*(?:every|again|always|each|as usual|once more|$))',
        '{us}\\s+(?:left|dropped|dumped|handed)\\s+(?:us|me|everyone|everybody|it|this|that)\\s+(?:with\\s+)?(?:a|an|the|in|on|all)\\b(?:\\s+\\w+)?',
      ],
      fact: null,
      what: 'What put this in one pair of hands?',
      how: 'How could the load have been shared?',
    },
    {
      id: 'what-were-they-thinking',
      reads: [
        '\\bwhat\\s+(?:was|were|is|are)\\s+{us}\\s+(?:even\\s+)?(?:thinking|doing|playing at|up to|waiting for)\\b',
        '\\bwhat\\s+(?:got into|is wrong with|was wrong with)\\s+{us}',
      ],
      fact: null,
      what: 'What was known at that moment?',
      how: 'How did the situation look from there?',
    },
    {
      id: 'lost-their-nerve',
      reads: [
        {
          read: '{us}{adverb}\\s+(?:had\\s+|has\\s+|just\\s+|simply\\s+)?(?:panicked|panicks?|froze|dithered|hesitated)\\s+and\\s+{rest}',
          fact: wasDone,
        },
        {
          read: '{us}{adverb}\\s+(?:had\\s+|has\\s+|just\\s+|simply\\s+)?(?:refused)\\s+to\\s+{rest}',
          fact: wasNotDone,
        },
        {
          read: '{us}{adverb}\\s+(?:had\\s+|has\\s+|just\\s+|simply\\s+)?(?=(?:rushed|hurried)\\s+\\w){rest}',
          fact: itself('went quickly'),
        },
        {
          read: '{us}{adverb}\\s+(?:had\\s+|has\\s+|just\\s+|simply\\s+)?(?=(?:botched|bungled|fumbled)\\s+\\w){rest}',
          fact: itself('went differently than meant'),
        },
        {
          read: '{us}{adverb}\\s+(?:had\\s+|has\\s+|just\\s+|simply\\s+)?(?=misled\\s+\\w){rest}',
          fact: itself('heard what later proved otherwise'),
        },
        {
          read: '{us}{adverb}\\s+(?:had\\s+|has\\s+)?slept\\s+through\\s+{rest}',
          fact: (rest) => itself('went unheard')(`slept ${rest}`),
        },
        '{us}{adverb}\\s+(?:had\\s+|has\\s+|just\\s+|simply\\s+)?(?:panicked|panicks?|rushed|hurried|refused|misled|lied|hid|froze|dithered|hesitated|dawdled|guessed|gambled|winged it|slept through|dozed|slacked|procrastinated|insisted|botched|bungled|fumbled|caved|gave up|got (?:it|this|that) wrong)\\b',
        {
          read: '\\b(?:was|were|been)\\s+(?:badly\\s+|completely\\s+|totally\\s+)?(?:botched|bungled|mishandled|mismanaged|rushed through|half done)\\b',
          fact: 'went differently than meant',
        },
        {
          read: '(?:{us}\\s+)?\\blet\\s+(?<rest>it|this|that|them|one|the \\w+)\\s+(?:slip|slide|through|pass)\\b',
          fact: (rest) => `${rest === 'them' ? 'they' : rest} went`,
        },
      ],
      fact: null,
      what: 'What was going on around them at that moment?',
      how: 'How much time and help was there for this step?',
    },
    {
      id: 'left-behind',
      reads: [
        '{person}{adverb}\\s+(?:had\\s+)?left\\s+(?<rest>[^,;:.!?\\n]{1,160}?)(?=\\s*\\b(?:on|open|unlocked|running|enabled|disabled|exposed|unattended|behind|lying|half-finished|unfinished|undone|off)\\b)',
      ],
      fact: became('left'),
      what: 'What shows that {rest} is still in that state?',
      how: 'How would it have gone back by itself?',
    },
    {
      id: 'nobody-took',
      reads: [
        '(?:{us}|{nobody})(?:\\s+(?:on|in|from)\\s+(?:the|our|their)\\s+\\w+)?\\s+(?:took|takes|showed|shows|felt|feels|has|had)\\s+(?:any\\s+|the\\s+|enough\\s+)?(?:responsibility|ownership|accountability|initiative|action|the blame|interest)\\b',
        {
          read: '(?:{us}|{nobody})(?:\\s+(?:on|in|from)\\s+(?:the|our|their)\\s+\\w+)?\\s+cared\\s+about\\s+{rest}',
          fact: became('passed over'),
        },
        {
          read: '{us}\\s+never\\s+(?:even\\s+|once\\s+)?(?=(?:\\w+ed|came|went|took|told|wrote|read|said|saw|gave|sent|thought|made|spoke)\\b){rest}',
          fact: wasNotDone,
        },
        {
          read: '\\b(?:a\\s+)?lack of (?:\\w+ )?(?:ownership|responsibility|accountability)\\b',
          fact: 'a gap in who takes care of what',
        },
      ],
      fact: null,
      what: 'What made it unclear that it had come to anybody?',
      how: 'How would anybody have known that it had come to them?',
    },
    {
      id: 'must-learn',
      reads: [
        {
          read: '{us}\\s+(?:must|need to|needs to|have to|has to|should|shall|had better|better)\\s+(?:finally\\s+|really\\s+|just\\s+|all\\s+|always\\s+)?(?:learn|remember)\\s+to\\s+{rest}',
          fact: (rest) => `a look at how to ${rest}`,
        },
        {
          read: '{us}\\s+(?:must|need to|needs to|have to|has to|should|shall|had better|better)\\s+(?:finally\\s+|really\\s+|just\\s+|all\\s+|always\\s+)?(?=(?:learn|read|re-?read|remember|understand|realise|realize|know|respect|obey|follow|stick to|listen|stop)\\s+\\w){rest}',
          fact: (rest) => `a look at what it takes to ${rest}`,
        },
        '{us}\\s+(?:must|need to|needs to|have to|has to|should|shall|had better|better)\\s+(?:finally\\s+|really\\s+|just\\s+|all\\s+|always\\s+)?(?:learn|read|re-?read|remember|understand|realise|realize|know|respect|obey|follow|stick to|behave|listen|stop)\\b',
        '(?:(?:i|we)\\s+(?:will\\s+|must\\s+)?make sure\\s+(?:that\\s+)?)?(?:{us}\\s+)?\\b(?:take|takes|taking|took)\\s+(?:this|it|that|things|their \\w+|\\w+)\\s+(?:more\\s+)?seriously\\b',
        '(?:{us}\\s+)?\\b(?:was|were|been)\\s+(?:\\w+\\s+)?(?:warned|told)\\b(?=[^.]*\\b(?:twice|before|again|many times|several times|repeatedly|not to))(?:\\s+about\\s+(?:this|that|it))?(?:\\s+(?:twice|before|again|many times|several times|repeatedly))?',
      ],
      fact: null,
      what: 'What would make it the obvious thing to do?',
      how: 'How does it come to people at the moment they need it?',
    },
    {
      id: 'responsible-for',
      reads: [
        '{person}[^.;]{0,60}?\\b(?:is|was|are|were)\\s+(?:solely\\s+|fully\\s+|directly\\s+)?(?:responsible|accountable)\\s+for\\s+(?=(?:the|this|that|all)\\s+(?:\\w+\\s+)?(?:outage|incident|failure|mess|problem|bug|damage|loss|delay|downtime|mistake|error)){rest}',
      ],
      fact: about,
      what: 'What else had to be true for it to happen?',
      how: 'How did the change get from an idea to production?',
    },
    {
      id: 'inexperienced',
      reads: [
        `\\b(?:inexperienced|unskilled|untrained|clueless|overconfident|careless|incapable|unreliable|overworked and careless)\\s+(?=(?:\\w+\\s+)?(?:${roles})\\b)`,
        {
          read: '{us}\\s+(?:was|were|is|are)\\s+(?:\\w+ly\\s+)?(?:inexperienced|clueless|out of (?:his|her|their) depth|overconfident|incapable|unreliable|unprepared)\\b',
          fact: null,
        },
      ],
      fact: '',
      what: 'What did the work offer to somebody doing it for the first time?',
      how: 'How does one get practice in this without risk?',
    },
    {
      id: 'excuse',
      reads: [
        {
          read: "(?:\\b(?:there\\s+(?:is|was)|there's|it's|it is|that is)\\s+)?\\b(?:no|lame|poor|only an)\\s+excuses?\\s+for\\s+not\\s+{rest}",
          fact: wasNotDone,
        },
        {
          read: "(?:\\b(?:there\\s+(?:is|was)|there's|it's|it is|that is)\\s+)?\\b(?:no|lame|poor|only an)\\s+excuses?\\s+for\\s+(?=\\w+ing\\b){rest}",
          fact: wasDone,
        },
        "(?:\\b(?:there\\s+(?:is|was)|there's|it's|it is|that is)\\s+)?\\b(?:no|lame|poor|only an)\\s+excuses?\\b",
        { read: "\\b(?:it is |it's )?unbelievable that\\b", fact: '' },
        '(?:\\b(?:it|this|that)\\s+(?:is|was)\\s+)?\\b(?:inexcusable|unforgivable|disgraceful|shameful)\\b',
        '{us}(?!\\w)[^.;]{0,60}\\bunacceptable\\b',
        '\\bashamed\\b',
      ],
      fact: null,
      what: 'What made this the way it went?',
      how: 'How can the next time go differently?',
    },
  ],
};
