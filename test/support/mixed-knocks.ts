// What is somebody's own with one thing of another's in it: their form with her data, their button with one of her ids.

import type { Shape } from '../../src/slack/actions.ts';
import { type AllDoors, carriedBy, type Json, type Knock } from './knocks.ts';

/** For each door to which both can bring something, theirs with one value of hers each time. */
export function mixed(
  doors: AllDoors,
  theirs: ReadonlyMap<string, readonly Knock[]>,
  hers: ReadonlyMap<string, readonly Knock[]>,
): Knock[] {
  return [...doors].flatMap(([door, shape]) => {
    const [own] = (theirs.get(door) ?? []).slice(-1);
    if (!own) return [];
    return (hers.get(door) ?? []).flatMap((other) => mixes(shape, own, other));
  });
}

function mixes(shape: Shape, own: Knock, other: Knock): Knock[] {
  const hers = new Map(carriedBy(shape, other.payload));
  const theirs = new Map(carriedBy(shape, own.payload));
  const names = [...hers.keys()].filter((name) => hers.get(name) !== theirs.get(name));
  // One value alone that is replaced is hers altogether.
  const swapped = theirs.size > 1 ? names.map((name) => new Map([...theirs, [name, hers.get(name)]])) : [];
  const [form, herForm] = [own.payload.view, other.payload.view];
  const payloads = Array.isArray(own.payload.actions)
    ? [
        ...swapped.map((values) => withCarried(own.payload, shape, values)),
        // Her button in their form, and theirs in hers.
        ...(form && herForm
          ? [
              { ...other.payload, view: form },
              { ...own.payload, view: herForm },
            ]
          : []),
      ]
    : form && herForm
      ? [...swapped.map((values) => withData(own.payload, values)), withState(own.payload, other.payload)]
      : [];
  return payloads.map((payload) => ({ ...own, payload }));
}

function withCarried(payload: Json, shape: Shape, values: ReadonlyMap<string, unknown>): Json {
  const [action] = payload.actions as Json[];
  const value = JSON.stringify(Object.keys(shape).map((name) => values.get(name) ?? null));
  return {
    ...payload,
    actions: [{ type: 'button', action_id: String(action?.action_id).split(':')[0], value }],
  };
}

function withData(payload: Json, values: ReadonlyMap<string, unknown>): Json {
  const view = payload.view as Json;
  const metadata = JSON.parse(String(view.private_metadata)) as Json;
  const data = { ...(metadata.data as Json), ...Object.fromEntries(values) };
  return { ...payload, view: { ...view, private_metadata: JSON.stringify({ ...metadata, data }) } };
}

/** Their form, filled in with what she chose in hers. */
function withState(payload: Json, other: Json): Json {
  const view = payload.view as Json;
  const [own, hers] = [view, other.view as Json].map(
    (one) => (one.state as { values?: Json } | undefined)?.values,
  );
  return { ...payload, view: { ...view, state: { values: { ...own, ...hers } } } };
}
