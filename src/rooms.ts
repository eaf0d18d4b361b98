// The rooms, and what each is handed of the house and of the others. Their order is the order on every page.

import type { Sealer } from './db/sealed.ts';
import type { Tenant } from './db/tenancy.ts';
import { digestRoom } from './digest/index.ts';
import { blocksOfOthers, type HomeTools, homeBlocks } from './home/home.ts';
import { entry, leadsRoom } from './leads/index.ts';
import { addGuest, findLead, findMember, markBack, savePause } from './leads/leads.store.ts';
import { type Lead, memberByDefault } from './leads/leads.ts';
import { welcomeBlocks } from './leads/leads.views.ts';
import { prompts } from './prompts/engine.ts';
import { promptsRoom } from './prompts/index.ts';
import type { StandingPlans } from './prompts/prompts.ts';
import { reconcileLead } from './prompts/reconcile.ts';
import { oneOnOneTime } from './rooms/balance/balance.one-on-one.steps.ts';
import { findRecentHours } from './rooms/balance/balance.recent-hours.ts';
import { balanceRoom } from './rooms/balance/index.ts';
import { commitmentsPort, commitmentsRoom } from './rooms/commitments/index.ts';
import { delegatedDone, delegatedReopened, delegatedTo, delegationRoom } from './rooms/delegation/index.ts';
import { oneOnOnesRoom } from './rooms/one-on-ones/index.ts';
import { findPeople } from './rooms/one-on-ones/one-on-ones.store.ts';
import { messageSpace, type Section } from './rooms/page.ts';
import { postmortemsRoom } from './rooms/postmortems/index.ts';
import { retrosRoom } from './rooms/retros/index.ts';
import type { Pages, Room } from './rooms/room.ts';
import { message } from './slack/blocks.ts';
import { isSameZone } from './time/zones.ts';

interface House {
  sealer: Sealer;
  now: () => Temporal.Instant;
}

interface Rooms {
  rooms: Room[];
  /** What the App Home is made of. */
  home: Omit<HomeTools, 'read'>;
  /** Somebody whose account was closed is there again; changes nothing where that is known. */
  back(trx: Tenant, personId: string, now: Temporal.Instant): Promise<void>;
}

export function openRooms({ sealer, now }: House): Rooms {
  const changed = async (trx: Tenant, lead: Lead, at: Temporal.Instant, before?: Lead): Promise<void> => {
    if (before && !isSameZone(before.timeZone, lead.timeZone))
      for (const room of rooms) await room.movesOn?.(trx, before, lead, at);
    await reconcileLead(trx, standingPlans(rooms), { lead, guest: false }, at);
    await prompts.replan(trx, lead, at);
  };
  const home: Rooms['home'] = {
    findLead,
    sections: (trx, lead) => sectionsOf(rooms, (pages) => pages.home?.(trx, lead, now())),
    async placesThatWait(trx) {
      const places: string[] = [];
      for (const { pages } of rooms) places.push(...((await pages?.placesThatWait?.(trx)) ?? []));
      return places;
    },
    async received(trx, { workspaceId, personId: id }, places) {
      const member = (await findMember(trx, id)) ?? memberByDefault({ workspaceId, id }, 'UTC');
      return sectionsOf(rooms, (pages) => pages.received?.(trx, member, { now: now(), places }));
    },
    welcome: welcomeBlocks,
  };
  const back: Rooms['back'] = async (trx, personId, at) => {
    await markBack(trx, personId);
    for (const room of rooms) await room.personBack?.(trx, personId, at);
  };
  const isLead = async (trx: Tenant, personId: string): Promise<boolean> => {
    for (const { makesLead } of rooms) if (await makesLead?.(trx, personId)) return true;
    return false;
  };
  const leads = entry({ isLead, changed, back });
  const listeners = { find: findMember, welcome: addGuest };
  const commitments = commitmentsPort({ prompts, listeners });

  const rooms: Room[] = [
    leadsRoom({
      allCommands: () => rooms.flatMap((room) => room.commands ?? []),
      settingsLinks: () => rooms.flatMap((room) => room.settings ?? []),
      changed,
      // `/keel` on its own says what the Home says.
      overview: async (trx, lead) => message(...homeBlocks(await home.sections(trx, lead), messageSpace)),
      received: async (request) =>
        message(
          ...(await blocksOfOthers(
            { ...home, read: request.inTransaction, isIn: request.isIn },
            request,
            messageSpace,
          )),
        ),
      prompts,
      openWith: async (trx, personId) => {
        const hearers: string[] = [];
        for (const room of rooms) hearers.push(...((await room.leavesOpenWith?.(trx, personId)) ?? []));
        return hearers;
      },
      left: async (trx, personId, at) => {
        for (const room of rooms) await room.personLeft?.(trx, personId, at);
      },
      back,
      leftBehind: (trx, reader, leaverId, at) =>
        sectionsOf(rooms, (pages) => pages.leftBehind?.(trx, reader, leaverId, at)),
      // The leads' room comes first, and what hangs on a lead has to go before the lead.
      forget: async (trx, owner) => {
        for (const room of rooms.toReversed()) await room.erase(trx, owner);
      },
    }),
    balanceRoom({ leads, prompts }),
    oneOnOnesRoom({
      leads,
      findLead,
      prompts,
      sealer,
      commitments,
      time: oneOnOneTime,
      delegatedTo,
      delegatedDone: delegatedDone({ prompts, sealer, listeners }),
      delegatedReopened: delegatedReopened({ prompts, sealer, listeners }),
    }),
    delegationRoom({ leads, prompts, sealer, listeners, leadOf: findLead, hours: findRecentHours }),
    retrosRoom({ leads, prompts, commitments, listeners }),
    postmortemsRoom({
      leads,
      prompts,
      sealer,
      commitments,
      findLead: findMember,
      colleagues: async (trx, lead) =>
        (await findPeople(trx, lead.id)).flatMap(({ id, ended }) => (ended ? [] : [id])),
    }),
    commitmentsRoom({ leads, prompts, commitments, find: findMember }),
    promptsRoom({
      kinds: () => rooms.flatMap((room) => room.prompts ?? []),
      // Guests get prompts as well, and may put them off, pause and switch them off.
      findLead: findMember,
      savePause,
    }),
    digestRoom({
      leads,
      sections: (trx, view, of = 'now') =>
        sectionsOf(rooms, (pages) =>
          of === 'now' || pages.digestsAnyWeek ? pages.digest?.(trx, view) : undefined,
        ),
    }),
  ];
  return { rooms, home, back };
}

/** What the engine keeps in plan for everybody. */
export const standingPlans = (rooms: readonly Room[]): StandingPlans[] =>
  rooms.flatMap(({ plans }) => plans ?? []);

/** What each room has to say on a page. One after the other: they share one connection. */
async function sectionsOf(
  rooms: readonly Room[],
  part: (pages: Pages) => Promise<Section['blocks']> | undefined,
): Promise<Section[]> {
  const sections: Section[] = [];
  for (const { pages } of rooms) {
    const blocks = pages && (await part(pages));
    if (blocks) sections.push({ ...pages, blocks });
  }
  return sections;
}
