// The doors of this room that a lead goes through: `/delegate`, its buttons and its forms.

import { z } from 'zod';
import type { Sealer } from '../../db/sealed.ts';
import type { Tenant } from '../../db/tenancy.ts';
import type { LeadDesk } from '../../leads/index.ts';
import type { Prompts } from '../../prompts/prompts.ts';
import { message } from '../../slack/blocks.ts';
import type { Answer, Doors, Request } from '../../slack/doors.ts';
import type { Block, Message } from '../../slack/message.ts';
import type { Profile } from '../../slack/people.ts';
import { localDay } from '../../time/days.ts';
import type { Owner, SlashCommand } from '../room.ts';
import { type CheckInAnswer, usualCheckIns } from './delegation.check-ins.ts';
import * as forms from './delegation.forms.ts';
import { isLevel, oneHigher } from './delegation.levels.ts';
import { type DelegateCommand, parseDelegateCommand } from './delegation.parse.ts';
import { levelFields, levelForm } from './delegation.person.views.ts';
import { refused } from './delegation.refusals.ts';
import {
  planCheckIns,
  planQuestion,
  planWord,
  removeCheckIns,
  usualQuestionTime,
} from './delegation.steps.ts';
import * as store from './delegation.store.ts';
import {
  agree,
  close,
  type Delegation,
  type DelegationDraft,
  levelToOffer,
  type Moved,
  noWords,
  propose,
  reopen,
  type TrustedWords,
  tell,
  tellInPerson,
} from './delegation.ts';
import * as views from './delegation.views.ts';

export const commands: SlashCommand[] = [
  {
    command: '/delegate',
    usageHint: '@someone the cache redesign at advise until 12 dec',
    description: 'Hand something over, at a level you both agree on; nothing typed opens a form',
  },
];

export interface DelegationTools {
  leads: LeadDesk;
  prompts: Prompts;
  sealer: Sealer;
}

type Work = (trx: Tenant, reader: views.Reader) => Promise<Answer>;

