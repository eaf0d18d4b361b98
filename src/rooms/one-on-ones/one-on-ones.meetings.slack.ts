// Doors about one meeting: it happened, it moved, it was skipped, a time was found, and each of these taken back.

import { z } from 'zod';
import type { Answer, ClickRequest, Doors, FormRequest } from '../../slack/doors.ts';
import {
  answered,
  asLead,
  findOffers,
  findPreparation,
  inPlace,
  type Knock,
  localMoment,
  localOf,
  partsOf,
  uuid,
} from './one-on-ones.desk.ts';
import * as forms from './one-on-ones.forms.ts';
import { furthestBackDays, moveProblem } from './one-on-ones.parse.ts';
import { notThere } from './one-on-ones.people.views.ts';
import * as words from './one-on-ones.sealed.store.ts';
import { otherQuestions, ownerOf, planAfter, planSeries, topUpSeries, unplan } from './one-on-ones.steps.ts';
import * as store from './one-on-ones.store.ts';
import type { OneOnOneTools } from './one-on-ones.tools.ts';
import { type Meeting, meetingMeant, nextMeeting, type Person } from './one-on-ones.ts';
import * as views from './one-on-ones.views.ts';

const { ids } = views;

export function listenForMeetings(doors: Doors, tools: OneOnOneTools): void {
  doors.click(ids.happened, (request) =>
    asLead(tools, request, async (knock) => {
      const target = await targetOf(knock, request, meetingMeant);
      if (target.kind === 'answer') return target.answer;
      const { person, meeting } = target;
      return openHeldForm(knock, tools, person, meeting, undefined, target.deliveryId);
    }),
  );

  doors.form(ids.heldForm, (request) => keepHeld(tools, request, false));
  doors.form(ids.editHeldForm, (request) => keepHeld(tools, request, true));

  doors.click(ids.editHeld, (request) =>
    asLead(tools, request, async (knock) => {
      const found = await findBoth(knock, uuid(request.value));
      if (!found) return { message: views.meetingGone() };
      const { person, meeting } = found;
      if (meeting.state !== 'held') return { message: views.settled(person, meeting, knock.reader) };
      const owner = ownerOf(knock.reader.lead);
      const kept = await words.findMeetingWords(knock.trx, tools.sealer, owner, meeting.id);
      return openHeldForm(knock, tools, person, meeting, kept, undefined);
    }),
  );

  doors.click(ids.undoHeld, (request) =>
    asLead(tools, request, async (knock) => {
      const found = await findBoth(knock, uuid(request.value));
      if (!found) return { replace: views.meetingGone() };
      const { person, meeting } = found;
      if (meeting.state !== 'held') return { replace: views.settled(person, meeting, knock.reader) };
      await undoHeld(knock, tools, person, meeting);
      return { replace: views.heldUndone(person) };
    }),
  );

  doors.click(ids.move, (request) =>
    asLead(tools, request, async (knock) => {
      const target = await targetOf(knock, request, nextMeeting);
      if (target.kind === 'answer') return target.answer;
      const { person, meeting, deliveryId } = target;
      if (!meeting) return { message: views.nothingPlanned(person) };
      const local = localOf(knock.reader);
      const initial = meeting.plannedFor!;
      const ahead = Temporal.PlainDateTime.compare(initial, local) > 0 ? initial : local.add({ days: 1 });
      const day = ahead.toPlainDate().toPlainDateTime(initial.toPlainTime());
      return { form: forms.moveForm(person, { meetingId: meeting.id, deliveryId }, day) };
    }),
  );

  doors.form(ids.moveForm, (request) =>
    asLead(tools, request, async (knock) => {
      const reading = forms.readMoveForm(request.values, localOf(knock.reader));
      if (reading.kind === 'refused') return { errors: reading.errors };
      const data = formData(request);
      const found = await findBoth(knock, uuid(data.meetingId));
      if (!found) return { message: views.meetingGone() };
      return inPlace(await moveMeeting(knock, tools, found, reading.to, data.deliveryId));
    }),
  );

  doors.click(ids.moveBack, (request) =>
    asLead(tools, request, async (knock) => {
      const [meetingId, to] = partsOf(request.value);
      const found = await findBoth(knock, uuid(meetingId));
      const back = localMoment(to);
      if (!found || !back) return { replace: views.meetingGone() };
      const { person, meeting } = found;
      if (meeting.state !== 'planned') return { replace: views.settled(person, meeting, knock.reader) };
      const { trx, reader } = knock;
      if (Temporal.PlainDateTime.compare(back, localOf(reader)) > 0) {
        await planSeries(trx, tools, reader.lead, person, back, reader.now, meeting.id);
      } else {
        // Its time has passed meanwhile: it is there to be spoken of again, and the series goes on from it.
        await store.updateMeeting(trx, reader.lead.id, meeting.id, { plannedFor: back });
        await planAfter(trx, tools, reader.lead, person, back, reader.now);
      }
      await store.updateMeeting(trx, reader.lead.id, meeting.id, { moved: Math.max(0, meeting.moved - 1) });
      return { replace: views.movedBack(person, { ...meeting, plannedFor: back }, reader) };
    }),
  );

  doors.click(ids.skip, (request) =>
    asLead(tools, request, async (knock) => {
      const target = await targetOf(knock, request, nextMeeting);
      if (target.kind === 'answer') return target.answer;
      if (!target.meeting) return { message: views.nothingPlanned(target.person) };
      const { person, meeting, deliveryId } = target;
      const answer = await skipMeeting(knock, tools, { person, meeting }, undefined, deliveryId);
      return inPlace(answer);
    }),
  );

  doors.form(ids.skipForm, (request) =>
    asLead(tools, request, async (knock) => {
      const found = await findBoth(knock, uuid(formData(request).meetingId));
      if (found?.meeting.state !== 'skipped') return { message: views.meetingGone() };
      const skipReason = request.values.text(forms.fields.words).slice(0, 300);
      const owner = ownerOf(knock.reader.lead);
      await words.saveMeetingWords(knock.trx, tools.sealer, owner, found.meeting.id, { skipReason });
      return { message: views.reasonKept(found.person) };
    }),
  );

  doors.click(ids.undoSkip, (request) =>
    asLead(tools, request, async (knock) => {
      const { trx, reader } = knock;
      const found = await findBoth(knock, uuid(request.value));
      if (!found) return { replace: views.meetingGone() };
      const { person, meeting } = found;
      if (meeting.state !== 'skipped') return { replace: views.settled(person, meeting, reader) };
      const owner = ownerOf(reader.lead);
      await words.saveMeetingWords(trx, tools.sealer, owner, meeting.id, { skipReason: '' });
      await reopen(knock, tools, person, meeting);
      return { replace: views.skipUndone(person, meeting, reader) };
    }),
  );

  doors.click(ids.others, (request) =>
    asLead(tools, request, async (knock) => {
      const { trx, reader } = knock;
      const [meetingId, deliveryId] = partsOf(request.value);
      const found = await findBoth(knock, uuid(meetingId));
      if (!found) return { replace: views.meetingGone() };
      const { person, meeting } = found;
      if (meeting.state !== 'planned') return { replace: views.settled(person, meeting, reader) };
      const questions = await otherQuestions(trx, tools, reader.lead, person, meeting, reader.now);
      if (questions.length === 0) return { message: views.noOtherQuestions() };
      const preparation = await findPreparation(trx, tools, person, { ...meeting, questions }, reader);
      return { replace: views.beforeMessage(preparation, reader, deliveryId) };
    }),
  );

  doors.click(ids.findTime, (request) =>
    asLead(tools, request, async (knock) => {
      const person = await store.findPerson(knock.trx, knock.reader.lead.id, request.value);
      if (!person) return { message: notThere() };
      if (person.ended) return { message: views.hasEnded(person) };
      return { message: views.timesMessage(await findOffers(knock.trx, person, knock.reader), knock.reader) };
    }),
  );

  doors.click(ids.book, (request) =>
    asLead(tools, request, async (knock) => {
      const { trx, reader } = knock;
      const [personId = '', text, deliveryId] = partsOf(request.value);
      const person = await store.lockPerson(trx, reader.lead.id, personId);
      const to = localMoment(text);
      if (!person || !to) return { replace: notThere() };
      if (person.ended) return { replace: views.hasEnded(person) };
      if (moveProblem(to, localOf(reader))) {
        return { replace: views.timesMessage(await findOffers(trx, person, reader), reader) };
      }
      const meeting = await nextOf(knock, tools, person);
      return inPlace(await moveMeeting(knock, tools, { person, meeting }, to, deliveryId));
    }),
  );

  doors.click(ids.leaveIt, (request) =>
    asLead(tools, request, async ({ trx, reader }) => {
      const [personId = '', deliveryId] = partsOf(request.value);
      await answered(trx, tools, deliveryId, 'left', reader.now);
      const person = await store.findPerson(trx, reader.lead.id, personId);
      return { replace: person ? views.leftAlone(person) : notThere() };
    }),
  );
}

