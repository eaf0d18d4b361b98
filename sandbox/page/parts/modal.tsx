// A modal in front of everything: its fields kept as they are typed, their errors under them, up to three deep.

import { type FormEvent, useEffect, useMemo, useRef, useState } from 'react';
import { Blocks } from '../blocks/blocks.tsx';
import { heldIn, type Surface, SurfaceProvider } from '../blocks/surface.tsx';
import { useLook } from '../context.tsx';
import { Icon, Mark } from '../icons.tsx';
import type { Block, Element, FieldValue, SeenView, StateValues, TextObject } from '../types.ts';

interface RawView {
  blocks: Block[];
  submit: TextObject | null;
  close: TextObject | null;
  previous_view_id: string | null;
  state: { values: StateValues };
}

const keyOf = (block: Block, element: Element) => `${block.block_id} ${element.action_id}`;

export function Modal({ view, depth }: { view: SeenView; depth: number }) {
  const { session } = useLook();
  const raw = view.raw as unknown as RawView;
  const dialog = useRef<HTMLDialogElement>(null);
  const body = useRef<HTMLDivElement>(null);
  const [drafts, setDrafts] = useState<
    ReadonlyMap<string, { block: Block; element: Element; value: FieldValue }>
  >(new Map());
  const latest = useRef(drafts);
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string>();

  useEffect(() => {
    if (dialog.current?.open === false) dialog.current.showModal();
    const first = body.current?.querySelector<HTMLElement>(
      '[autofocus], .field-input, .select-trigger, .tick input, .button',
    );
    (first ?? dialog.current)?.focus();
  }, []);

  // The first field that is wrong gets the focus, so that nobody has to look for it.
  useEffect(() => {
    if (Object.keys(view.errors).length === 0) return;
    body.current
      ?.querySelector<HTMLElement>('[data-field][data-invalid] :is(input, textarea, button)')
      ?.focus();
  }, [view.errors]);

  const surface = useMemo<Surface>(
    () => ({
      kind: 'modal',
      id: view.id,
      errors: view.errors,
      holds: (block, element) => {
        const draft = drafts.get(keyOf(block, element));
        if (draft !== undefined) return draft.value;
        return heldIn(raw.state.values[block.block_id ?? '']?.[element.action_id ?? '']);
      },
      keep: (block, element, value) => {
        latest.current = new Map(latest.current).set(keyOf(block, element), { block, element, value });
        setDrafts(latest.current);
      },
      flush: async () => {
        for (const { block, element, value } of latest.current.values()) {
          if (block.type !== 'input' || block.dispatch_action === true) continue;
          if (!raw.blocks.some((one) => one.block_id === block.block_id)) continue;
          await session.perform('select', {
            action_id: element.action_id,
            block_id: block.block_id,
            view_id: view.id,
            value,
          });
        }
      },
    }),
    [view, raw, drafts, session],
  );

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (busy || raw.submit === null) return;
    setBusy(true);
    setTrouble(undefined);
    const here = new Set(raw.blocks.map((block) => block.block_id));
    const kept = [...latest.current.values()].filter(
      ({ block }) => block.type === 'input' && here.has(block.block_id),
    );
    const values = Object.fromEntries(kept.map(({ block, value }) => [block.block_id, value]));
    const outcome = await session.perform('submit', { view_id: view.id, values });
    setBusy(false);
    if (outcome === undefined || outcome.failure !== undefined)
      setTrouble('We had some trouble connecting. Try again?');
  };

  const close = () => void session.perform('close');

  return (
    <dialog
      ref={dialog}
      className="modal"
      data-depth={depth}
      aria-labelledby="modal-title"
      onCancel={(event) => {
        // Esc in a menu or date picker inside closes that, not the form.
        if (event.target !== dialog.current) return;
        event.preventDefault();
        close();
      }}
    >
      <form className="modal-form" onSubmit={submit} noValidate>
        <header className="modal-head">
          {raw.previous_view_id === null ? (
            <Mark size={28} />
          ) : (
            <button type="button" className="icon-button" aria-label="Back" title="Back" onClick={close}>
              <Icon name="back" />
            </button>
          )}
          <h2 id="modal-title">{view.title}</h2>
          <button type="button" className="icon-button" aria-label="Close" title="Close" onClick={close}>
            <Icon name="close" />
          </button>
        </header>
        <div className="modal-body" ref={body}>
          <SurfaceProvider value={surface}>
            <Blocks key={view.id} blocks={raw.blocks} />
          </SurfaceProvider>
        </div>
        <footer className="modal-foot">
          {trouble !== undefined && (
            <p className="modal-trouble" role="alert">
              {trouble}
            </p>
          )}
          <button type="button" className="button" onClick={close}>
            {raw.close?.text ?? 'Cancel'}
          </button>
          {raw.submit !== null && (
            <button type="submit" className="button button-primary" aria-busy={busy}>
              {raw.submit.text}
            </button>
          )}
        </footer>
      </form>
    </dialog>
  );
}
