// The doors of this room: `/logtime` in all its forms, the buttons under its answers, and the lead's categories.

import { z } from 'zod';
import type { Tenant } from '../../db/tenancy.ts';
import type { LeadDesk } from '../../leads/index.ts';
import type { Prompts } from '../../prompts/prompts.ts';
import type { Answer, ClickRequest, Doors, Request } from '../../slack/doors.ts';
import type { Block, Message } from '../../slack/message.ts';
import { localDay } from '../../time/days.ts';
import type { SlashCommand } from '../room.ts';
import * as forms from './balance.forms.ts';
import { type LogtimeCommand, parseLogtimeCommand } from './balance.parse.command.ts';
import { refused } from './balance.refusals.ts';
import {
  changeEntry,
  entriesAround,
  logDrafts,
  ownerOf,
  type Removed,
  removeBatch,
  removeEntry,
} from './balance.steps.ts';
import * as store from './balance.store.ts';
import { continueTimer, discardTimer, endTimer, startTimer, stopTimer } from './balance.timer.steps.ts';
import type { Draft } from './balance.ts';
import * as views from './balance.views.ts';
import { weekMessage } from './balance.week.ts';

export const commands: SlashCommand[] = [
  {
    command: '/logtime',
    usageHint: '45m review with @someone yesterday -- a note',
    description: 'Log where your time went; nothing typed opens a form',
  },
];

export interface BalanceTools {
  leads: LeadDesk;
  prompts: Prompts;
}

/** How many entries `/logtime edit` offers. */
const recentCount = 10;

