// What each step of a post-mortem keeps, plans and has redrawn, within the transaction it is given.

import { type BlameFinding, findBlame, markOf, reworded } from '../../blame/blame.ts';
import { english } from '../../blame/english.ts';
import type { Sealer } from '../../db/sealed.ts';
import type { Tenant } from '../../db/tenancy.ts';
import type { Entry } from '../../leads/index.ts';
import type { Lead } from '../../leads/leads.ts';
import type { Prompts } from '../../prompts/prompts.ts';
import type { Outdated, Redraw } from '../../slack/redraw.ts';
import type { Commitment, Draft, Source } from '../commitments/commitments.ts';
import type { Owner } from '../room.ts';
import type { StartDraft } from './postmortems.parse.ts';
import { daysOf, kinds, placesOf, remindersOf } from './postmortems.plans.ts';
import * as store from './postmortems.store.ts';
import {
  emptySections,
  type Facts,
  isRead,
  longestNote,
  longestTitle,
  mostEntries,
  nameOf,
  type Part,
  type Postmortem,
  parts,
  reviewBy,
  type Section,
  type SectionId,
  type Severity,
  type Status,
  sectionIds,
  sectionKind,
  suggestFacilitator,
  type TimelineEntry,
  withQuestions,
} from './postmortems.ts';
import { drawPart, type ShownCommitment, type Whole } from './postmortems.views.ts';

/** What this room needs of the commitments'. */
interface CommitmentsPort {
  /** All drafts or none; `refused` says why none. */
  add(
    trx: Tenant,
    keeper: Owner,
    source: Source,
    drafts: readonly Draft[],
    now: Temporal.Instant,
  ): Promise<{ kind: 'added' } | { kind: 'refused'; why: string; field?: 'what' | 'due'; most?: number }>;
  /** All of a source, whatever became of them, soonest first. */
  allFrom(trx: Tenant, source: Pick<Source, 'kind' | 'id'>): Promise<Commitment[]>;
  /** What of a source is open comes under another lead. */
  handOver(
    trx: Tenant,
    source: Pick<Source, 'kind' | 'id'>,
    leads: { from: string; to: string },
  ): Promise<void>;
}

export interface PostmortemTools {
  leads: Entry;
  prompts: Pick<Prompts, 'plan' | 'remove'>;
  sealer: Sealer;
  commitments: CommitmentsPort;
  findLead(trx: Tenant, leadId: string): Promise<Lead | undefined>;
  /** People the lead works with, as other rooms know them; they may be asked to facilitate. */
  colleagues?(trx: Tenant, lead: Lead): Promise<string[]>;
}

/** What a step works with. `lead`: who does it. */
interface PostmortemStep {
  trx: Tenant;
  tools: PostmortemTools;
  now: Temporal.Instant;
}
type LeadStep = PostmortemStep & { lead: Lead };

/** The severity of one that names none. */
export const usualSeverity: Severity = 2;

const sourceOf = (postmortem: Pick<Postmortem, 'id'>) => ({
  kind: 'post-mortem' as const,
  id: postmortem.id,
});

export async function findWhole(
  { trx, tools }: Pick<PostmortemStep, 'trx' | 'tools'>,
  postmortem: Postmortem,
): Promise<Whole> {
  const owner = postmortem.ownerId ? await tools.findLead(trx, postmortem.ownerId) : undefined;
  const commitments = await tools.commitments.allFrom(trx, sourceOf(postmortem));
  return {
    postmortem,
    sections: await store.findSections(trx, tools, postmortem.id),
    timeline: await store.findTimeline(trx, tools, postmortem.id),
    commitments: commitments.map(
      ({ what, due, state, owner: who, reason }): ShownCommitment => ({
        what,
        due,
        state,
        ownerId: who.id,
        ownerName: who.name,
        reason,
      }),
    ),
    reviewBy: reviewBy(postmortem, daysOf(postmortem, owner)),
    links:
      postmortem.channelId === null ? {} : await store.findLinks(trx, postmortem.id, postmortem.channelId),
  };
}

const subjectOf = (id: string, destination: string, part: Part): string => `${id} ${destination} ${part}`;

export function partOf(subject: string): { id: string; destination: string; part: Part } | undefined {
  const [id = '', destination = '', part = ''] = subject.split(' ');
  const known = parts.find((one) => one === part);
  return known && { id, destination, part: known };
}