const dataShape = z.object({
  personId: z.string().optional(),
  meetingId: z.string().optional(),
  deliveryId: z.string().optional(),
});

const formData = ({ data }: FormRequest): z.infer<typeof dataShape> => dataShape.safeParse(data).data ?? {};

type Target =
  | { kind: 'target'; person: Person; meeting: Meeting | undefined; deliveryId: string | undefined }
  | { kind: 'answer'; answer: Answer };

/**
 * What a button is about: a meeting, which has to be planned still, or a person, and then the one of their meetings
 * that `choose` finds. Whatever has been settled meanwhile explains itself.
 */
async function targetOf(
  knock: Knock,
  request: ClickRequest,
  choose: (meetings: readonly Meeting[], now: Temporal.PlainDateTime) => Meeting | undefined,
): Promise<Target> {
  const { trx, reader } = knock;
  const [first = '', deliveryId] = partsOf(request.value);
  const person = await store.lockPerson(trx, reader.lead.id, first);
  if (person) {
    if (person.ended) return { kind: 'answer', answer: { message: views.hasEnded(person) } };
    const meetings = await store.findMeetings(trx, reader.lead.id, person.id);
    return { kind: 'target', person, meeting: choose(meetings, localOf(reader)), deliveryId };
  }
  const found = await findBoth(knock, uuid(first));
  if (!found) return { kind: 'answer', answer: { replace: views.meetingGone() } };
  const { meeting } = found;
  if (found.person.ended) return { kind: 'answer', answer: { replace: views.hasEnded(found.person) } };
  if (meeting.state !== 'planned') {
    return { kind: 'answer', answer: { replace: views.settled(found.person, meeting, reader) } };
  }
  return { kind: 'target', person: found.person, meeting, deliveryId };
}