export function listen(doors: Doors, tools: BalanceTools): void {
  const { ids } = views;

  /**
   * The lead who knocked, and `work` in one transaction that counts once; their note goes under the answer. Where
   * the answer is a form, only what a new lead has to be told goes there: nothing else will tell them.
   */
  async function asLead(
    request: Request,
    work: (trx: Tenant, reader: views.Reader) => Promise<Answer>,
  ): Promise<Answer> {
    const { lead, note, isNew } = await tools.leads.meet(request);
    const answer = await request.once(async (trx) => {
      const categories = await store.findCategories(trx, { workspaceId: lead.workspaceId, leadId: lead.id });
      return work(trx, { lead, categories, now: request.now });
    });
    const { message, plainer, form } = answer;
    return {
      ...answer,
      ...(message && { message: withNote(message, note) }),
      ...(plainer && { plainer: withNote(plainer, note) }),
      ...(form && isNew && { form: { ...form, blocks: [...form.blocks, ...note] } }),
    };
  }

  const logLine = (request: Request, line: string): Promise<Answer> =>
    asLead(request, (trx, reader) => {
      const context = { categories: reader.categories, now: reader.now, zone: reader.lead.timeZone };
      return answerCommand(trx, parseLogtimeCommand(line, context), line, reader);
    });

  async function answerCommand(
    trx: Tenant,
    command: LogtimeCommand,
    line: string,
    reader: views.Reader,
  ): Promise<Answer> {
    const { lead, now } = reader;
    const today = localDay(now, lead.timeZone);
    switch (command.kind) {
      case 'form':
        return { form: forms.logForm(today, reader) };
      case 'log':
        return log(trx, command.drafts, line, reader);
      case 'undo': {
        const batchId = await store.findLastBatch(trx, lead.id);
        if (!batchId) return { message: views.nothingToUndo() };
        return { message: removedMessage(await removeBatch(trx, lead.id, batchId), reader) };
      }
      case 'edit': {
        const entries = await store.findRecentEntries(trx, lead.id, recentCount);
        return { message: entries.length > 0 ? views.recentEntries(entries, reader) : views.nothingToEdit() };
      }
      case 'start':
        return startTimer(trx, command.category, reader, tools.prompts);
      case 'stop':
        return stopTimer(trx, reader, tools.prompts);
      case 'today': {
        const week = await entriesAround(trx, lead.id, [today]);
        const timer = await store.findTimer(trx, lead.id);
        return {
          message: views.dayView(
            week.filter(({ day }) => day.equals(today)),
            sameWeek(week, today),
            timer,
            reader,
          ),
        };
      }
      case 'week':
        return weekMessage(trx, command.week, reader);
      case 'help':
        return { message: views.help(reader) };
      case 'refused':
        return { message: refused(line, command.problems, reader) };
    }
  }

  async function log(
    trx: Tenant,
    drafts: readonly Draft[],
    line: string,
    reader: views.Reader,
  ): Promise<Answer> {
    const outcome = await logDrafts(trx, drafts, reader);
    if (outcome.kind === 'refused') return { message: refused(line, outcome.problems, reader) };
    return { message: views.logged(outcome, outcome.around, outcome.clashes, reader) };
  }

  doors.command('/logtime', (request) => logLine(request, request.text));

  // A button that carries a whole line: the mended version of one that was refused.
  doors.click(ids.logLine, async (request) => inPlace(await logLine(request, request.value)), {
    oncePerMessage: true,
  });

  doors.click(ids.logTime, (request) =>
    asLead(request, async (_trx, reader) => {
      const today = localDay(reader.now, reader.lead.timeZone);
      return {
        form: forms.logForm(
          z.iso.date().safeParse(request.value).success ? Temporal.PlainDate.from(request.value) : today,
          reader,
        ),
      };
    }),
  );

  doors.form(ids.logForm, (request) =>
    asLead(request, async (trx, reader) => {
      const reading = forms.readEntry(request.values, reader);
      if (reading.kind === 'refused') return { errors: reading.errors };
      const outcome = await logDrafts(trx, [reading.draft], reader);
      if (outcome.kind === 'refused') return overfullError(outcome.problems, reader);
      return { message: views.logged(outcome, outcome.around, outcome.clashes, reader) };
    }),
  );

  doors.click(ids.undo, (request) =>
    asLead(request, async (trx, reader) => ({
      replace: removedMessage(await removeBatch(trx, reader.lead.id, uuid(request.value)), reader),
    })),
  );

  doors.click(ids.edit, (request) =>
    asLead(request, async (trx, reader) => {
      const entries = await store.findRecentEntries(trx, reader.lead.id, recentCount);
      return { message: entries.length > 0 ? views.recentEntries(entries, reader) : views.nothingToEdit() };
    }),
  );

  doors.click(ids.change, (request) =>
    asLead(request, async (trx, reader) => {
      const entry = await store.findEntry(trx, reader.lead.id, uuid(request.value));
      return entry ? { form: forms.changeForm(entry, reader) } : { message: views.alreadyGone() };
    }),
  );

  doors.form(ids.changeForm, (request) =>
    asLead(request, async (trx, reader) => {
      const entryId = uuid(z.object({ entryId: z.string() }).safeParse(request.data).data?.entryId);
      const before = await store.findEntry(trx, reader.lead.id, entryId);
      const reading = forms.readEntry(request.values, reader, before);
      if (reading.kind === 'refused') return { errors: reading.errors };
      const outcome = await changeEntry(trx, entryId, reading.draft, reader);
      if (outcome.kind === 'gone') return { message: views.alreadyGone() };
      if (outcome.kind === 'refused') return overfullError(outcome.problems, reader);
      return { replace: views.changed(outcome.entry, outcome.around, outcome.clashes, reader) };
    }),
  );

  doors.click(ids.remove, (request) =>
    asLead(request, async (trx, reader) => {
      const removed = await removeEntry(trx, reader.lead.id, uuid(request.value));
      return {
        changeForm: forms.removedForm(removed.gone, reader),
        replace: removedMessage(removed, reader),
      };
    }),
  );

  listenForCategories(doors, asLead, answerCommand);

  const byTimer =
    (work: (trx: Tenant, startedAt: Temporal.Instant, reader: views.Reader) => Promise<Answer>) =>
    (request: ClickRequest) =>
      asLead(request, (trx, reader) => work(trx, instant(request.value), reader));

  doors.click(
    ids.timerKeep,
    byTimer((trx, startedAt, reader) => continueTimer(trx, startedAt, reader, tools.prompts)),
  );
  doors.click(
    ids.timerStop,
    byTimer(async (trx, startedAt, reader) =>
      inPlace(await endTimer(trx, startedAt, reader.now, reader, tools.prompts)),
    ),
  );
  doors.click(
    ids.timerDiscard,
    byTimer((trx, startedAt, reader) => discardTimer(trx, startedAt, reader, tools.prompts)),
  );
  doors.click(
    ids.timerEnded,
    byTimer(async (trx, startedAt, reader) => {
      const timer = await store.findTimer(trx, reader.lead.id);
      return timer?.startedAt.equals(startedAt)
        ? { form: forms.timerEndedForm(timer, reader) }
        : { replace: views.timerGone() };
    }),
  );
  doors.form(ids.timerEndedForm, (request) =>
    asLead(request, async (trx, reader) => {
      const startedAt = instant(z.object({ startedAt: z.string() }).safeParse(request.data).data?.startedAt);
      const reading = forms.readEnded(request.values, startedAt, reader);
      if (reading.kind === 'refused') return { errors: reading.errors };
      return inPlace(await endTimer(trx, startedAt, reading.endsAt, reader, tools.prompts));
    }),
  );
}