/** Has one message posted. The rest of the document follows when this one stands. */
export async function planPart(
  { trx, tools, now }: PostmortemStep,
  at: { leadId: string; id: string; destination: string; part: Part },
): Promise<void> {
  await tools.prompts.plan(
    trx,
    {
      leadId: at.leadId,
      kind: kinds.message,
      subject: subjectOf(at.id, at.destination, at.part),
      destination: /^[UW]/.test(at.destination) ? { dm: at.destination } : { channel: at.destination },
      when: { at: now },
    },
    now,
  );
}

/** Has it posted wherever it does not stand yet. */
async function place(step: PostmortemStep, postmortem: Postmortem, leadId: string): Promise<void> {
  const { trx, tools, now } = step;
  for (const destination of placesOf(postmortem)) {
    if (await store.addPlace(trx, postmortem, destination)) continue;
    const first = { leadId, id: postmortem.id, destination, part: 'overview' as const };
    // Slack may have refused that place before; asked for once more, it is tried once more.
    await tools.prompts.remove(
      trx,
      { leadId, kind: kinds.message, subject: subjectOf(postmortem.id, destination, 'overview') },
      now,
    );
    await planPart(step, first);
  }
}

export async function begin(
  step: LeadStep,
  draft: StartDraft,
): Promise<{ postmortem: Postmortem; suggestion: string | undefined }> {
  const { trx, tools, lead, now } = step;
  const people = [...new Set([lead.id, ...(draft.channelId === null ? [] : draft.responders)])];
  const postmortem = await store.createPostmortem(
    trx,
    tools,
    {
      ...draft,
      workspaceId: lead.workspaceId,
      ownerId: lead.id,
      timeZone: lead.timeZone,
      severity: draft.severity ?? usualSeverity,
      people,
    },
    now,
  );
  await place(step, postmortem, lead.id);
  await planReminders(step, postmortem);
  const suggestion = postmortem.facilitatorId
    ? undefined
    : suggestFacilitator(await candidates(step), postmortem);
  return { postmortem, suggestion };
}

async function candidates({ trx, tools, lead }: LeadStep) {
  const known = await store.findTurns(trx, lead.id);
  const colleagues = (await tools.colleagues?.(trx, lead)) ?? [];
  return [
    ...known,
    ...colleagues
      .filter((id) => !known.some((one) => one.id === id))
      .map((id) => ({ id, times: 0, last: null })),
  ];
}

/** Asks again about what is due, given how it stands now. Nothing is asked of somebody who is not known any more. */
async function planReminders(
  { trx, tools: { prompts, findLead }, now }: PostmortemStep,
  postmortem: Postmortem,
): Promise<void> {
  const { ownerId, id } = postmortem;
  const owner = ownerId ? await findLead(trx, ownerId) : undefined;
  if (!owner) return;
  const wanted = remindersOf(postmortem, owner, now);
  for (const plan of wanted) await prompts.plan(trx, plan, now);
  const all = [
    { kind: kinds.reviewDue, subject: id },
    { kind: kinds.stalled, subject: id },
    ...placesOf(postmortem).map((place) => ({ kind: kinds.draftAhead, subject: `${id} ${place}` })),
  ];
  for (const one of all) {
    const isWanted = wanted.some(({ kind, subject }) => kind === one.kind && subject === one.subject);
    if (!isWanted) await prompts.remove(trx, { ...one, leadId: owner.id }, now);
  }
}

type Written =
  | { kind: 'saved'; postmortem: Postmortem }
  /** Somebody else saved a newer version meanwhile; nothing was kept. */
  | { kind: 'newer'; postmortem: Postmortem; theirs: Section }
  | { kind: 'gone' };

/** Keeps a section's next version, if the one it was written on is still the latest. */
export async function writeSection(
  step: LeadStep,
  edit: { id: string; section: SectionId; version: number; text: string },
): Promise<Written> {
  const { trx, tools, lead, now } = step;
  const postmortem = await store.lockPostmortem(trx, tools, edit.id);
  if (!postmortem) return { kind: 'gone' };
  const theirs =
    (await store.findSections(trx, tools, edit.id)).find(({ id }) => id === edit.section) ??
    store.emptySection(edit.section);
  if (theirs.text === edit.text) return { kind: 'saved', postmortem };
  if (theirs.version !== edit.version) return { kind: 'newer', postmortem, theirs };
  const version = theirs.version + 1;
  const section = { id: edit.section, version, text: edit.text, changedBy: lead.id, changedAt: now };
  await store.saveSection(trx, tools, postmortem, section);
  await touched(step, postmortem, ['overview', sectionKind(edit.section).part]);
  return { kind: 'saved', postmortem };
}

