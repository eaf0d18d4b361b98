// The app's Home, as the bot published it for this person.

import { useEffect, useMemo } from 'react';
import { Blocks } from '../blocks/blocks.tsx';
import { heldIn, type Surface, SurfaceProvider } from '../blocks/surface.tsx';
import { useLook } from '../context.tsx';
import type { Block, StateValues } from '../types.ts';

export function Home() {
  const { session, state } = useLook();
  // Slack tells the bot every time somebody opens the tab.
  useEffect(() => {
    void session.perform('open-home');
  }, [session]);

  const view = state.home;
  const raw = view?.raw as { blocks: Block[]; state: { values: StateValues } } | undefined;
  const surface = useMemo<Surface | undefined>(
    () =>
      view === null || raw === undefined
        ? undefined
        : {
            kind: 'home',
            id: view.id,
            errors: {},
            holds: (block, element) =>
              heldIn(raw.state.values[block.block_id ?? '']?.[element.action_id ?? '']),
            keep: () => {},
            flush: async () => {},
          },
    [view, raw],
  );

  if (surface === undefined || raw === undefined) {
    return (
      <section className="home" aria-label="Home">
        <p className="home-waiting">Opening…</p>
      </section>
    );
  }
  return (
    <section className="home" aria-label="Home">
      <SurfaceProvider value={surface}>
        <Blocks blocks={raw.blocks} />
      </SurfaceProvider>
    </section>
  );
}
