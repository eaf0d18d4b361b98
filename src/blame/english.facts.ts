// The blame check's English grammar: what was done or left undone, said without whoever did it.

/** A verb phrase, taken apart: `checked` `the config` `before the rollout`. */
interface Phrase {
  /** As a participle. */
  verb: string;
  /** Empty where the verb has none. */
  object: string;
  tail: string;
}

/** Where what was acted on ends. */
const stops = new Set(
  `in on at from to for with without by before after during until since because when while where as and or but so that
  which who whom if than off out up down over back again first earlier sooner later into through under against across
  around between instead too twice once here there how why what whether now then only alone early late enough
  today yesterday tomorrow next last every properly correctly carefully twice directly anyway yet`.split(
    /\s+/,
  ),
);
const particles = /^(?:up|down|out|off)$/;
const clauses = new Set(['that', 'what', 'how', 'why', 'whether', 'if', 'where', 'when', 'who', 'which']);
const adverb =
  /^(?:(?:also|just|even|still|again|never|always|ever|once|simply|(?!(?:re|ap|re|sup|com|multip|f)p?ly\b)[a-z]+ly)\s+)+(?=[a-z])/i;

const subjects: Record<string, string> = { them: 'they', us: 'we', me: 'I', him: 'he', her: 'she' };
const some = /^(?:somebody|someone|anybody|anyone)$/i;

/** Base form, past and what else there is of verbs that are not regular, to the participle. */
const irregular = new Map(
  `be been was been were been break broken broke broken bring brought build built catch caught choose chosen chose chosen
  come come came come cut cut do done did done does done draw drawn drew drawn find found forget forgotten forgot forgotten
  freeze frozen froze frozen get got give given gave given go gone went gone hear heard hide hidden hid hidden hit hit hold
  held keep kept know known knew known lead led leave left let let lose lost make made mean meant meet met pay paid put put
  read read rerun rerun reset reset rewrite rewritten rewrote rewritten run run ran run say said see seen saw seen send sent
  set set shut shut sleep slept speak spoken spoke spoken spend spent split split stand stood take taken took taken tell told
  think thought understand understood undo undone undid undone wake woken woke woken write written wrote written begin begun
  began begun overwrite overwritten overwrote overwritten override overridden overrode overridden have had has had commit
  committed submit submitted permit permitted refer referred defer deferred transfer transferred need needed exceed exceeded
  proceed proceeded embed embedded feed fed built built brought brought caught caught found found got got heard heard held held
  kept kept led led left left lost lost made made meant meant met met paid paid said said sent sent slept slept spent spent
  stood stood told told thought thought understood understood had had been been broken broken chosen chosen done done drawn
  drawn forgotten forgotten frozen frozen given given gone gone hidden hidden known known seen seen spoken spoken taken taken
  woken woken written written begun begun undone undone overwritten overwritten overridden overridden rewritten rewritten`
    .trim()
    .split(/\s+/)
    .flatMap((word, at, words) => (at % 2 === 0 ? [[word, words[at + 1] ?? word] as const] : [])),
);

/** `check`, `checks`, `checked` or `checking`, as `checked`. */
function participle(verb: string): string {
  const word = verb.toLowerCase();
  const known = irregular.get(word);
  if (known) return known;
  if (/[a-z]{2}ed$/.test(word)) return word;
  if (/[a-z]{2,}ing$/.test(word)) {
    const stem = word.slice(0, -3);
    const forms = [stem, `${stem}e`, stem.replace(/(.)\1$/, '$1')];
    return forms.map((form) => irregular.get(form)).find((form) => form) ?? regular(stem, false);
  }
  if (/[^s]s$/.test(word)) {
    const base = word.replace(/ies$/, 'y').replace(/(?<=sh|ch|x|z|ss)es$|s$/, '');
    return irregular.get(base) ?? regular(base);
  }
  return regular(word);
}

const regular = (base: string, doubles = true): string => {
  if (base.endsWith('e')) return `${base}d`;
  if (/[^aeiou]y$/.test(base)) return `${base.slice(0, -1)}ied`;
  return doubles && /^[^aeiou]*[aeiou][bdgmnprt]$/.test(base) ? `${base}${base.at(-1)}ed` : `${base}ed`;
};

const inSteps = (words: string): string =>
  words.replace(/(?:^|\s+)and (?=[a-z]+ed\b|took\b|went\b|did\b|ran\b|left\b|broke\b)/i, '; ');

/** What was intended: `the plan was to watch the deploy`. */
export const wasPlanned = (words: string): string => `the plan was to ${inSteps(words)}`;