/**
 * Words changed: its messages are outdated, its reminders move. Whoever wrote in a private one belongs to it; in a channel
 * being there is what counts, and whoever leaves it has left this too.
 */
export async function touched(
  step: LeadStep,
  postmortem: Pick<Postmortem, 'id'>,
  outdated: readonly Part[],
): Promise<void> {
  const { trx, tools, lead, now } = step;
  // As it stands by now: whoever was invited since it was read stays invited.
  const current = await store.lockPostmortem(trx, tools, postmortem.id);
  if (!current) return;
  const people = current.channelId === null ? [...new Set([...current.people, lead.id])] : current.people;
  await store.updatePostmortem(trx, current.id, { people, changedAt: now });
  await store.markOutdated(trx, current.id, outdated);
  await planReminders(step, { ...current, people, changedAt: now });
}

type NoteAdded =
  | { kind: 'added'; entry: TimelineEntry; postmortem: Postmortem }
  | { kind: 'full' }
  | { kind: 'gone' };

export async function addNote(
  step: LeadStep,
  note: { id: string; at: Temporal.Instant; text: string; link: string | null },
): Promise<NoteAdded> {
  const { trx, tools, lead, now } = step;
  const postmortem = await store.lockPostmortem(trx, tools, note.id);
  if (!postmortem) return { kind: 'gone' };
  if ((await store.findTimeline(trx, tools, note.id)).length >= mostEntries) return { kind: 'full' };
  const { at, text, link } = note;
  const entry = await store.addEntry(trx, tools, postmortem, {
    at,
    text,
    link,
    addedBy: lead.id,
    addedAt: now,
  });
  await touched(step, postmortem, ['timeline']);
  return { kind: 'added', entry, postmortem };
}

/** `facts`: those that change. */
export async function changeFacts(
  step: LeadStep,
  edit: { id: string; facts: Partial<Facts> },
): Promise<Postmortem | undefined> {
  const { trx, tools, now } = step;
  const postmortem = await store.lockPostmortem(trx, tools, edit.id);
  if (!postmortem) return undefined;
  const changed = { ...postmortem, ...edit.facts };
  await store.saveFacts(trx, tools, postmortem, { ...changed, changedAt: now });
  await touched(step, changed, ['overview', 'lessons', 'timeline']);
  return changed;
}

type Moved =
  | { kind: 'moved'; postmortem: Postmortem }
  | { kind: 'stale'; postmortem: Postmortem }
  /** Nobody has written anything that could be reviewed. */
  | { kind: 'empty'; postmortem: Postmortem }
  | { kind: 'gone' };

/** From one state to another, if it still is where whoever pressed the button saw it. */
export async function moveTo(
  step: PostmortemStep,
  { id, from, to }: { id: string; from: Status; to: Status },
): Promise<Moved> {
  const { trx, tools } = step;
  const postmortem = await store.lockPostmortem(trx, tools, id);
  if (!postmortem) return { kind: 'gone' };
  if (postmortem.status !== from) return { kind: 'stale', postmortem };
  if (to === 'in-review' && from === 'draft' && (await isEmpty(step, id)))
    return { kind: 'empty', postmortem };
  const moved = { ...postmortem, status: to };
  await store.updatePostmortem(trx, id, { status: to });
  await store.markOutdated(trx, id, ['overview', 'follow-ups']);
  await planReminders(step, moved);
  return { kind: 'moved', postmortem: moved };
}

/** Nobody has written anything that could be reviewed. */
export const isEmpty = async ({ trx, tools }: PostmortemStep, id: string): Promise<boolean> =>
  emptySections(await store.findSections(trx, tools, id)).length === sectionIds.length &&
  (await store.findTimeline(trx, tools, id)).length === 0;

export async function planReview(
  step: PostmortemStep,
  postmortem: Postmortem,
  reviewAt: Temporal.Instant | null,
): Promise<Postmortem> {
  const { trx, tools } = step;
  const current = (await store.lockPostmortem(trx, tools, postmortem.id)) ?? postmortem;
  const planned = { ...current, reviewAt };
  await store.updatePostmortem(trx, postmortem.id, { reviewAt });
  await store.markOutdated(trx, postmortem.id, ['overview']);
  await planReminders(step, planned);
  return planned;
}

