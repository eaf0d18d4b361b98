// The App Home: what a person finds when they open it, put together from every room's section.

import type { HomeView } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import type { Tenant } from '../db/tenancy.ts';
import { settings } from '../leads/leads.actions.ts';
import type { Lead } from '../leads/leads.ts';
import { homeSpace, pageOf, type Section, type Space } from '../rooms/page.ts';
import { aside, button, divider, row } from '../slack/blocks.ts';
import { isInChannel } from '../slack/channels.ts';
import type { Block, Message } from '../slack/message.ts';

export interface HomeTools {
  /** Runs in one transaction of the workspace. */
  read<T>(workspaceId: string, work: (trx: Tenant) => Promise<T>): Promise<T>;
  findLead(trx: Tenant, leadId: string): Promise<Lead | undefined>;
  sections(trx: Tenant, lead: Lead): Promise<Section[]>;
  /** Channels in which something waits for whoever is in them. */
  placesThatWait(trx: Tenant): Promise<string[]>;
  /** What of others' doings concerns somebody who leads nobody here; `places`: those of these channels they are in. */
  received(
    trx: Tenant,
    who: { workspaceId: string; personId: string },
    places: ReadonlySet<string>,
  ): Promise<Section[]>;
  /** What somebody sees who has nothing here yet. */
  welcome(): Block[];
}

/** Draws somebody's Home; `notice` on top of it tells what just happened there. */
type PublishHome = (
  client: WebClient,
  who: { workspaceId: string; personId: string },
  notice?: Message,
) => Promise<void>;

/** People of whom the newest drawing is remembered. */
const mostRemembered = 10_000;

/**
 * One person's Homes are drawn one after the other, so that what was read first is never shown last. Slack's hash tells
 * where another process drew one in between: then it is read once more.
 */
export function homePublisher(tools: HomeTools): PublishHome {
  /** Newest drawings by person, each with the hash it ends with. */
  const newest = new Map<string, Promise<string | undefined>>();
  return async (client, who, notice) => {
    const key = `${who.workspaceId} ${who.personId}`;
    const publish = async (hash?: string): Promise<string | undefined> => {
      const blocks = await blocksFor(tools, client, who, notice);
      const view = { type: 'home' as const, blocks };
      return (await client.views.publish({ user_id: who.personId, view, ...(hash && { hash }) })).view?.hash;
    };
    const before = newest.get(key);
    const drawing = (async () => {
      // Whoever asked for that one has heard of its failure.
      const hash = await before?.catch(() => undefined);
      return publish(hash).catch((error: unknown) => {
        if (!isHashConflict(error)) throw error;
        return publish();
      });
    })();
    newest.delete(key);
    newest.set(key, drawing);
    const [oldest] = newest.keys();
    if (newest.size > mostRemembered && oldest !== undefined) newest.delete(oldest);
    await drawing;
  };
}

const isHashConflict = (error: unknown): boolean =>
  (error as { data?: { error?: unknown } }).data?.error === 'hash_conflict';

async function blocksFor(
  tools: HomeTools,
  client: WebClient,
  who: { workspaceId: string; personId: string },
  notice: Message | undefined,
): Promise<HomeView['blocks']> {
  const top = notice ? [...notice.blocks, divider()].filter(fitsHome) : [];
  const space = { ...homeSpace, blocks: homeSpace.blocks - top.length };
  const own = await tools.read(who.workspaceId, async (trx) => {
    const lead = await tools.findLead(trx, who.personId);
    return lead && homeBlocks(thatFit(await tools.sections(trx, lead)), space);
  });
  const blocks =
    own ??
    (await blocksOfOthers(
      {
        ...tools,
        read: (work) => tools.read(who.workspaceId, work),
        isIn: (channelId) => isInChannel(client, channelId, who.personId),
      },
      who,
      space,
    ));
  return [...top, ...blocks] as HomeView['blocks'];
}

/**
 * For somebody who leads nobody here: what others have to do with them, and how to begin. `isIn` asks Slack, so it is
 * asked between two transactions.
 */
export async function blocksOfOthers(
  tools: Pick<HomeTools, 'placesThatWait' | 'received' | 'welcome'> & {
    read<T>(work: (trx: Tenant) => Promise<T>): Promise<T>;
    isIn(channelId: string): Promise<boolean>;
  },
  who: { workspaceId: string; personId: string },
  space: Space,
): Promise<Block[]> {
  const waiting = await tools.read((trx) => tools.placesThatWait(trx));
  const places = new Set<string>();
  for (const channelId of new Set(waiting)) if (await tools.isIn(channelId)) places.add(channelId);
  const sections = await tools.read((trx) => tools.received(trx, who, places));
  const page = pageOf(thatFit(sections), space);
  return page.length === 0 ? tools.welcome() : [...page, divider(), ...tools.welcome().slice(-2)];
}

const thatFit = (sections: Section[]): Section[] =>
  sections.map((section) => ({ ...section, blocks: section.blocks.filter(fitsHome) }));

/** The Home's content, which `/keel` says in a message too. */
export const homeBlocks = (sections: Section[], space: Space): Block[] => [
  ...pageOf(sections, space),
  row(button('Settings', settings)),
  aside('Only you see this. `/keel help` lists what I can do.'),
];

/** Charts are for messages only. */
const fitsHome = (block: Block): boolean => block.type !== 'data_visualization';
