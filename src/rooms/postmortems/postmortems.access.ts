// Who may open a post-mortem: decided at every door from who asks and where it is kept, never from what a button brings.

import { needsKeys, type Sealer } from '../../db/sealed.ts';
import type { Step } from '../../leads/index.ts';
import { say } from '../../slack/blocks.ts';
import type { Answer, Doors, Handler, Request } from '../../slack/doors.ts';
import { type Through, through, type Way } from '../../slack/through.ts';
import type { PostmortemTools } from './postmortems.steps.ts';
import * as store from './postmortems.store.ts';
import { isMember, type Postmortem } from './postmortems.ts';
import * as views from './postmortems.views.ts';

/** One transaction of somebody who writes here. `channelId`: where they are, as Slack says. */
export interface Visit extends Step {
  tools: PostmortemTools;
  channelId: string | undefined;
}

type Placed = Request & { channelId?: string | undefined };
type Naming = Placed & ({ carried: { id: string } } | { data: { id?: string | undefined } });

export interface Access {
  /** Whoever writes here, in one transaction that counts once. */
  visited: Way<[Visit], Placed>;
  visits: Through<[Visit], Placed>;
  /** The same with the post-mortem that the request names, if it is theirs to open. */
  opened: Way<[Visit, Postmortem], Naming>;
  opens: Through<[Visit, Postmortem], Naming>;
  /** The same for one named in another way. */
  openedBy<R extends Placed>(
    idOf: (request: R) => string | undefined,
    work: (visit: Visit, postmortem: Postmortem, request: R) => Promise<Answer>,
  ): Handler<R>;
}

export function accessTo(doors: Doors, tools: PostmortemTools): Access {
  const visited: Access['visited'] = (work) =>
    withKeys(
      tools.sealer,
      tools.leads.onceAsLead((step, request) =>
        work({ ...step, tools, channelId: request.channelId }, request),
      ),
    );

  const openedBy: Access['openedBy'] = (idOf, work) =>
    withKeys(tools.sealer, async (request) => {
      const id = idOf(request) ?? '';
      const found = await request.inTransaction((trx) => store.findPostmortem(trx, tools, id));
      if (!found || !(await mayOpen(found, request))) return { message: views.gone() };
      const visit = visited<typeof request>(async (step) => {
        const current = await store.findPostmortem(step.trx, tools, id);
        // Moved elsewhere while Slack was asked: what it said does not hold any more.
        const holds = current?.channelId === found.channelId || (current && isMember(current, step.lead.id));
        return current && holds ? work(step, current, request) : { message: views.gone() };
      });
      return visit(request);
    });

  const opened: Access['opened'] = (work) =>
    openedBy((request) => ('carried' in request ? request.carried.id : request.data.id), work);

  return {
    visited,
    visits: through<[Visit], Placed>(doors, visited),
    opened,
    opens: through<[Visit, Postmortem], Naming>(doors, opened),
    openedBy,
  };
}

/** Owner and invited people; where it stands in a channel, whoever is in it. Slack knows who is. */
async function mayOpen(postmortem: Postmortem, request: Placed): Promise<boolean> {
  if (isMember(postmortem, request.personId)) return true;
  const { channelId } = postmortem;
  return channelId !== null && request.isIn(channelId);
}

const withKeys =
  <R extends Request>(sealer: Sealer, handler: Handler<R>): Handler<R> =>
  async (request) =>
    sealer.available ? handler(request) : { message: say(needsKeys) };

/** Those that are not closed, the ones of this channel first. */
export async function openOnes({ trx, tools, lead, channelId }: Visit): Promise<Postmortem[]> {
  const found = await store.findOpenTo(trx, tools, lead.id, channelId);
  const open = found.filter(({ status }) => status !== 'closed');
  const here = (one: Postmortem) => one.channelId !== null && one.channelId === channelId;
  return [...open.filter(here), ...open.filter((one) => !here(one))];
}

/** The one somebody means: by its number, else the latest open one here, else the latest open one of theirs. */
export async function atHand(visit: Visit, number: number | undefined): Promise<Postmortem | undefined> {
  if (number === undefined) return (await openOnes(visit))[0];
  const { trx, tools, lead, channelId } = visit;
  return (await store.findOpenTo(trx, tools, lead.id, channelId)).find((one) => one.number === number);
}

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
  const isThere = channel?.memberIds.includes(request.personId) === true;
  // Somebody outside a private channel must not learn that it exists.
  const isSecret = channel?.private === true && !isThere;
  if (channel?.archived && !isSecret) return views.placeProblems.archived;
  if (!channel?.botIsIn || isSecret) return views.placeProblems.notInvited;
  return isThere ? undefined : views.placeProblems.notAMember;
}
