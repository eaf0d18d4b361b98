// What Slack says about a person: name and time zone, asked once in a while.

import { ErrorCode, type WebClient } from '@slack/web-api';
import { knownTimeZone } from '../time/zones.ts';

export interface Profile {
  id: string;
  /** What others see them called; their id where Slack gives no name. */
  name: string;
  /** IANA zone; undefined where Slack gives none or one this machine doesn't know. */
  timeZone: string | undefined;
  /** A bot, somebody who left, or a member of another workspace: nobody to prompt. Guests are colleagues. */
  unreachable: boolean;
  /** A colleague for a while and for some channels: takes over nothing from somebody who left. */
  guest: boolean;
}

/** An id that Slack knows nobody by, typed by hand or of another workspace, is somebody unreachable. */
export async function fetchProfile(client: WebClient, personId: string): Promise<Profile> {
  const user = await findUser(client, personId);
  if (!user) return { id: personId, name: personId, timeZone: undefined, unreachable: true, guest: false };
  return {
    id: personId,
    name: user.profile?.display_name || user.real_name || user.name || personId,
    timeZone: knownTimeZone(user.tz),
    unreachable: Boolean(user.deleted || user.is_bot || user.is_stranger),
    guest: user.is_restricted === true,
  };
}

const nobody = ['user_not_found', 'user_not_visible', 'invalid_arguments'];

async function findUser(client: WebClient, personId: string) {
  try {
    return (await client.users.info({ user: personId })).user;
  } catch (error) {
    const failure = error as { code?: unknown; data?: { error?: unknown } };
    if (failure.code === ErrorCode.PlatformError && nobody.includes(String(failure.data?.error)))
      return undefined;
    throw error;
  }
}
