// What of this room's is to come: the rhythms, and for what is under way its closing, its votes and its facilitator.

import type { Lead } from '../../leads/leads.ts';
import type { StandingPlans, Wanted } from '../../prompts/prompts.ts';
import { whenOf } from './retros.rhythm.ts';
import * as store from './retros.store.ts';
import { isOver, nudgeTime, type Retro } from './retros.ts';

/** The names of this room's prompts. */
export const kinds = {
  open: 'retro-open',
  nudge: 'retro-nudge',
  close: 'retro-close',
  sorting: 'retro-sorting',
  voteClose: 'retro-vote-close',
  summary: 'retro-summary',
  waiting: 'retro-waiting',
  channelGone: 'retro-channel-gone',
  tooFewLeft: 'retro-too-few-left',
  leadLeft: 'retro-lead-left',
} as const;

/** When a facilitator hears that the team is waiting for them, in hours. */
export const waitingHours = 20;

export const retroPlans: StandingPlans = {
  // What is said at once, because something was just done, isn't among them.
  kinds: [kinds.open, kinds.nudge, kinds.close, kinds.voteClose, kinds.waiting],
  forGuests: true,
  async wanted(trx, lead, now) {
    const rhythms = await store.findRhythmsOf(trx, lead.id);
    const underWay = (await store.findRetrosOf(trx, lead.id)).filter((retro) => !isOver(retro));
    return [
      ...rhythms.flatMap(({ id, channelId, rhythm }): Wanted[] =>
        rhythm
          ? [
              {
                leadId: lead.id,
                kind: kinds.open,
                subject: id,
                destination: { channel: channelId },
                when: whenOf(rhythm, lead),
              },
            ]
          : [],
      ),
      ...underWay.flatMap((retro) => ofRetro(retro, lead, now)),
    ];
  },
};

function ofRetro(retro: Retro, lead: Lead, now: Temporal.Instant): Wanted[] {
  const inChannel = (kind: string, at: Temporal.Instant | null | undefined): Wanted[] =>
    at && Temporal.Instant.compare(at, now) > 0 && retro.leadId === lead.id
      ? [
          {
            leadId: lead.id,
            kind,
            subject: retro.id,
            destination: { channel: retro.channelId },
            when: { at },
          },
        ]
      : [];
  switch (retro.phase) {
    case 'open':
      return [
        // One that was opened again has had its own.
        ...inChannel(kinds.nudge, nudgeTime(retro.openedAt, retro.closesAt, lead)).map((plan) => ({
          ...plan,
          asItIs: true as const,
        })),
        ...inChannel(kinds.close, retro.closesAt),
      ];
    case 'voting':
      return inChannel(kinds.voteClose, retro.votesCloseAt);
    case 'few':
    case 'grouping':
    case 'choosing': {
      if (retro.facilitatorId !== lead.id) return [];
      const when = { at: now.add({ hours: waitingHours }) };
      const plan = { leadId: lead.id, kind: kinds.waiting, subject: retro.id, destination: { dm: lead.id } };
      return [{ ...plan, when, asItIs: true }];
    }
    default:
      return [];
  }
}
