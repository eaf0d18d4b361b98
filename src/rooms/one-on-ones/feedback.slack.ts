// Doors about feedback notes: `/keel feedback`, the form, and each note's small menu.

import { z } from 'zod';
import { needsKeys } from '../../db/sealed.ts';
import { say } from '../../slack/blocks.ts';
import type { Doors } from '../../slack/doors.ts';
import * as store from './feedback.store.ts';
import { parseFeedback } from './feedback.ts';
import * as views from './feedback.views.ts';
import { asLead, inPlace, partsOf, uuid } from './one-on-ones.desk.ts';
import { cannotMeet, nothingChanged } from './one-on-ones.people.views.ts';
import { ownerOf } from './one-on-ones.steps.ts';
import type { OneOnOneTools } from './one-on-ones.tools.ts';
import { todayOf } from './one-on-ones.views.ts';

const { feedbackIds } = views;

export function listenForFeedback(doors: Doors, tools: OneOnOneTools): void {
  const { sealer } = tools;

  doors.command('/keel feedback', async (request) => {
    const command = parseFeedback(request.text);
    if (command.kind === 'help') return { message: views.feedbackHelp() };
    if (command.kind === 'refused') return { message: views.feedbackRefused(command) };
    if (!sealer.available) return { message: say(needsKeys) };
    if (command.kind === 'list') {
      return asLead(tools, request, async ({ trx, reader }) => {
        const which = command.personId === undefined ? {} : { personId: command.personId };
        const notes = await store.findNotes(trx, sealer, ownerOf(reader.lead), which);
        return { message: views.feedbackList(notes, command.personId, reader) };
      });
    }
    const profile = await request.profile(command.personId);
    return asLead(tools, request, async ({ reader }) => {
      const trouble = cannotMeet(profile, reader.lead.id);
      if (trouble) return { message: nothingChanged(trouble) };
      const about = { personId: profile.id, name: profile.name };
      return { form: views.feedbackForm(about, { behaviour: command.behaviour }) };
    });
  });

  doors.click(feedbackIds.add, async (request) => {
    if (!sealer.available) return { message: say(needsKeys) };
    const profile = await request.profile(request.value);
    return asLead(tools, request, async () => ({
      form: views.feedbackForm({ personId: profile.id, name: profile.name }, {}),
    }));
  });

  doors.form(feedbackIds.form, async (request) => {
    const reading = views.readFeedback(request.values);
    if (reading.kind === 'refused') return { errors: reading.errors };
    const data = z
      .object({ personId: z.string(), noteId: z.string().optional() })
      .safeParse(request.data).data;
    const profile = await request.profile(data?.personId ?? '');
    return asLead(tools, request, async ({ trx, reader }) => {
      const owner = ownerOf(reader.lead);
      const before =
        data?.noteId === undefined ? undefined : await store.findNote(trx, sealer, owner, uuid(data.noteId));
      if (data?.noteId !== undefined && !before) return { message: views.feedbackGone() };
      const note = {
        ...reading.words,
        id: before?.id ?? null,
        personId: before?.personId ?? profile.id,
        personName: before?.personName ?? profile.name,
        givenOn: reading.given ? (before?.givenOn ?? todayOf(reader)) : null,
      };
      const id = await store.saveNote(trx, sealer, owner, note, reader.now);
      const kept = await store.findNote(trx, sealer, owner, id);
      if (!kept) throw new Error('The note just kept is not there');
      return inPlace({ message: views.feedbackKept(kept, reader, before === undefined) });
    });
  });

  doors.click(feedbackIds.menu, (request) =>
    asLead(tools, request, async ({ trx, reader }) => {
      const owner = ownerOf(reader.lead);
      const [choice, id] = partsOf(request.value);
      const note = await store.findNote(trx, sealer, owner, uuid(id));
      if (!note) return { replace: views.feedbackGone() };
      switch (choice) {
        case 'change': {
          const about = { personId: note.personId, name: note.personName, noteId: note.id };
          return { form: views.feedbackForm(about, { ...note, given: note.givenOn !== null }) };
        }
        case 'remove':
          await store.deleteNote(trx, owner.leadId, note.id);
          return { replace: views.feedbackRemoved() };
        default: {
          const givenOn = choice === 'given' ? todayOf(reader) : null;
          await store.markGiven(trx, owner.leadId, note.id, givenOn);
          return { replace: views.feedbackKept({ ...note, givenOn }, reader, false) };
        }
      }
    }),
  );

  doors.click(feedbackIds.undo, (request) =>
    asLead(tools, request, async ({ trx, reader }) => {
      const isGone = await store.deleteNote(trx, reader.lead.id, uuid(request.value));
      return { replace: isGone ? views.feedbackRemoved() : views.feedbackGone() };
    }),
  );
}