/** A meeting and whom it is with; the person's series is this transaction's until it ends. */
async function findBoth(
  { trx, reader }: Knock,
  meetingId: string,
): Promise<{ person: Person; meeting: Meeting } | undefined> {
  const known = await store.findMeeting(trx, reader.lead.id, meetingId);
  const person = known && (await store.lockPerson(trx, reader.lead.id, known.personId));
  // Read again behind the lock: another request may have settled it while this one waited.
  const meeting = person && (await store.findMeeting(trx, reader.lead.id, meetingId));
  return person && meeting ? { person, meeting } : undefined;
}

/** The next planned meeting, which there always is for somebody the lead meets. */
async function nextOf({ trx, reader }: Knock, tools: OneOnOneTools, person: Person): Promise<Meeting> {
  const find = async () =>
    nextMeeting(await store.findMeetings(trx, reader.lead.id, person.id), localOf(reader));
  const planned = await find();
  if (planned) return planned;
  await topUpSeries(trx, tools, reader.lead, person, reader.now);
  const made = await find();
  if (!made) throw new Error('A series that was just planned has a next meeting');
  return made;
}

export async function openHeldForm(
  { trx, reader }: Knock,
  tools: OneOnOneTools,
  person: Person,
  meeting: Meeting | undefined,
  kept: words.MeetingWords | undefined,
  deliveryId: string | undefined,
  day?: Temporal.PlainDate,
): Promise<Answer> {
  const { lead } = reader;
  const owner = ownerOf(lead);
  const today = views.todayOf(reader);
  const planned = meeting?.plannedFor?.toPlainDate() ?? today;
  // Recorded early, or so late that the form would refuse its own suggestion.
  const isUsable =
    Temporal.PlainDate.compare(planned, today) <= 0 && planned.until(today).days <= furthestBackDays;
  const talked = day ?? meeting?.heldOn ?? (isUsable ? planned : today);
  const next = nextMeeting(await store.findMeetings(trx, lead.id, person.id), localOf(reader));
  const after = next?.id === meeting?.id ? undefined : next;
  const form = forms.heldForm({
    person,
    meeting,
    day: talked,
    points: await words.findOpenPoints(trx, tools.sealer, owner, person.id),
    logged: kept ? 0 : await tools.time.loggedWith(trx, lead, person.id, talked),
    words: kept,
    promisesDue: after?.plannedFor?.toPlainDate() ?? today.add({ weeks: 2 }),
    canSeal: tools.sealer.available,
    deliveryId,
  });
  return { form };
}

