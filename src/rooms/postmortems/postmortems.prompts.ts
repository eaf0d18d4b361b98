// What this room says of its own accord: the messages a post-mortem is made of, the draft before its review, and reminders.

import type { Tenant } from '../../db/tenancy.ts';
import { nothing, type PromptKind, usefulFor } from '../../prompts/prompts.ts';
import { button, message, paragraph, row, slackDate } from '../../slack/blocks.ts';
import type { Message } from '../../slack/message.ts';
import { leadingTo } from '../../slack/permalink.ts';
import { shortDate } from '../../time/days.ts';
import * as actions from './postmortems.actions.ts';
import { kinds } from './postmortems.plans.ts';
import { findWhole, type PostmortemTools, partOf, planPart, redrawOf } from './postmortems.steps.ts';
import * as store from './postmortems.store.ts';
import { emptySections, nameOf, type Postmortem, parts, type SectionId, statusWords } from './postmortems.ts';
import { drawPart, linkedName, ownerLeft, sectionNames } from './postmortems.views.ts';

export function promptKinds(tools: PostmortemTools): PromptKind[] {
  const overviewIn = async (trx: Parameters<PromptKind['compose']>[0], id: string, destination: string) =>
    (await store.findMessages(trx, id)).find(
      (one) => one.destination === destination && one.part === 'overview',
    )?.ts ?? undefined;

  const linkIn = async (trx: Tenant, id: string, destination: string): Promise<string | undefined> =>
    (await store.findLinks(trx, id, destination)).overview;

  const nameIn = async (trx: Tenant, id: string): Promise<string | undefined> => {
    const postmortem = await store.findPostmortem(trx, tools, id);
    return postmortem && nameOf(postmortem);
  };

  return [
    {
      kind: 'errand',
      name: kinds.message,
      title: 'A post-mortem’s messages',
      usefulUntil: usefulFor({ days: 14 }),
      continues: (subject) => partOf(subject)?.part !== 'overview',
      async thread(trx, { subject }) {
        const at = partOf(subject);
        return at && at.part !== 'overview' ? overviewIn(trx, at.id, at.destination) : undefined;
      },
      async compose(trx, { subject }) {
        const at = partOf(subject);
        const postmortem = at && (await store.findPostmortem(trx, tools, at.id));
        if (!at || !postmortem) return nothing('the post-mortem is gone');
        return {
          kind: 'say',
          message: drawPart(await findWhole({ trx, tools }, postmortem), at.part, at.destination),
          version: await store.findWanted(trx, at.id, at),
        };
      },
      async posted(trx, { leadId, subject, channel, ts, version, now }) {
        const at = partOf(subject);
        if (!at) return;
        // Where nobody knows what it shows, it is drawn once more.
        await store.keepPosted(trx, at.id, at, { channel, ts, shown: version ?? 0 });
        // One after the other, so that they stand in their order.
        const next = parts[parts.indexOf(at.part) + 1];
        if (next)
          await planPart({ trx, tools, now }, { leadId, id: at.id, destination: at.destination, part: next });
      },
      async linked(trx, { subject, link }) {
        const at = partOf(subject);
        if (at) await store.keepLink(trx, at.id, at, link);
      },
      redraw({ subject }) {
        const at = partOf(subject);
        return at && redrawOf(tools, at.id);
      },
    },
    {
      kind: 'errand',
      name: kinds.ownerLeft,
      title: 'A post-mortem whose owner has left',
      usefulUntil: usefulFor({ weeks: 4 }),
      async compose(trx, { lead, subject }) {
        const postmortem = await store.findPostmortem(trx, tools, subject);
        if (!lead.leftAt || postmortem?.ownerId !== lead.id) return nothing('somebody goes on with it');
        return { kind: 'say', message: message(...ownerLeft(postmortem, lead.id)) };
      },
    },
    {
      kind: 'errand',
      name: kinds.draftAhead,
      title: 'The draft a day before its review',
      ahead: true,
      usefulUntil: usefulFor({ days: 1 }),
      async thread(trx, { subject }) {
        const [id = '', destination = ''] = subject.split(' ');
        return overviewIn(trx, id, destination);
      },
      async compose(trx, { subject, now }) {
        const [id = '', destination = ''] = subject.split(' ');
        const postmortem = await store.findPostmortem(trx, tools, id);
        if (!postmortem?.reviewAt || !isUnderReview(postmortem)) {
          return nothing('there is no review ahead');
        }
        if (Temporal.Instant.compare(postmortem.reviewAt, now) <= 0) {
          return nothing('the review has begun');
        }
        const empty = emptySections(await store.findSections(trx, tools, id));
        return { kind: 'say', message: draftAhead(postmortem, empty, await linkIn(trx, id, destination)) };
      },
    },
    {
      kind: 'question',
      name: kinds.reviewDue,
      title: 'Post-mortem review',
      about: nameIn,
      importance: 80,
      overBudget: 'next-working-day',
      whenQuiet: 'wait',
      usefulUntil: usefulFor({ days: 7 }),
      async compose(trx, { lead, subject, now }) {
        const postmortem = await store.findPostmortem(trx, tools, subject);
        if (!postmortem || !isUnderReview(postmortem)) return nothing('it is reviewed');
        if (postmortem.reviewAt && Temporal.Instant.compare(postmortem.reviewAt, now) > 0) {
          return nothing('its review is planned');
        }
        const { reviewBy } = await findWhole({ trx, tools }, postmortem);
        const link = await linkIn(trx, subject, postmortem.channelId ?? lead.id);
        return { kind: 'say', message: reviewDue(postmortem, reviewBy, { zone: lead.timeZone, link }) };
      },
    },
    {
      kind: 'question',
      name: kinds.stalled,
      title: 'A post-mortem draft nobody touched',
      about: nameIn,
      importance: 50,
      overBudget: 'next-working-day',
      whenQuiet: 'wait',
      usefulUntil: usefulFor({ days: 7 }),
      async compose(trx, { lead, subject }) {
        const postmortem = await store.findPostmortem(trx, tools, subject);
        if (postmortem?.status !== 'draft') return nothing('it is no draft any more');
        const empty = emptySections(await store.findSections(trx, tools, subject));
        const link = await linkIn(trx, subject, postmortem.channelId ?? lead.id);
        return { kind: 'say', message: stalled(postmortem, empty, link) };
      },
    },
  ];
}

