// Where blocks stand, and what happens when somebody touches them: a message, a modal, or the Home.

import { createContext, useContext, useState } from 'react';
import { send } from '../api.ts';
import { useLook } from '../context.tsx';
import type { Block, Element, ElementState, FieldValue, Option } from '../types.ts';

export interface Surface {
  kind: 'message' | 'modal' | 'home';
  /** The `ts` of a message or the id of a view. */
  id: string;
  /** Field errors, by block_id. */
  errors: Record<string, string>;
  /** What an element holds: typed but not sent, or as the sandbox knows it; undefined where neither is known. */
  holds(block: Block, element: Element): FieldValue;
  /** Keeps what was typed or chosen in a field until the form is sent. */
  keep(block: Block, element: Element, value: FieldValue): void;
  /** Sends the fields kept so far, so that the bot finds them with the click. */
  flush(): Promise<void>;
}

const SurfaceContext = createContext<Surface | undefined>(undefined);
export const SurfaceProvider = SurfaceContext.Provider;

export function useSurface(): Surface {
  const surface = useContext(SurfaceContext);
  if (surface === undefined) throw new Error('Blocks stand on a surface');
  return surface;
}

/** A value as the JSON API takes it, read from what Slack keeps in `state.values`. */
export function heldIn(state: ElementState | undefined): FieldValue {
  if (state === undefined) return undefined;
  const option = (one: Option) => one.value ?? one.text.text;
  if (state.selected_option) return option(state.selected_option);
  if (state.selected_options) return state.selected_options.map(option);
  if (state.rich_text_value != null) return richTextIn(state.rich_text_value);
  const single =
    state.value ??
    state.selected_user ??
    state.selected_channel ??
    state.selected_conversation ??
    state.selected_date ??
    state.selected_time ??
    (state.selected_date_time == null ? null : String(state.selected_date_time));
  return single ?? state.selected_users ?? state.selected_channels ?? state.selected_conversations ?? null;
}

/** What an element starts with, where the sandbox holds nothing yet. */
function initialValue(element: Element): FieldValue {
  const option = (one: Option) => one.value ?? one.text.text;
  if (element.initial_option) return option(element.initial_option);
  if (element.initial_options) return element.initial_options.map(option);
  if (element.initial_date_time !== undefined) return String(element.initial_date_time);
  const initial =
    element.initial_value ??
    element.initial_user ??
    element.initial_users ??
    element.initial_channel ??
    element.initial_channels ??
    element.initial_conversation ??
    element.initial_conversations ??
    element.initial_date ??
    element.initial_time;
  if (typeof initial === 'object' && !Array.isArray(initial)) return richTextIn(initial);
  return (initial as FieldValue) ?? null;
}

function richTextIn(node: unknown): string {
  const { text, elements } = node as { text?: string; elements?: unknown[] };
  return text ?? (elements ?? []).map(richTextIn).join('');
}

/** An element's value and how to change it: sent at once outside forms, kept until submitted within them. */
export function useElement(block: Block, element: Element) {
  const surface = useSurface();
  const { session } = useLook();
  const [chosen, setChosen] = useState<FieldValue>();
  const where = {
    action_id: element.action_id,
    // A Home is drawn anew whenever the bot likes, and its blocks get other ids; a click meant a moment ago still counts.
    ...(surface.kind === 'home' ? {} : { block_id: block.block_id }),
    ...(surface.kind === 'message' ? { ts: surface.id } : { view_id: surface.id }),
  };
  const isField = block.type === 'input';
  const held = isField || surface.kind !== 'message' ? surface.holds(block, element) : chosen;

  return {
    value: held === undefined ? initialValue(element) : held,
    /** For fields: kept. For anything else, and for fields that ask for it: told to the bot at once. */
    async choose(value: FieldValue): Promise<void> {
      setChosen(value);
      surface.keep(block, element, value);
      if (isField && block.dispatch_action !== true) return;
      await surface.flush();
      await session.perform('select', { ...where, value });
    },
    async press(wanted: { option?: Option; value?: string } = {}): Promise<void> {
      await surface.flush();
      const label =
        wanted.option === undefined ? undefined : (wanted.option.value ?? wanted.option.text.text);
      await session.perform('click', {
        ...where,
        ...(surface.kind === 'home' && element.value !== undefined ? { value: element.value } : {}),
        action_id: label ?? wanted.value ?? element.action_id,
        confirm: true,
      });
    },
    async lookUp(typed: string): Promise<Option[]> {
      return send<Option[]>(`as/${encodeURIComponent(session.person)}/options`, { ...where, typed });
    },
  };
}
