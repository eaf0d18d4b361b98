// Doors about feedback notes: `/keel feedback`, the form, and each note's small menu.

import type { Doors } from '../../slack/doors.ts';
import { through } from '../../slack/through.ts';
import * as actions from './feedback.actions.ts';
import * as store from './feedback.store.ts';
import { type FeedbackNote, parseFeedback } from './feedback.ts';
import * as views from './feedback.views.ts';
import { cannotMeet, nothingChanged } from './one-on-ones.people.views.ts';
import { needsKeys, todayOf } from './one-on-ones.phrases.views.ts';
import type { OneOnOneStep } from './one-on-ones.tools.ts';
import { inOneStep, type OneOnOneTools, onceWith } from './one-on-ones.tools.ts';

export function listenForFeedback(doors: Doors, tools: OneOnOneTools): void {
  const { leads, sealer } = tools;
  const once = onceWith(tools);
  const lead = through<[OneOnOneStep]>(doors, once);

  doors.command('/keel feedback', async (request) => {
    const command = parseFeedback(request.text);
    if (command.kind === 'help') return { message: views.feedbackHelp() };
    if (command.kind === 'refused') return { message: views.feedbackRefused(command) };
    if (!sealer.available) return { message: needsKeys() };
    if (command.kind === 'list') {
      const list = once(async (step) => {
        const notes = await store.findNotes(step, command);
        return { message: views.feedbackList(notes, command.personId, step) };
      });
      return list(request);
    }
    const write = leads.asLead(async (asked) => {
      const trouble = cannotMeet(await asked.profile(command.personId), asked.lead.id);
      return asked.once(async () =>
        trouble ? { message: nothingChanged(trouble) } : { form: views.feedbackForm(command, command) },
      );
    });
    return write(request);
  });

  lead.action(actions.add, async (_step, { carried }) =>
    sealer.available ? { form: views.feedbackForm(carried) } : { message: needsKeys() },
  );

  doors.submission(
    actions.noteForm,
    leads.asLead(async (request) => {
      const reading = views.readFeedback(request.values);
      if (reading.kind === 'refused') return { errors: reading.errors };
      const { personId, noteId } = request.data;
      const { name } = await request.profile(personId);
      return inOneStep(tools, request, async (step) => {
        const before = noteId === undefined ? undefined : await store.findNote(step, noteId);
        if (noteId !== undefined && !before) return { message: views.feedbackGone() };
        const note: FeedbackNote = {
          ...(before ?? { id: crypto.randomUUID(), personId, personName: name, notedAt: step.now }),
          ...reading.words,
          givenOn: reading.given ? (before?.givenOn ?? todayOf(step)) : null,
        };
        await store.saveNote(step, note);
        return { replace: views.feedbackKept(note, step, before === undefined) };
      });
    }),
  );

  lead.action(actions.menu, async (step, { carried: { choice, noteId } }) => {
    const note = await store.findNote(step, noteId);
    if (!note) return { replace: views.feedbackGone() };
    switch (choice) {
      case 'change': {
        const { personId, givenOn } = note;
        return { form: views.feedbackForm({ personId, noteId }, { ...note, given: givenOn !== null }) };
      }
      case 'remove':
        await store.markRemoved(step.trx, step.lead.id, noteId, step.now);
        return { replace: views.feedbackRemoved(noteId) };
      case 'given':
      case 'not-given': {
        const givenOn = choice === 'given' ? todayOf(step) : null;
        await store.saveGiven(step.trx, step.lead.id, noteId, givenOn);
        return { replace: views.feedbackKept({ ...note, givenOn }, step, false) };
      }
    }
  });

  lead.action(actions.undo, async ({ trx, lead, now }, { carried: { noteId } }) => {
    const isGone = await store.markRemoved(trx, lead.id, noteId, now);
    return { replace: isGone ? views.feedbackRemoved(noteId) : views.feedbackGone() };
  });
  lead.action(actions.putBack, async (step, { carried: { noteId } }) => {
    await store.markRemoved(step.trx, step.lead.id, noteId, null);
    const note = await store.findNote(step, noteId);
    return { replace: note ? views.feedbackKept(note, step, true) : views.feedbackGone() };
  });
}
