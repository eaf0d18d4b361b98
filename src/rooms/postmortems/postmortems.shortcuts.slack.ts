// The shortcuts in the menu of every message: start a post-mortem from it, or put it into a timeline.

import type { Doors, ShortcutRequest } from '../../slack/doors.ts';
import { type Desk, fresh } from './postmortems.desk.ts';
import { startForm } from './postmortems.facts.slack.ts';
import * as forms from './postmortems.forms.ts';
import { plainWords, withNames } from './postmortems.parse.ts';
import { longestNote, longestTitle } from './postmortems.ts';
import * as views from './postmortems.views.ts';

export function listenForShortcuts(doors: Doors, desk: Desk): void {
  const { ids } = views;
  const { visited, openOnes } = desk;

  // Shortcuts: a message, stamped when it was posted, with its link. Slack is asked before the transaction begins.

  async function messageOf(request: ShortcutRequest) {
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

  doors.shortcut(ids.shortcutEntry, async (request) => {
    const message = await messageOf(request);
    if (!message) return { message: views.gone() };
    return visited(request, request.channelId, async (trx, visit) => {
      const choices = await openOnes(trx, visit);
      if (choices.length === 0) return { message: views.noneOpen() };
      const when = forms.momentText(message.at, visit.lead.timeZone);
      const { text, link } = message;
      return {
        form: forms.entryForm({
          postmortem: undefined,
          choices,
          when,
          at: message.at.toString(),
          link,
          text,
          ...fresh(visit),
        }),
      };
    });
  });

  doors.shortcut(ids.shortcutStart, async (request) => {
    const message = await messageOf(request);
    return visited(request, request.channelId, async (_trx, visit) => {
      if (!message) return { form: startForm(visit, forms.emptyFacts(), {}) };
      const [title = ''] = message.text.split(/(?<=[.!?])\s|\n/u);
      const facts = { ...forms.emptyFacts(title.slice(0, longestTitle)), detectedAt: message.at };
      return {
        form: startForm(visit, facts, { at: message.at.toString(), link: message.link, entry: message.text }),
      };
    });
  });
}
