// The App Home: what a person finds when they open it, put together from every room's section.

import type { HomeView } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import type { Tenant } from '../db/tenancy.ts';
import { settings } from '../leads/leads.actions.ts';
import type { Lead } from '../leads/leads.ts';
import { homeSpace, pageOf, type Section, type Space } from '../rooms/page.ts';
import { aside, button, divider, row } from '../slack/blocks.ts';
import type { Block, Message } from '../slack/message.ts';

export interface HomeTools {
  /** Runs in one transaction of the workspace. */
  read<T>(workspaceId: string, work: (trx: Tenant) => Promise<T>): Promise<T>;
  findLead(trx: Tenant, leadId: string): Promise<Lead | undefined>;
  sections(trx: Tenant, lead: Lead): Promise<Section[]>;
  /** What somebody sees who has nothing here yet. */
  welcome(): Block[];
}

/** Draws a person's Home; `notice` on top of it tells what just happened there. */
export async function publishHome(
  tools: HomeTools,
  client: WebClient,
  { workspaceId, personId }: { workspaceId: string; personId: string },
  notice?: Message,
): Promise<void> {
  const top = notice ? [...notice.blocks, divider()].filter(fitsHome) : [];
  const blocks = await tools.read(workspaceId, async (trx) => {
    const lead = await tools.findLead(trx, personId);
    if (!lead) return tools.welcome();
    const sections = (await tools.sections(trx, lead)).map((section) => ({
      ...section,
      blocks: section.blocks.filter(fitsHome),
    }));
    const space = { ...homeSpace, blocks: homeSpace.blocks - top.length };
    return homeBlocks(sections, space);
  });
  await client.views.publish({
    user_id: personId,
    view: { type: 'home', blocks: [...top, ...blocks] as HomeView['blocks'] },
  });
}

/** The Home's content, which `/keel` says in a message too. */
export const homeBlocks = (sections: Section[], space: Space): Block[] => [
  ...pageOf(sections, space),
  row(button('Settings', settings)),
  aside('Only you see this. `/keel help` lists what I can do.'),
];

/** Charts are for messages only. */
const fitsHome = (block: Block): boolean => block.type !== 'data_visualization';
