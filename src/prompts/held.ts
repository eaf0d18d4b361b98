// What a pause held back, by name: what each prompt is called, and what it was about.

import type { Tenant } from '../db/tenancy.ts';
import { heldBack } from './controls.store.ts';
import type { PromptKind } from './prompts.ts';

/** A prompt as people know it. `about`: ready to show in a message; undefined: they have only one of the kind. */
interface Named {
  title: string;
  about: string | undefined;
}

export interface Held extends Named {
  occurrence: Temporal.Instant;
}

/** `kind` undefined: no room knows it any more. */
export async function namedAs(
  trx: Tenant,
  kind: PromptKind | undefined,
  { lead_id: leadId, subject }: { lead_id: string; subject: string },
): Promise<Named> {
  const about = kind && 'about' in kind ? await kind.about?.(trx, subject, leadId) : undefined;
  return { title: kind?.title ?? 'A prompt', about };
}

/** Oldest first. */
export async function findHeld(
  trx: Tenant,
  leadId: string,
  kindOf: (name: string) => PromptKind | undefined,
): Promise<Held[]> {
  const held: Held[] = [];
  for (const delivery of await heldBack(trx, leadId)) {
    held.push({
      ...(await namedAs(trx, kindOf(delivery.kind), delivery)),
      occurrence: delivery.occurrence,
    });
  }
  return held;
}
