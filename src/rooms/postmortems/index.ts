// The post-mortems' room: incidents told without blame.

import { button, paragraph, quoted } from '../../slack/blocks.ts';
import { formatDuration } from '../../time/durations.ts';
import { weekBounds } from '../../time/weeks.ts';
import type { Room } from '../room.ts';
import { promptKinds } from './postmortems.prompts.ts';
import { commands, listen, shortcuts } from './postmortems.slack.ts';
import type { PostmortemTools } from './postmortems.steps.ts';
import * as store from './postmortems.store.ts';
import { minutesToResolve, nameOf, type Postmortem, sectionKind, statusWords } from './postmortems.ts';
import { ids } from './postmortems.views.ts';

export type { CommitmentsPort, PostmortemTools } from './postmortems.steps.ts';

/** How many the Home names. */
const shownAtHome = 5;

export const postmortemsRoom = (tools: PostmortemTools): Room => ({
  name: 'postmortems',
  commands,
  shortcuts,
  listen: (doors) => listen(doors, tools),
  prompts: promptKinds(tools),
  async digest(trx, { lead, week }) {
    if (!tools.sealer.available) return undefined;
    const { start, end } = weekBounds(week, lead.timeZone);
    const inWeek = (at: Temporal.Instant) =>
      Temporal.Instant.compare(at, start) >= 0 && Temporal.Instant.compare(at, end) < 0;
    const found = await store.findOpenTo(trx, tools, lead.id, undefined);
    const ofTheWeek = found.filter((one) => inWeek(one.startedAt ?? one.createdAt));
    const waiting = found.filter(({ status }) => status === 'draft' || status === 'in-review');
    if (ofTheWeek.length === 0 && waiting.length === 0) return undefined;
    const lines = [
      ...(ofTheWeek.length > 0
        ? [
            `${ofTheWeek.length === 1 ? 'One incident' : `${ofTheWeek.length} incidents`} this week: ${ofTheWeek.map(inShort).join('; ')}.`,
          ]
        : []),
      ...(waiting.length > 0
        ? [
            `Waiting for review: ${waiting.slice(0, shownAtHome).map(nameOf).join(', ')}${waiting.length > shownAtHome ? ' and more' : ''}.`,
          ]
        : []),
    ];
    return { order: 50, blocks: [paragraph(`*Post-mortems.* ${lines.join(' ')}`)] };
  },
  async home(trx, lead) {
    if (!tools.sealer.available) return undefined;
    const open = (await store.findOpenTo(trx, tools, lead.id, undefined)).filter(
      ({ status }) => status !== 'closed',
    );
    if (open.length === 0) return undefined;
    return {
      order: 50,
      blocks: [
        paragraph('*Post-mortems*'),
        ...open
          .slice(0, shownAtHome)
          .map((one) =>
            paragraph(
              `*${nameOf(one)}* ${quoted(one.title)} · ${statusWords[one.status]}`,
              button('Show', ids.show, { value: one.id }),
            ),
          ),
      ],
    };
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

function inShort(one: Postmortem): string {
  const resolving = minutesToResolve(one);
  return `${nameOf(one)} ${quoted(one.title)}${resolving === undefined ? '' : `, resolved in ${formatDuration(resolving)}`}`;
}
