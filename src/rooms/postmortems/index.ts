// The post-mortems' room: incidents told without blame.

import { weekBounds } from '../../time/weeks.ts';
import type { Room } from '../room.ts';
import { digestBlocks, homeBlocks } from './postmortems.pages.views.ts';
import { reminderKinds, remindersOf } from './postmortems.plans.ts';
import { promptKinds } from './postmortems.prompts.ts';
import { commands, listen, shortcuts } from './postmortems.slack.ts';
import type { PostmortemTools } from './postmortems.steps.ts';
import * as steps from './postmortems.steps.ts';
import * as store from './postmortems.store.ts';
import { minutesToResolve, sectionKind, statusWords } from './postmortems.ts';
import { ownerLeft } from './postmortems.views.ts';

export const postmortemsRoom = (tools: PostmortemTools): Room => ({
  name: 'postmortems',
  commands,
  shortcuts,
  listen: (doors) => listen(doors, tools),
  prompts: promptKinds(tools),
  plans: {
    kinds: reminderKinds,
    wanted: async (trx, lead, now) =>
      (await store.findCourses(trx, lead.id)).flatMap((course) => remindersOf(course, lead, now)),
  },
  makesLead: store.hasOwn,
  pages: {
    called: 'post-mortems',
    command: '/postmortem list',
    weight: 50,
    async digest(trx, { lead, week }) {
      if (!tools.sealer.available) return [];
      return digestBlocks(
        await store.findOpenTo(trx, tools, lead.id, undefined),
        weekBounds(week, lead.timeZone),
      );
    },
    async home(trx, lead) {
      return tools.sealer.available ? homeBlocks(await store.findOpenTo(trx, tools, lead.id, undefined)) : [];
    },
    async leftBehind(trx, reader, leaverId) {
      if (!tools.sealer.available) return [];
      const left = await steps.leftTo(trx, tools, leaverId, reader.id);
      return left.flatMap((postmortem) => ownerLeft(postmortem, leaverId));
    },
  },
  leavesOpenWith: async (trx, personId) =>
    tools.sealer.available ? steps.sharedBy(trx, tools, personId) : [],
  personLeft: async (trx, personId, now) => {
    if (tools.sealer.available) await steps.tellChannels({ trx, tools, now }, personId);
  },
  async export(trx, { leadId }) {
    if (!tools.sealer.available) return [];
    const found = await store.findOpenTo(trx, tools, leadId, undefined);
    const sections: Record<string, string | number | null>[] = [];
    const timeline: Record<string, string | number | null>[] = [];
    for (const { id, number } of found) {
      for (const { id: section, text, version } of await store.findSections(trx, tools, id)) {
        if (version > 0) sections.push({ number, section: sectionKind(section).title, version, text });
      }
      for (const { at, text, link } of await store.findTimeline(trx, tools, id)) {
        timeline.push({ number, at: at.toString(), text, link });
      }
    }
    return [
      {
        name: 'post-mortems',
        rows: found.map((one) => ({
          number: one.number,
          title: one.title,
          severity: one.severity,
          status: statusWords[one.status],
          started_at: one.startedAt?.toString() ?? null,
          detected_at: one.detectedAt?.toString() ?? null,
          resolved_at: one.resolvedAt?.toString() ?? null,
          minutes_to_resolve: minutesToResolve(one) ?? null,
          services: one.services.join(', '),
          factors: one.factors.join(', '),
          channel: one.channelId,
          created_at: one.createdAt.toString(),
        })),
      },
      { name: 'post-mortem sections', rows: sections },
      { name: 'post-mortem timelines', rows: timeline },
    ];
  },
  erase: (trx, { leadId }) => store.erasePerson(trx, leadId),
});
