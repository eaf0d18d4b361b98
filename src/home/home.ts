// The App Home: what a person finds when they open it, put together from every room's section.

import type { HomeView } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import type { Tenant } from '../db/tenancy.ts';
import type { Lead } from '../leads/leads.ts';
import type { Section } from '../rooms/room.ts';
import { aside, button, divider, row } from '../slack/blocks.ts';
import type { Block, Message } from '../slack/message.ts';

export interface HomeTools {
  /** Runs in one transaction of the workspace. */
  read<T>(workspaceId: string, work: (trx: Tenant) => Promise<T>): Promise<T>;
  findLead(trx: Tenant, leadId: string): Promise<Lead | undefined>;
  sections(trx: Tenant, lead: Lead): Promise<Section[]>;
  /** What somebody sees who has nothing here yet. */
  welcome(): Block[];
  /** The door the settings button leads to. */
  settingsAction: string;
}

/** Draws a person's Home; `notice` on top of it tells what just happened there. */
export async function publishHome(
  tools: HomeTools,
  client: WebClient,
  workspaceId: string,
  personId: string,
  notice?: Message,
): Promise<void> {
  const blocks = await tools.read(workspaceId, async (trx) => {
    const lead = await tools.findLead(trx, personId);
    return lead ? homeBlocks(await tools.sections(trx, lead), tools.settingsAction) : tools.welcome();
  });
  const shown = [...(notice ? [...notice.blocks, divider()] : []), ...blocks].filter(fitsHome).slice(0, 100);
  await client.views.publish({
    user_id: personId,
    view: { type: 'home', blocks: shown as HomeView['blocks'] },
  });
}

/** The Home's content, which `/keel` says in a message too. */
export function homeBlocks(sections: Section[], settingsAction: string): Block[] {
  const ordered = sections.toSorted((one, other) => one.order - other.order);
  return [
    ...ordered.flatMap((section, index): Block[] =>
      index === 0 ? section.blocks : [divider(), ...section.blocks],
    ),
    row(button('Settings', settingsAction)),
    aside('Only you see this. `/keel help` lists what I can do.'),
  ];
}

/** Charts are for messages only. */
const fitsHome = (block: Block): boolean => block.type !== 'data_visualization';
