// Who knocks at this room's doors: the lead in one transaction, the post-mortem they mean, and what all the doors share.

import { z } from 'zod';
import { needsKeys } from '../../db/sealed.ts';
import type { Tenant } from '../../db/tenancy.ts';
import type { Lead } from '../../leads/leads.ts';
import { say } from '../../slack/blocks.ts';
import type { Answer, ClickRequest, Redraw, Request } from '../../slack/doors.ts';
import type { Block } from '../../slack/message.ts';
import { english } from './postmortems.blame.english.ts';
import { type BlameFinding, findBlame } from './postmortems.blame.ts';
import * as forms from './postmortems.forms.ts';
import * as course from './postmortems.steps.ts';
import * as store from './postmortems.store.ts';
import { mayOpen, type Postmortem } from './postmortems.ts';

export type { ClickRequest };

/** Who knocked, and where from. */
export interface Visit {
  lead: Lead;
  now: Temporal.Instant;
  /** Undefined: no channel is known, as in the Home. */
  channelId: string | undefined;
}

export interface Desk {
  tools: course.PostmortemTools;
  /** Whoever knocked, and `work` in one transaction that counts once; a note for somebody new goes underneath. */
  visited(
    request: Request,
    channelId: string | undefined,
    work: (trx: Tenant, visit: Visit) => Promise<Answer>,
  ): Promise<Answer>;
  /** The post-mortem with that id, if it is theirs to open. */
  findOpen(trx: Tenant, id: string, visit: Visit): Promise<Postmortem | undefined>;
  /** The one somebody means: by its number, else the latest open one here, else the latest open one of theirs. */
  atHand(trx: Tenant, number: number | undefined, visit: Visit): Promise<Postmortem | undefined>;
  /** Those that are not closed, the ones of this channel first. */
  openOnes(trx: Tenant, visit: Visit): Promise<Postmortem[]>;
  /** Has Slack show how it stands. */
  redraw(id: string): Redraw;
}

export function openDesk(tools: course.PostmortemTools): Desk {
  const openOnes: Desk['openOnes'] = async (trx, { lead, channelId }) => {
    const found = await store.findOpenTo(trx, tools, lead.id, channelId);
    const open = found.filter(({ status }) => status !== 'closed');
    const here = (one: Postmortem) => one.channelId !== null && one.channelId === channelId;
    return [...open.filter(here), ...open.filter((one) => !here(one))];
  };
  return {
    tools,
    async visited(request, channelId, work) {
      if (!tools.sealer.available) return { message: say(needsKeys) };
      const { lead, note } = await tools.leads.meet(request);
      const answer = await request.once((trx) => work(trx, { lead, now: request.now, channelId }));
      return answer.message ? { ...answer, message: withNote(answer.message, note) } : answer;
    },
    async findOpen(trx, id, { lead, channelId }) {
      const found = await store.findPostmortem(trx, tools, id);
      return found && mayOpen(found, lead.id, channelId) ? found : undefined;
    },
    async atHand(trx, number, visit) {
      if (number === undefined) return (await openOnes(trx, visit))[0];
      const found = await store.findOpenTo(trx, tools, visit.lead.id, visit.channelId);
      return found.find((one) => one.number === number);
    },
    openOnes,
    redraw: (id) => course.redrawOf(tools, id),
  };
}

/** Which post-mortem a form is about, and the channel it was opened from. */
export const idData = z.object({ id: z.string(), channel: z.string().optional() });
export const channelData = z.object({ channel: z.string().optional() });

/** Two ids that a button carries. */
export const twoIds = z.tuple([z.string(), z.string()]);

/** What a form with words begins with. */
export const fresh = ({ channelId }: Visit) => ({
  round: 0,
  seen: [],
  kept: [],
  findings: [],
  channel: channelId,
});

/** Sentences that nobody has settled yet, as many as a form shows. */
export const unsettled = (text: string, seen: readonly string[]): BlameFinding[] =>
  findBlame(text, english)
    .filter(({ sentence }) => !seen.includes(forms.markOf(sentence)))
    .slice(0, 8);

/** Whether anybody but its owner can read it. Private words are checked when they are shared. */
export const isRead = ({ channelId, people, ownerId }: Postmortem): boolean =>
  channelId !== null || people.some((id) => id !== ownerId);

/**
 * Why a channel can't take a post-mortem of this person's, in words; undefined where it can, or where none was chosen.
 * Slack is asked, so this comes before the transaction: what is shared leaves its DMs at once.
 */
export async function placeTrouble(
  request: Pick<Request, 'channel' | 'personId'>,
  channelId: string | undefined,
): Promise<string | undefined> {
  if (channelId === undefined) return undefined;
  const channel = await request.channel(channelId);
  if (channel?.archived) return 'That channel is archived. Choose another one.';
  if (!channel?.botIsIn)
    return 'I am not in that channel yet. Type /invite @Evenkeel there, then send this again.';
  return channel.memberIds.includes(request.personId)
    ? undefined
    : 'You are not in that channel yet. Join it, then send this again.';
}

/** The answer to a click on a message takes that message's place, so that its buttons don't mislead any more. */
export const inPlace = ({ message, ...rest }: Answer): Answer => ({
  ...rest,
  ...(message && { replace: message }),
});

const withNote = (words: NonNullable<Answer['message']>, note: Block[]): NonNullable<Answer['message']> =>
  note.length === 0 ? words : { text: words.text, blocks: [...words.blocks, ...note].slice(0, 50) };

export function parseJson<T>(text: string, shape: z.ZodType<T>): T | undefined {
  try {
    return shape.safeParse(JSON.parse(text)).data;
  } catch {
    // What came back is no JSON: an old or forged button, which finds nothing.
    return undefined;
  }
}