/**
 * Lets others read it: a channel, or people by name. What stood in DMs points to the channel from then on. One that
 * stands in a channel stays there: `to.channelId` is for those that don't.
 */
export async function shareWith(
  step: LeadStep,
  postmortem: Postmortem,
  to: { channelId: string | null; people: readonly string[] },
): Promise<Postmortem> {
  const { trx, tools, lead } = step;
  // Two who invite at once have both of theirs invited.
  const current = (await store.lockPostmortem(trx, tools, postmortem.id)) ?? postmortem;
  const shared: Postmortem = {
    ...current,
    channelId: to.channelId ?? current.channelId,
    people: [...new Set([...current.people, ...to.people])],
  };
  await store.updatePostmortem(trx, postmortem.id, { channelId: shared.channelId, people: shared.people });
  await store.markOutdated(trx, postmortem.id, parts);
  await place(step, shared, postmortem.ownerId ?? lead.id);
  await planReminders(step, shared);
  return shared;
}

/** A message of a post-mortem that shows less than there is. */
type Behind = Outdated & Pick<store.PlacedMessage, 'destination' | 'part' | 'wanted'>;

/** Has all its messages show what is kept. */
export const redrawOf = (tools: PostmortemTools, id: string): Redraw =>
  ({
    about: `post-mortem ${id}`,
    async outdated(trx: Tenant): Promise<Behind[]> {
      const behind = (await store.findMessages(trx, id)).filter(
        ({ ts, wanted, shown }) => ts !== null && shown < wanted,
      );
      const postmortem = behind.length > 0 ? await store.findPostmortem(trx, tools, id) : undefined;
      if (!postmortem) return [];
      const whole = await findWhole({ trx, tools }, postmortem);
      return behind.flatMap(({ destination, part, wanted, channel, ts }) =>
        channel && ts
          ? [{ destination, part, wanted, channel, ts, message: drawPart(whole, part, destination) }]
          : [],
      );
    },
    shown: (trx: Tenant, drawn: Behind) => store.keepShown(trx, id, drawn),
  }) as Redraw;

/** Words of a post-mortem that point at somebody, with where they stand. */
export interface PlacedFinding {
  /** A section's id, `title`, or a timeline line's id. */
  where: string;
  whereWords: string;
  finding: BlameFinding;
}

/** Everything a reader will see, with what points at somebody in it and is not among `seen`. */
export async function pointedAt(
  { trx, tools }: PostmortemStep,
  postmortem: Postmortem,
  seen: readonly string[],
): Promise<PlacedFinding[]> {
  // What others read already was checked when it was written.
  if (isRead(postmortem)) return [];
  const sections = await store.findSections(trx, tools, postmortem.id);
  const timeline = await store.findTimeline(trx, tools, postmortem.id);
  const words = [
    { where: 'title', whereWords: 'Title', text: postmortem.title },
    ...sections.map(({ id, text }) => ({ where: id as string, whereWords: sectionKind(id).title, text })),
    ...timeline.map(({ id, text }) => ({ where: id, whereWords: 'Timeline', text })),
  ];
  return words.flatMap(({ where, whereWords, text }) =>
    findBlame(text, english)
      .filter(({ sentence }) => !seen.includes(markOf(sentence)))
      .map((finding) => ({ where, whereWords, finding })),
  );
}

/** What the blame check left to be asked goes to the contributing factors, below what stands there. */
export async function ask(step: LeadStep, id: string, questions: readonly string[]): Promise<void> {
  if (questions.length === 0) return;
  const { trx, tools } = step;
  // Nobody writes between reading and saving.
  if (!(await store.lockPostmortem(trx, tools, id))) return;
  const section = 'factors' as const;
  const factors = (await store.findSections(trx, tools, id)).find((one) => one.id === section);
  const { version, text } = factors ?? store.emptySection(section);
  await writeSection(step, { id, section, version, text: withQuestions(text, questions) });
}