function listenForCategories(
  doors: Doors,
  asLead: (request: Request, work: (trx: Tenant, reader: views.Reader) => Promise<Answer>) => Promise<Answer>,
  answerCommand: (
    trx: Tenant,
    command: LogtimeCommand,
    line: string,
    reader: views.Reader,
  ) => Promise<Answer>,
): void {
  const { ids } = views;
  const dataShape = z.object({ categoryId: z.string().optional(), line: z.string().optional() });

  doors.click(ids.categories, (request) =>
    asLead(request, async (_trx, reader) => ({ form: forms.categoriesForm(reader.categories) })),
  );
  doors.click(ids.category, (request) =>
    asLead(request, async (_trx, reader) => ({
      changeForm: forms.categoryForm(
        reader.categories.find(({ id }) => id === request.value),
        ids.categoryForm,
      ),
    })),
  );
  doors.form(ids.categoryForm, (request) =>
    asLead(request, async (trx, reader) => {
      const reading = forms.readCategory(
        request.values,
        dataShape.safeParse(request.data).data?.categoryId,
        reader.categories,
      );
      if (reading.kind === 'refused') return { errors: reading.errors };
      await store.saveCategory(trx, ownerOf(reader), reading.category);
      return { changeForm: forms.categoriesForm(await store.findCategories(trx, ownerOf(reader))) };
    }),
  );

  // From a refused line: the category is added and the line logged or its timer started, in one transaction.
  doors.click(ids.addCategory, (request) =>
    asLead(request, async () => {
      const typed = parseJson(request.value, z.object({ line: z.string().optional(), name: z.string() }));
      return { form: forms.categoryForm(undefined, ids.addCategoryForm, typed) };
    }),
  );
  doors.form(ids.addCategoryForm, (request) =>
    asLead(request, async (trx, reader) => {
      const reading = forms.readCategory(request.values, undefined, reader.categories);
      if (reading.kind === 'refused') return { errors: reading.errors };
      await store.saveCategory(trx, ownerOf(reader), reading.category);
      const categories = await store.findCategories(trx, ownerOf(reader));
      const line = dataShape.safeParse(request.data).data?.line ?? '';
      const command = parseLogtimeCommand(line, { categories, now: reader.now, zone: reader.lead.timeZone });
      if (command.kind !== 'log' && command.kind !== 'start')
        return { replace: views.categoryAdded(reading.category) };
      return inPlace(await answerCommand(trx, command, line, { ...reader, categories }));
    }),
  );
}

/** The answer to a click on a message takes that message's place, so that its buttons don't mislead any more. */
const inPlace = ({ message, ...rest }: Answer): Answer => ({ ...rest, ...(message && { replace: message }) });

const withNote = (words: Message, note: Block[]): Message =>
  note.length === 0 ? words : views.under(words, note);

const removedMessage = ({ gone, around }: Removed, reader: views.Reader): Message =>
  gone.length > 0 ? views.removed(gone, around, reader) : views.alreadyGone();

const overfullError = (problems: Parameters<typeof refused>[1], reader: views.Reader): Answer => ({
  errors: { [forms.entryFields.time]: refused('', problems, reader).text },
});

function sameWeek(entries: readonly store.KeptEntry[], today: Temporal.PlainDate): store.KeptEntry[] {
  return entries.filter(
    ({ day }) => day.weekOfYear === today.weekOfYear && day.yearOfWeek === today.yearOfWeek,
  );
}

/** An id that came back from Slack; one that is none finds nothing. */
const uuid = (text: string | undefined): string =>
  z.uuid().safeParse(text).data ?? '00000000-0000-0000-0000-000000000000';

/** An instant that came back from Slack; one that is none is the beginning of time, when no timer started. */
function instant(text: string | undefined): Temporal.Instant {
  const parsed = z.iso.datetime({ precision: null }).safeParse(text);
  return parsed.success ? Temporal.Instant.from(parsed.data) : Temporal.Instant.fromEpochMilliseconds(0);
}

function parseJson<T>(text: string, shape: z.ZodType<T>): T | undefined {
  try {
    return shape.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