const isUnderReview = ({ status }: Postmortem): boolean => status === 'draft' || status === 'in-review';

/** Private ones are named by number only, wherever a notification could show it. */
const called = (postmortem: Postmortem, link: string | undefined): string =>
  postmortem.channelId === null
    ? linkedName(postmortem, link)
    : `${linkedName(postmortem, link)}, in <#${postmortem.channelId}>,`;

function draftAhead(postmortem: Postmortem, empty: readonly SectionId[], link: string | undefined): Message {
  const when = slackDate(postmortem.reviewAt!, postmortem.timeZone);
  return message(
    paragraph(
      `*${nameOf(postmortem)} is read together ${when}.* ${leadingTo(link ?? null, 'The draft')} stands above; ten minutes with it beforehand save thirty in the room.${
        empty.length === 0
          ? ''
          : ` Still empty: ${sectionNames(empty)}. Whoever was there can fill that in with *Write*.`
      }`,
    ),
  );
}

function reviewDue(
  postmortem: Postmortem,
  by: Temporal.PlainDate,
  { zone, link }: { zone: string; link: string | undefined },
): Message {
  const { id } = postmortem;
  const plan = row(
    button(
      postmortem.reviewAt ? 'Move the review' : 'Plan the review',
      actions.review,
      { id },
      { style: 'primary' },
    ),
    button('It is reviewed', actions.moveTo, { id, from: postmortem.status, to: 'reviewed' }),
  );
  if (postmortem.reviewAt) {
    return message(
      paragraph(
        `The review of ${called(postmortem, link)} was ${slackDate(postmortem.reviewAt, zone)}, and it is still ${statusWords[postmortem.status]}. Was it held?`,
      ),
      plan,
    );
  }
  const days = postmortem.severity === 1 ? 'three days' : 'five working days';
  return message(
    paragraph(
      `${called(postmortem, link)} has no review yet. Within ${days} people still remember what they saw; that is until ${shortDate(by)}.`,
    ),
    plan,
  );
}

function stalled(postmortem: Postmortem, empty: readonly SectionId[], link: string | undefined): Message {
  const [first] = empty;
  const { id } = postmortem;
  return message(
    paragraph(
      `Nobody has written in ${called(postmortem, link)} for a few days.${
        first
          ? ` One sentence would get it going: ${sectionNames([first])} is empty.`
          : ' Everything has something in it; it could go to review.'
      }`,
    ),
    row(
      first
        ? button('Write one', actions.writeSection, { id, section: first }, { style: 'primary' })
        : button(
            'Send for review',
            actions.moveTo,
            { id, from: 'draft', to: 'in-review' },
            { style: 'primary' },
          ),
      button('Show it', actions.show, { id }),
    ),
  );
}