/** Keeps what came of a meeting, or changes it: promises first, since they alone can be refused. */
async function keepHeld(tools: OneOnOneTools, request: FormRequest, isEdit: boolean): Promise<Answer> {
  const data = formData(request);
  const other = await request.profile(data.personId ?? '');
  const self = await request.profile(request.personId);
  return asLead(tools, request, async (knock) => {
    const { trx, reader } = knock;
    const { lead, now } = reader;
    const person = await store.lockPerson(trx, lead.id, data.personId ?? '');
    if (!person) return { message: notThere() };
    const known =
      data.meetingId === undefined ? undefined : await store.findMeeting(trx, lead.id, uuid(data.meetingId));
    if (data.meetingId !== undefined && !known) return { message: views.meetingGone() };
    // Settled from another window meanwhile: what was typed here stays on the screen, and nothing is overwritten.
    if (known && known.state !== (isEdit ? 'held' : 'planned')) {
      return { errors: { [forms.fields.day]: forms.settledMeanwhile(known.state) } };
    }
    const reading = forms.readHeldForm(request.values, views.todayOf(reader), known?.heldOn);
    if (reading.kind === 'refused') return { errors: reading.errors };
    const { held } = reading;

    if (held.promises.length > 0) {
      const source = {
        kind: 'one-on-one',
        id: `${lead.id} ${person.id}`,
        words: `the 1:1 of <@${lead.id}> and <@${person.id}>`,
      } as const;
      const promised = await tools.commitments.add(
        trx,
        ownerOf(lead),
        source,
        forms.promiseDrafts(held.promises, self, { ...other, name: person.name }),
        now,
      );
      if (promised.kind === 'refused') return { errors: forms.promiseErrors(promised, held.promises) };
    }

    const meeting =
      known ??
      (await store.addMeeting(trx, ownerOf(lead), {
        personId: person.id,
        plannedFor: null,
        state: 'held',
        heldOn: held.day,
      }));
    await store.updateMeeting(trx, lead.id, meeting.id, {
      state: 'held',
      heldOn: held.day,
      themes: held.themes,
    });
    if (tools.sealer.available) {
      await words.saveMeetingWords(trx, tools.sealer, ownerOf(lead), meeting.id, {
        notes: held.notes,
        mood: held.mood ?? '',
      });
    }
    const points = held.points.map(uuid);
    if (points.length > 0) await words.closePoints(trx, lead.id, meeting.id, points);
    const time =
      isEdit || held.minutes === undefined
        ? undefined
        : await tools.time.log(trx, lead, { personId: person.id, day: held.day, minutes: held.minutes }, now);
    if (time?.kind === 'logged') {
      await store.updateMeeting(trx, lead.id, meeting.id, { timeBatchId: time.batchId });
    }
    if (!isEdit && meeting.plannedFor) await goOnAfter(knock, tools, person, meeting, held.day);
    if (!meeting.plannedFor || isEdit) await topUpIfMet(knock, tools, person);
    await answered(trx, tools, data.deliveryId, 'held', now);

    const kept = { ...meeting, state: 'held' as const, heldOn: held.day };
    return inPlace({
      message: views.keptMessage(
        person,
        kept,
        {
          promises: held.promises.length,
          points: points.length,
          logged: time?.kind === 'logged' ? (held.minutes ?? 0) : 0,
          trouble: troubleOf(time),
          next: nextMeeting(await store.findMeetings(trx, lead.id, person.id), localOf(reader)),
        },
        reader,
      ),
    });
  });
}

function troubleOf(
  time: Awaited<ReturnType<OneOnOneTools['time']['log']>> | undefined,
): views.Kept['trouble'] {
  if (time?.kind === 'refused') return time.why;
  return time?.kind === 'logged-before' ? 'logged-before' : undefined;
}

async function topUpIfMet({ trx, reader }: Knock, tools: OneOnOneTools, person: Person): Promise<void> {
  if (!person.ended) await topUpSeries(trx, tools, reader.lead, person, reader.now);
}