/** `verbs`: how many words the verb has, where that is known. */
function takenApart(words: string, verbs = 1): Phrase {
  const found = words
    .trim()
    .replace(adverb, '')
    .replace(/^(?:have|'ve|’ve|of)\s+(?=\w)/i, '')
    .replace(adverb, '')
    .split(/\s+/);
  const [first = '', ...others] = found.slice(0, verbs);
  const verb = [participle(first), ...others];
  let at = verbs;
  // What is looked at can be said to be looked at.
  if (verbs === 1 && /^(?:look|listen|talk|speak)/i.test(first) && /^(?:at|into|to)$/i.test(found[1] ?? '')) {
    verb.push(found[1]!);
    at = 2;
  }
  const from = at;
  // "the disk filling up" is one thing.
  const goesOn = (word: string, before: string) =>
    !stops.has(word) || (particles.test(word) && /ing$/.test(before));
  while (at < found.length && goesOn(found[at]!.toLowerCase(), found[at - 1] ?? '')) at += 1;
  return {
    verb: verb.join(' '),
    object: found.slice(from, at).join(' '),
    // Two steps of somebody are two sentences once nobody is named who took both.
    tail: found
      .slice(at)
      .join(' ')
      .replace(/^and (?=[a-z]+ed\b|took\b|went\b|did\b|ran\b|left\b|broke\b)/i, '; '),
  };
}

const several = /^(?:these|those|two|three|four|five|six|several|many|few|both|all|they|we|people|others)\b/i;
const endsInS =
  /(?:ss|us|is|dns|https|aws|tls|os|redis|kubernetes|postgres|jenkins|access|process|news|ops|css)$/i;

function isSeveral(object: string): boolean {
  if (several.test(object) || /^(?:[2-9]|\d{2,})\b/.test(object)) return true;
  const head =
    object
      .split(/\s+of\s+/)[0]!
      .split(/\s+/)
      .at(-1) ?? '';
  return /^people$/i.test(head) || (/s$/.test(head) && !endsInS.test(head));
}

const joined = (...words: string[]): string =>
  words
    .filter((word) => word !== '')
    .join(' ')
    .replaceAll(' ;', ';')
    .replaceAll(/\s+/g, ' ')
    .trim();

const asSubject = (object: string): string => subjects[object.toLowerCase()] ?? object;

const be = (object: string): string => (isSeveral(object) ? 'were' : 'was');

/** `the config was checked before the rollout`, of `checked the config before the rollout`. */
export const wasDone = (words: string): string => done(takenApart(words));

function done({ verb, object, tail }: Phrase, how = ''): string {
  if (object === '')
    return /^(?:gone|come|been|slept|waited)$/.test(verb) ? '' : joined('it was', how, verb, tail);
  const left = /^(?<what>.+) (?<state>open|running|enabled|disabled|unlocked|installed)$/.exec(
    object,
  )?.groups;
  if (left && /^(?:had|left)$/.test(verb)) {
    return joined(left.what!, be(left.what!), verb === 'left' ? verb : '', left.state!, tail);
  }
  if (verb === 'had') return joined('there was', object, tail);
  const subject = asSubject(object);
  return joined(subject, be(subject), how, verb, tail);
}

/** The same of a step that was not meant. */
export const wasDoneUnmeant = (words: string): string => done(takenApart(words), 'unintentionally');
export const wasDoneOften = (words: string): string => {
  const phrase = takenApart(words);
  return done({ ...phrase, verb: phrase.verb === 'forgotten' ? 'missed' : phrase.verb }, 'repeatedly');
};

/** With another verb: `missed`, of whatever was forgotten. */
export const became =
  (verb: string) =>
  (object: string): string => {
    const words = verb.split(' ');
    return done(takenApart(`${verb} ${object.replace(/^(?:about|to)\s+/i, '')}`, words.length));
  };

/** What became of it, with a verb that needs no help: `the release went quickly`. */
export const itself =
  (what: string) =>
  (words: string): string => {
    const { object, tail } = takenApart(words);
    return joined(object === '' ? 'one step' : asSubject(object), what, tail);
  };

/** `the config was not checked before the rollout`, of `checked` or `check the config before the rollout`. */
export function wasNotDone(words: string): string {
  const { verb, object, tail } = takenApart(words);
  if (verb === 'been') return '';
  if (verb === 'had') return joined('there was no', object.replace(/^(?:the|a|an|any)\s+/i, ''), tail);
  if (object === '') {
    return clauses.has(tail.split(' ')[0]!.toLowerCase())
      ? joined('it was not', verb, tail)
      : joined('nobody had', verb, tail);
  }
  if (some.test(object)) return joined('nobody was', verb, tail);
  if (/^(?:an?|any)\s/i.test(object)) {
    const none = object.replace(/^\w+/, 'no');
    return joined(none, be(none), verb, tail);
  }
  const subject = asSubject(object);
  return joined(subject, be(subject), 'not', verb, tail);
}

/** Of what did not happen, as a condition: `the runbook had been read`. */
const wouldHave =
  (not: '' | 'not') =>
  (words: string): string => {
    const { verb, object, tail } = takenApart(words);
    if (object === '' || verb === 'been') return 'if that step had gone another way';
    return joined('if', asSubject(object), 'had', not, 'been', verb, tail);
  };
export const ifDone = wouldHave('');
export const ifNotDone = wouldHave('not');
