// The shortcuts in the menu of every message: start a post-mortem from it, or put it into a timeline.

import type { Answer, Doors, Handler, ShortcutRequest } from '../../slack/doors.ts';
import { type Access, openOnes, type Visit } from './postmortems.access.ts';
import * as actions from './postmortems.actions.ts';
import { startForm } from './postmortems.facts.slack.ts';
import * as forms from './postmortems.forms.ts';
import { plainWords, withNames } from './postmortems.parse.ts';
import { longestNote, longestTitle } from './postmortems.ts';
import * as views from './postmortems.views.ts';

/** A message, stamped when it was posted, with its link. */
interface Told {
  text: string;
  at: Temporal.Instant;
  link: string | undefined;
}

export function listenForShortcuts(doors: Doors, { visited }: Access): void {
  /** Slack is asked about the message before the transaction begins. */
  const withMessage =
    (work: (visit: Visit, told: Told | undefined) => Promise<Answer>): Handler<ShortcutRequest> =>
    async (request) => {
      const told = await messageOf(request);
      return visited<ShortcutRequest>((visit) => work(visit, told))(request);
    };

  doors.shortcut(
    actions.entryShortcut,
    withMessage(async (visit, told) => {
      if (!told) return { message: views.gone() };
      const choices = await openOnes(visit);
      if (choices.length === 0) return { message: views.noneOpen() };
      const { text, link } = told;
      const when = forms.momentText(told.at, visit.lead.timeZone);
      const state = { postmortem: undefined, choices, when, at: told.at.toString(), link, text };
      return { form: forms.entryForm({ ...state, ...forms.fresh }) };
    }),
  );

  doors.shortcut(
    actions.startShortcut,
    withMessage(async (visit, told) => {
      if (!told) return { form: startForm(visit, forms.emptyFacts()) };
      const [title = ''] = told.text.split(/(?<=[.!?])\s|\n/u);
      const facts = { ...forms.emptyFacts(title.slice(0, longestTitle)), detectedAt: told.at };
      const more = { at: told.at.toString(), link: told.link, entry: told.text };
      return { form: startForm(visit, facts, more) };
    }),
  );
}

async function messageOf(request: ShortcutRequest): Promise<Told | undefined> {
  const { message, channelId } = request;
  if (!message || !channelId) return undefined;
  const mentioned = [
    ...new Set([...message.text.matchAll(/<@([A-Z0-9]{1,64})>/g)].map(([, id]) => id!)),
  ].slice(0, 5);
  const names = new Map<string, string>();
  for (const id of mentioned) names.set(id, (await request.profile(id)).name);
  const words = withNames(plainWords(message.text), names);
  return {
    text: words.length > longestNote ? `${words.slice(0, longestNote - 1)}…` : words,
    at: Temporal.Instant.fromEpochMilliseconds(Math.round(Number(message.ts) * 1000)),
    link: await request.permalink(channelId, message.ts),
  };
}