/** After a planned meeting took place: what nobody spoke of before it is passed over, and the series goes on. */
async function goOnAfter(
  { trx, reader }: Knock,
  tools: OneOnOneTools,
  person: Person,
  meeting: Meeting,
  day: Temporal.PlainDate,
): Promise<void> {
  const { lead, now } = reader;
  await unplan(trx, tools, lead, meeting.id, now);
  for (const other of await store.findMeetings(trx, lead.id, person.id)) {
    const isPassedOver =
      other.state === 'planned' &&
      other.plannedFor !== null &&
      Temporal.PlainDateTime.compare(other.plannedFor, meeting.plannedFor!) < 0;
    if (!isPassedOver) continue;
    await unplan(trx, tools, lead, other.id, now);
    await store.updateMeeting(trx, lead.id, other.id, { state: 'lapsed' });
  }
  if (person.ended) return;
  const planned = meeting.plannedFor!;
  // On its day: what follows is planned from there already, or was moved since.
  if (day.equals(planned.toPlainDate())) await topUpSeries(trx, tools, lead, person, now);
  else await planAfter(trx, tools, lead, person, day.toPlainDateTime(planned.toPlainTime()), now);
}

async function undoHeld(knock: Knock, tools: OneOnOneTools, person: Person, meeting: Meeting): Promise<void> {
  const { trx, reader } = knock;
  const { lead } = reader;
  await words.closePoints(trx, lead.id, meeting.id, []);
  if (meeting.timeBatchId) await tools.time.takeBack(trx, lead, meeting.timeBatchId);
  if (!meeting.plannedFor) {
    await store.deleteMeeting(trx, lead.id, meeting.id);
    await topUpIfMet(knock, tools, person);
    return;
  }
  await words.saveMeetingWords(trx, tools.sealer, ownerOf(lead), meeting.id, { notes: '', mood: '' });
  await reopen(knock, tools, person, meeting);
}

/** A meeting that counted as held or skipped is planned again, and the series goes on from it. */
async function reopen(
  { trx, reader }: Knock,
  tools: OneOnOneTools,
  person: Person,
  meeting: Meeting,
): Promise<void> {
  const { lead, now } = reader;
  await store.updateMeeting(trx, lead.id, meeting.id, {
    state: 'planned',
    heldOn: null,
    themes: [],
    timeBatchId: null,
  });
  if (person.ended) return;
  const plannedFor = meeting.plannedFor!;
  if (Temporal.PlainDateTime.compare(plannedFor, localOf(reader)) > 0) {
    await planSeries(trx, tools, lead, person, plannedFor, now, meeting.id);
  } else {
    await planAfter(trx, tools, lead, person, plannedFor, now);
  }
}

export async function moveMeeting(
  { trx, reader }: Knock,
  tools: OneOnOneTools,
  { person, meeting }: { person: Person; meeting: Meeting },
  to: Temporal.PlainDateTime,
  deliveryId: string | undefined,
): Promise<Answer> {
  if (person.ended) return { message: views.hasEnded(person) };
  if (meeting.state !== 'planned') return { message: views.settled(person, meeting, reader) };
  const { lead, now } = reader;
  await store.updateMeeting(trx, lead.id, meeting.id, { moved: meeting.moved + 1 });
  await planSeries(trx, tools, lead, person, to, now, meeting.id);
  await answered(trx, tools, deliveryId, 'moved', now);
  return { message: views.booked(person, { ...meeting, plannedFor: to }, meeting.plannedFor, reader) };
}

/** `why` undefined: a form asks for it, once. */
export async function skipMeeting(
  { trx, reader }: Knock,
  tools: OneOnOneTools,
  { person, meeting }: { person: Person; meeting: Meeting },
  why: string | undefined,
  deliveryId: string | undefined,
): Promise<Answer> {
  const { lead, now } = reader;
  await unplan(trx, tools, lead, meeting.id, now);
  await store.updateMeeting(trx, lead.id, meeting.id, { state: 'skipped' });
  const canSeal = tools.sealer.available;
  if (why !== undefined && canSeal) {
    await words.saveMeetingWords(trx, tools.sealer, ownerOf(lead), meeting.id, { skipReason: why });
  }
  // What follows is planned from it already, or was moved since.
  await topUpSeries(trx, tools, lead, person, now);
  await answered(trx, tools, deliveryId, 'skipped', now);
  const next = nextMeeting(await store.findMeetings(trx, lead.id, person.id), localOf(reader));
  return {
    message: views.skippedMessage(person, meeting, next, reader, why !== undefined && !canSeal),
    ...(why === undefined && canSeal && { form: forms.skipForm(person, meeting.id) }),
  };
}