export function listen(doors: Doors, tools: DelegationTools): void {
  const { leads, prompts, sealer } = tools;
  const { ids } = views;

  /** The lead who knocked, and `work` in one transaction that counts once; their note goes under the answer. */
  async function asLead(request: Request, work: Work): Promise<Answer> {
    const { lead, note } = await leads.meet(request);
    const answer = await request.once((trx) => work(trx, { lead, now: request.now }));
    return answer.message ? { ...answer, message: withNote(answer.message, note) } : answer;
  }

  /** The same for one delegation of theirs, its row locked; what is not there any more says so. */
  const withOne = (
    request: Request,
    delegationId: string | undefined,
    work: (trx: Tenant, delegation: Delegation, reader: views.Reader) => Promise<Answer>,
  ): Promise<Answer> =>
    asLead(request, async (trx, reader) => {
      const delegation = await store.lockDelegation(trx, reader.lead.id, uuid(delegationId));
      return delegation ? work(trx, delegation, reader) : { replace: views.gone() };
    });

  async function known(trx: Tenant, delegation: Delegation, { lead }: views.Reader): Promise<views.Known> {
    const words = await store.openWords(trx, sealer, ownerOf(lead), [delegation.id]);
    return {
      delegation,
      checkIns: await store.findCheckIns(trx, lead.id, [delegation.id]),
      words: words.get(delegation.id) ?? noWords,
    };
  }

  async function previewOf(trx: Tenant, delegation: Delegation, reader: views.Reader): Promise<Message> {
    const before = delegation.follows
      ? await store.findDelegation(trx, reader.lead.id, delegation.follows)
      : undefined;
    return views.preview(await known(trx, delegation, reader), reader, before);
  }

  /** A preview while nobody was told, else the delegation with all that can be done about it. */
  const lookAt = async (trx: Tenant, delegation: Delegation, reader: views.Reader): Promise<Message> =>
    delegation.state === 'draft'
      ? previewOf(trx, delegation, reader)
      : views.card(await known(trx, delegation, reader), reader);

  /** Keeps a new delegation as a draft that nobody knows of, and shows what it would say. */
  async function draft(
    trx: Tenant,
    what: {
      draft: DelegationDraft;
      checkIns: readonly Temporal.PlainDate[];
      words: Partial<TrustedWords>;
      follows: string | null;
    },
    person: Profile,
    reader: views.Reader,
  ): Promise<Message> {
    const { lead, now } = reader;
    const owner = ownerOf(lead);
    const made = await store.addDelegation(
      trx,
      owner,
      { ...what.draft, personName: person.name, follows: what.follows },
      now,
    );
    if (sealer.available) await store.saveWords(trx, sealer, owner, made.id, what.words);
    await store.replaceCheckIns(trx, owner, made.id, what.checkIns, localDay(now, lead.timeZone));
    return previewOf(trx, made, reader);
  }

  doors.command('/delegate', async (request) => {
    const { lead, note } = await leads.meet(request);
    const context = { now: request.now, zone: lead.timeZone, leadId: lead.id };
    const command = parseDelegateCommand(request.text, context);
    if (command.kind === 'give' && command.line.level !== null) {
      const { personId, title, level, until, why } = command.line;
      if (why !== null && !sealer.available) return { message: views.whyNeedsKeys() };
      const person = await request.profile(personId);
      if (person.unreachable) return { message: views.unreachable(person.name) };
      return asLead(request, async (trx, reader) => ({
        message: await draft(
          trx,
          {
            draft: { personId, title, level, until, risky: false },
            checkIns: usualCheckIns(until, localDay(request.now, lead.timeZone), lead),
            words: { why },
            follows: null,
          },
          person,
          reader,
        ),
      }));
    }
    const answer = await request.once((trx) => answerCommand(trx, command, { lead, now: request.now }));
    return answer.message ? { ...answer, message: withNote(answer.message, note) } : answer;
  });

  async function answerCommand(trx: Tenant, command: DelegateCommand, reader: views.Reader): Promise<Answer> {
    switch (command.kind) {
      case 'form':
        return { form: forms.giveForm({}, {}, sealer.available) };
      case 'give':
        return { form: forms.giveForm(forms.initialOf(command.line), {}, sealer.available) };
      case 'help':
        return { message: views.help() };
      case 'list':
        return { message: await listOf(trx, reader) };
      case 'person':
        return { message: await pageOf(trx, command.personId, reader) };
      case 'refused':
        return { message: refused(command.problems) };
    }
  }

  async function listOf(trx: Tenant, reader: views.Reader): Promise<Message> {
    const all = await store.findDelegations(trx, reader.lead.id);
    const checkIns = await store.findCheckIns(
      trx,
      reader.lead.id,
      all.map(({ id }) => id),
    );
    return views.list(all, checkIns, reader);
  }

  async function pageOf(trx: Tenant, personId: string, reader: views.Reader): Promise<Message> {
    const { lead } = reader;
    const all = await store.findDelegations(trx, lead.id);
    const theirs = all.filter((delegation) => delegation.personId === personId);
    const delegationIds = theirs.map(({ id }) => id);
    return views.page(
      theirs,
      await store.findCheckIns(trx, lead.id, delegationIds),
      await store.findLevelMoves(trx, lead.id, delegationIds),
      await store.openWords(trx, sealer, ownerOf(lead), delegationIds),
      { personId },
      all,
      reader,
    );
  }

  doors.click(ids.give, (request) =>
    asLead(request, async () => {
      const { delivery } = readValue(request.value);
      const person = request.suffix === 'person' ? request.value : undefined;
      return {
        form: forms.giveForm(
          person && slackId.test(person) ? { personId: person } : {},
          delivery === undefined ? {} : { delivery },
          sealer.available,
        ),
      };
    }),
  );

  doors.click(ids.again, (request) =>
    withOne(request, request.value, async (trx, before, reader) => {
      const { words } = await known(trx, before, reader);
      const level = levelToOffer(before, oneHigher(before.level));
      const initial: forms.GiveInitial = {
        // Slack offers nobody who has left.
        ...(before.personLeft ? {} : { personId: before.personId }),
        title: before.title,
        level,
        why: words.why,
        stays: words.stays,
        risky: before.risky,
      };
      return { form: forms.giveForm(initial, { follows: before.id }, sealer.available) };
    }),
  );

  doors.form(ids.giveForm, async (request) => {
    const { lead } = await leads.meet(request);
    const reading = forms.readGive(request.values, { lead, now: request.now });
    if (reading.kind === 'refused') return { errors: reading.errors };
    const person = await request.profile(reading.draft.personId);
    if (person.unreachable) {
      return {
        errors: { [forms.giveFields.person]: 'They are a bot or have left. Pick somebody who can hold it.' },
      };
    }
    const origin = giveOrigin.safeParse(request.data).data ?? {};
    return asLead(request, async (trx, reader) => {
      const before = origin.follows
        ? await store.findDelegation(trx, lead.id, uuid(origin.follows))
        : undefined;
      if (origin.delivery) await prompts.answer(trx, origin.delivery, 'delegating', request.now);
      return { replace: await draft(trx, { ...reading, follows: before?.id ?? null }, person, reader) };
    });
  });

  doors.click(ids.words, (request) =>
    withOne(request, request.value, async (trx, delegation, reader) => {
      if (delegation.state !== 'draft') return { replace: views.moreHappened(delegation, reader) };
      if (!sealer.available) return { message: views.wordsNeedKeys() };
      return { form: forms.wordsForm(await known(trx, delegation, reader), reader) };
    }),
  );
  doors.form(ids.wordsForm, (request) =>
    withOne(request, dataId(request.data), async (trx, delegation, reader) => {
      if (delegation.state !== 'draft') return { replace: views.moreHappened(delegation, reader) };
      const told = forms.wordsIn(request.values, forms.wordsFields.told) ?? '';
      await store.saveWords(trx, sealer, ownerOf(reader.lead), delegation.id, { told });
      return { replace: await previewOf(trx, delegation, reader) };
    }),
  );

  doors.click(ids.send, (request) =>
    withOne(request, request.value, async (trx, delegation, reader) => {
      const outcome = tell(delegation, request.now);
      if (outcome.kind === 'refused') return { replace: views.moreHappened(delegation, reader) };
      if (delegation.personLeft) return { replace: views.unreachable(delegation.personName) };
      // What they were told is what the lead saw, whatever is edited later.
      const shown = views.wordsToTell(await known(trx, delegation, reader), reader);
      if (sealer.available)
        await store.saveWords(trx, sealer, ownerOf(reader.lead), delegation.id, { told: shown });
      await keepMove(trx, outcome, null, reader);
      await planWord(trx, prompts, reader.lead.id, outcome.delegation, 'lead', request.now);
      await planAll(trx, outcome.delegation, reader);
      return { replace: views.sent(outcome.delegation) };
    }),
  );
  doors.click(ids.inPerson, (request) =>
    withOne(request, request.value, async (trx, delegation, reader) => {
      const outcome = tellInPerson(delegation, request.now);
      if (outcome.kind === 'refused') return { replace: views.moreHappened(delegation, reader) };
      await keepMove(trx, outcome, null, reader);
      await planAll(trx, outcome.delegation, reader);
      return { replace: views.keptInPerson(outcome.delegation) };
    }),
  );

  async function planAll(trx: Tenant, delegation: Delegation, { lead, now }: views.Reader): Promise<void> {
    const checkIns = await store.findCheckIns(trx, lead.id, [delegation.id]);
    await planCheckIns(trx, prompts, lead, checkIns, now);
  }

  async function keepMove(
    trx: Tenant,
    { delegation, step }: Extract<Moved, { kind: 'moved' }>,
    note: string | null,
    { lead }: views.Reader,
  ): Promise<void> {
    await store.saveDelegation(trx, lead.id, delegation);
    await store.addLevelStep(trx, sealer, ownerOf(lead), delegation.id, step, note);
  }

  doors.click(ids.edit, (request) =>
    withOne(request, request.value, async (trx, delegation, reader) => ({
      form: forms.editForm(await known(trx, delegation, reader), reader, sealer.available),
    })),
  );
  doors.form(ids.editForm, (request) =>
    withOne(request, dataId(request.data), async (trx, delegation, reader) => {
      const reading = forms.readGive(request.values, reader, delegation);
      if (reading.kind === 'refused') return { errors: reading.errors };
      const { lead, now } = reader;
      const changed = { ...delegation, ...reading.draft };
      await store.saveDelegation(trx, lead.id, changed);
      if (sealer.available) {
        await store.saveWords(trx, sealer, ownerOf(lead), delegation.id, reading.words);
      }
      const day = localDay(now, lead.timeZone);
      const dropped = await store.replaceCheckIns(trx, ownerOf(lead), delegation.id, reading.checkIns, day);
      await removeCheckIns(trx, prompts, lead.id, dropped, now);
      if (changed.state === 'draft') return { replace: await previewOf(trx, changed, reader) };
      if (changed.state === 'open' && !changed.personLeft) await planAll(trx, changed, reader);
      return { replace: views.edited(await known(trx, changed, reader), reader) };
    }),
  );

  doors.click(ids.remove, (request) =>
    withOne(request, request.value, async (trx, delegation, reader) => {
      const { lead, now } = reader;
      const checkIns = await store.findCheckIns(trx, lead.id, [delegation.id]);
      await removeCheckIns(trx, prompts, lead.id, checkIns, now);
      await store.deleteDelegation(trx, lead.id, delegation.id);
      const words = delegation.state === 'draft' ? views.discarded(delegation) : views.deleted(delegation);
      return {
        changeForm: { callbackId: ids.editForm, title: 'Deleted', blocks: words.blocks },
        replace: words,
      };
    }),
  );

  doors.click(ids.list, (request) =>
    asLead(request, async (trx, reader) => ({ message: await listOf(trx, reader) })),
  );
  doors.click(ids.look, (request) =>
    withOne(request, request.value, async (trx, delegation, reader) => ({
      message: await lookAt(trx, delegation, reader),
    })),
  );

  doors.click(ids.menu, (request) => {
    const [action = '', id = ''] = request.value.split(' ');
    return withOne(request, id, async (trx, delegation, reader) => {
      if (action === 'edit') {
        return { form: forms.editForm(await known(trx, delegation, reader), reader, sealer.available) };
      }
      if (action === 'look') return { message: await lookAt(trx, delegation, reader) };
      if (delegation.state !== 'open') return { message: views.moreHappened(delegation, reader) };
      const data = { id: delegation.id };
      if (action === 'level') {
        return { form: levelForm(delegation, 'lead', reader.lead.id, sealer.available) };
      }
      if (action === 'done') return { form: forms.doneForm(delegation, data, sealer.available) };
      return { form: forms.takeBackForm(delegation, data, sealer.available) };
    });
  });

  // Levels.

  doors.click(ids.agree, (request) => {
    const { id, round, delivery } = readValue(request.value);
    return withOne(request, id, async (trx, delegation, reader) => {
      const outcome = agree(delegation, 'lead', round ?? -1, request.now);
      return said(trx, delegation, outcome, null, delivery, reader);
    });
  });
  doors.click(ids.level, (request) => {
    const { id, round, delivery } = readValue(request.value);
    return withOne(request, id, async (_trx, delegation, reader) => {
      if (delegation.state !== 'open' || delegation.round !== round) {
        return { replace: views.moreHappened(delegation, reader) };
      }
      return { form: levelForm(delegation, 'lead', reader.lead.id, sealer.available, delivery) };
    });
  });
  doors.form(ids.levelForm, (request) => {
    const { id, round, delivery } = valueShape.safeParse(request.data).data ?? { id: '' };
    return withOne(request, id, async (trx, delegation, reader) => {
      const level = Number(request.values.choice(levelFields.level));
      if (!isLevel(level)) return { errors: { [levelFields.level]: 'Choose a level.' } };
      const outcome = propose(delegation, level, 'lead', round ?? -1, request.now);
      if (outcome.kind === 'refused' && outcome.why === 'same')
        return { message: views.sameLevel(delegation) };
      const note = sealer.available ? forms.wordsIn(request.values, levelFields.note) : null;
      return said(trx, delegation, outcome, note, delivery, reader);
    });
  });

  async function said(
    trx: Tenant,
    before: Delegation,
    outcome: Moved,
    note: string | null,
    delivery: string | undefined,
    reader: views.Reader,
  ): Promise<Answer> {
    if (outcome.kind === 'refused') return { replace: views.moreHappened(before, reader) };
    await keepMove(trx, outcome, note, reader);
    if (!outcome.delegation.personLeft) {
      await planWord(trx, prompts, reader.lead.id, outcome.delegation, 'lead', reader.now);
    }
    if (delivery) await prompts.answer(trx, delivery, outcome.step.kind, reader.now);
    return { replace: views.levelSaid(outcome.delegation, outcome.step) };
  }

  // Check-ins, and how one ends.

  const answerCheckIn = (request: Request & { value: string }, answer: 'on-track' | 'needs-me') => {
    const value = readValue(request.value);
    return withOne(request, value.id, async (trx, delegation, reader) => {
      const checkIn = await checkInOf(trx, delegation, value.checkIn, reader);
      if (delegation.state !== 'open' || !checkIn || checkIn.answer !== null) {
        return { replace: views.checkInStale(delegation, checkIn, reader) };
      }
      // What went unanswered before it is answered along with it.
      const before = await store.findCheckIns(trx, reader.lead.id, [delegation.id]);
      for (const { id, day, answer: given } of before) {
        const earlier = Temporal.PlainDate.compare(day, checkIn.day) < 0;
        if (given === null && earlier)
          await store.saveCheckInAnswer(trx, reader.lead.id, id, answer, reader.now);
      }
      await answered(trx, value, answer, reader);
      return {
        replace: views.checkInAnswered(answer, await known(trx, delegation, reader), value, reader),
      };
    });
  };
  doors.click(ids.onTrack, (request) => answerCheckIn(request, 'on-track'));
  doors.click(ids.needsMe, (request) => answerCheckIn(request, 'needs-me'));

  async function checkInOf(
    trx: Tenant,
    delegation: Delegation,
    checkInId: string | undefined,
    { lead }: views.Reader,
  ) {
    const found = await store.findCheckIn(trx, lead.id, uuid(checkInId));
    return found?.delegationId === delegation.id ? found : undefined;
  }

  /** Keeps the answer, with the engine as well. A prompt it has put off by now is no matter: it asks us first. */
  async function answered(
    trx: Tenant,
    { checkIn, delivery }: views.ButtonValue,
    answer: CheckInAnswer,
    { lead, now }: views.Reader,
  ): Promise<void> {
    if (checkIn) await store.saveCheckInAnswer(trx, lead.id, uuid(checkIn), answer, now);
    if (delivery) await prompts.answer(trx, delivery, answer, now);
  }

  doors.click(ids.askAgain, (request) => {
    const value = readValue(request.value);
    return withOne(request, value.id, async (trx, delegation, reader) => {
      const checkIn = await checkInOf(trx, delegation, value.checkIn, reader);
      if (delegation.state !== 'open' || !checkIn) {
        return { replace: views.checkInStale(delegation, checkIn, reader) };
      }
      await store.saveCheckInAnswer(trx, reader.lead.id, checkIn.id, null, reader.now);
      return { replace: views.checkInQuestion(delegation, value, reader) };
    });
  });

  /** The form that ends it, from a check-in or from its own page. */
  const openEnd = (
    request: Request & { value: string },
    form: (delegation: Delegation, data: object, sealing: boolean) => ReturnType<typeof forms.doneForm>,
  ) => {
    const value = readValue(request.value);
    return withOne(request, value.id, async (trx, delegation, reader) => {
      const checkIn = await checkInOf(trx, delegation, value.checkIn, reader);
      const stale = value.checkIn !== undefined && checkIn?.answer !== null;
      return delegation.state !== 'open' || stale
        ? { replace: views.checkInStale(delegation, checkIn, reader) }
        : { form: form(delegation, value, sealer.available) };
    });
  };
  doors.click(ids.takeBack, (request) => openEnd(request, forms.takeBackForm));
  doors.click(ids.done, (request) => openEnd(request, forms.doneForm));

  doors.form(ids.takeBackForm, (request) => {
    const value = valueShape.safeParse(request.data).data ?? { id: '' };
    const why = sealer.available ? forms.wordsIn(request.values, forms.takeBackFields.why) : null;
    return withOne(request, value.id, async (trx, delegation, reader) => {
      const closed = close(delegation, { state: 'taken-back' }, request.now);
      if (!closed) return { replace: views.moreHappened(delegation, reader) };
      await end(trx, closed, why, { ...value, id: delegation.id }, 'taken-back', reader);
      return { replace: views.takenBack(closed, why) };
    });
  });
  doors.form(ids.doneForm, (request) => {
    const value = valueShape.safeParse(request.data).data ?? { id: '' };
    const learned = sealer.available ? forms.wordsIn(request.values, forms.doneFields.learned) : null;
    const chosen = Number(request.values.choice(forms.doneFields.next));
    return withOne(request, value.id, async (trx, delegation, reader) => {
      const how = { state: 'done', nextLevel: isLevel(chosen) ? chosen : null } as const;
      const closed = close(delegation, how, request.now);
      if (!closed) return { replace: views.moreHappened(delegation, reader) };
      await end(trx, closed, learned, { ...value, id: delegation.id }, 'done', reader);
      return { replace: views.done(closed, learned) };
    });
  });

  async function end(
    trx: Tenant,
    closed: Delegation,
    closing: string | null,
    value: views.ButtonValue,
    answer: CheckInAnswer,
    reader: views.Reader,
  ): Promise<void> {
    const { lead, now } = reader;
    await store.saveDelegation(trx, lead.id, closed);
    await store.saveWords(trx, sealer, ownerOf(lead), closed.id, { closing });
    await answered(trx, value, answer, reader);
    const checkIns = await store.findCheckIns(trx, lead.id, [closed.id]);
    await removeCheckIns(trx, prompts, lead.id, checkIns, now);
  }

  doors.click(ids.reopen, (request) =>
    withOne(request, request.value, async (trx, delegation, reader) => {
      const opened = reopen(delegation);
      if (!opened) return { replace: views.moreHappened(delegation, reader) };
      await store.saveDelegation(trx, reader.lead.id, opened);
      await store.saveWords(trx, sealer, ownerOf(reader.lead), opened.id, { closing: null });
      if (!opened.personLeft) await planAll(trx, opened, reader);
      return { replace: views.reopened(await known(trx, opened, reader), reader) };
    }),
  );

  // The weekly question.

  doors.click(ids.notThisWeek, (request) =>
    asLead(request, async (trx) => {
      const { delivery } = readValue(request.value);
      if (delivery) await prompts.answer(trx, delivery, 'not this week', request.now);
      return { replace: views.notThisWeek() };
    }),
  );
  doors.click(ids.question, (request) =>
    asLead(request, async (trx, { lead }) => ({
      form: forms.questionForm((await store.findQuestionTime(trx, lead.id)) ?? usualQuestionTime(lead)),
    })),
  );
  doors.form(ids.questionForm, (request) =>
    asLead(request, async (trx, { lead, now }) => {
      const reading = forms.readQuestion(request.values);
      if (reading.kind === 'refused') return { errors: reading.errors };
      await store.saveQuestionTime(trx, ownerOf(lead), reading.chosen);
      await planQuestion(trx, prompts, lead, reading.chosen, now);
      return { message: views.questionKept(reading.chosen) };
    }),
  );
}

const ownerOf = ({ workspaceId, id }: { workspaceId: string; id: string }): Owner => ({
  workspaceId,
  leadId: id,
});

const withNote = (words: Message, note: readonly Block[]): Message =>
  note.length === 0 ? words : { ...message(...words.blocks, ...note), text: words.text };

/** What a button or form brings back. Hostile until parsed: an id that is none finds nothing. */
export const valueShape = z.object({
  id: z.string().max(64).default(''),
  round: z.number().int().optional(),
  checkIn: z.string().max(64).optional(),
  delivery: z.string().max(64).optional(),
});

const giveOrigin = z.object({
  follows: z.string().max(64).optional(),
  delivery: z.string().max(64).optional(),
});

const slackId = /^[UW][A-Z0-9]{1,63}$/;

export function readValue(text: string): z.infer<typeof valueShape> {
  try {
    return valueShape.safeParse(JSON.parse(text)).data ?? { id: '' };
  } catch {
    return { id: '' };
  }
}

const dataId = (data: unknown): string | undefined => valueShape.safeParse(data).data?.id;

/** An id that came back from Slack; one that is none finds nothing. */
export const uuid = (text: string | undefined): string =>
  z.uuid().safeParse(text).data ?? '00000000-0000-0000-0000-000000000000';