/** Leaves the fact of a sentence wherever it stands, and has the question asked. */
export async function reword(
  step: LeadStep,
  postmortem: Postmortem,
  { where, finding, question }: { where: string; finding: BlameFinding; question: string },
): Promise<Postmortem> {
  const { trx, tools, now } = step;
  const { id } = postmortem;
  const section = (await store.findSections(trx, tools, id)).find((one) => one.id === where);
  const entry = (await store.findTimeline(trx, tools, id)).find((one) => one.id === where);
  if (section) {
    const said = reworded(section.text, finding, question);
    await writeSection(step, { id, section: section.id, version: section.version, text: said.text });
    await ask(step, id, said.ask ? [said.ask] : []);
  } else if (where === 'title') {
    const said = reworded(postmortem.title, finding, question);
    await changeFacts(step, { id, facts: { title: said.text.slice(0, longestTitle) } });
    await ask(step, id, said.ask ? [said.ask] : []);
  } else if (entry && (await store.moveEntry(trx, id, entry.id, now))) {
    const said = reworded(entry.text, finding, question);
    await addNote(step, { id, at: entry.at, text: said.text.slice(0, longestNote), link: entry.link });
    await ask(step, id, said.ask ? [said.ask] : []);
  }
  return (await store.findPostmortem(trx, tools, id)) ?? postmortem;
}

/** What somebody takes on after an incident, kept as a commitment; or why not. */
export async function takeOn(
  step: LeadStep,
  postmortem: Postmortem,
  draft: Draft,
): ReturnType<CommitmentsPort['add']> {
  const { trx, tools, lead, now } = step;
  const source = { ...sourceOf(postmortem), words: `post-mortem ${nameOf(postmortem)}` };
  const keeper = { workspaceId: lead.workspaceId, leadId: lead.id };
  const added = await tools.commitments.add(trx, keeper, source, [draft], now);
  if (added.kind === 'added') await touched(step, postmortem, ['follow-ups']);
  return added;
}

/** Those of somebody's that are not reviewed yet. */
async function unfinishedOf(trx: Tenant, tools: PostmortemTools, ownerId: string): Promise<Postmortem[]> {
  const theirs = await store.findOpenTo(trx, tools, ownerId, undefined);
  return theirs.filter((one) => one.ownerId === ownerId && ['draft', 'in-review'].includes(one.status));
}

/** What somebody who left Slack started and shared with the reader, privately. */
export const leftTo = async (trx: Tenant, tools: PostmortemTools, leaverId: string, readerId: string) =>
  (await unfinishedOf(trx, tools, leaverId)).filter(
    ({ channelId, people }) => channelId === null && people.includes(readerId),
  );

/** With whom somebody shared theirs, privately. */
export const sharedBy = async (trx: Tenant, tools: PostmortemTools, leaverId: string): Promise<string[]> =>
  (await unfinishedOf(trx, tools, leaverId)).flatMap(({ channelId, people }) =>
    channelId === null ? people : [],
  );

/** Whoever started one has left: its channel is told. */
export async function tellChannels({ trx, tools, now }: PostmortemStep, leaverId: string): Promise<void> {
  for (const { id: subject, channelId } of await unfinishedOf(trx, tools, leaverId)) {
    if (channelId === null) continue;
    const plan = { leadId: leaverId, kind: kinds.ownerLeft, subject, destination: { channel: channelId } };
    await tools.prompts.plan(trx, { ...plan, when: { at: now } }, now);
  }
}

/** Whether it was there to be taken over; from now on its reminders are theirs, and what it asked of others. */
export async function takeOver(step: LeadStep, postmortem: Postmortem): Promise<boolean> {
  const { trx, tools, lead, now } = step;
  const { ownerId, id } = postmortem;
  const owner = ownerId === null ? undefined : await tools.findLead(trx, ownerId);
  if (owner && !owner.leftAt) return false;
  const people = [...new Set([...postmortem.people, lead.id])];
  await store.updatePostmortem(trx, id, { ownerId: lead.id, people });
  if (ownerId !== null) {
    for (const kind of [kinds.reviewDue, kinds.stalled])
      await tools.prompts.remove(trx, { leadId: ownerId, kind, subject: id }, now);
    for (const destination of placesOf(postmortem)) {
      const ahead = { leadId: ownerId, kind: kinds.draftAhead, subject: `${id} ${destination}` };
      await tools.prompts.remove(trx, ahead, now);
    }
    await tools.commitments.handOver(trx, sourceOf(postmortem), { from: ownerId, to: lead.id });
  }
  await planReminders(step, { ...postmortem, ownerId: lead.id, people });
  return true;
}
