// Buttons that act: with a confirmation, a link, an icon, or an overflow menu of choices.

import { useState } from 'react';
import { useElement } from '../blocks/surface.tsx';
import { useAsk } from '../context.tsx';
import { Icon } from '../icons.tsx';
import type { Block, Element, TextObject } from '../types.ts';
import { MenuButton } from './menu.tsx';

interface Props {
  block: Block;
  element: Element;
}

const labelOf = (text: TextObject | string | undefined): string =>
  typeof text === 'string' ? text : (text?.text ?? '');

export function BlockButton({ block, element }: Props) {
  const ask = useAsk();
  const { press } = useElement(block, element);
  const [busy, setBusy] = useState(false);
  const style = element.style === 'primary' || element.style === 'danger' ? ` button-${element.style}` : '';
  return (
    <button
      type="button"
      className={`button${style}`}
      aria-label={element.accessibility_label}
      aria-busy={busy}
      onClick={async () => {
        if (busy || !(await ask(element.confirm, element.style === 'danger'))) return;
        if (element.url !== undefined) window.open(element.url, '_blank', 'noopener');
        setBusy(true);
        await press();
        setBusy(false);
      }}
    >
      {labelOf(element.text)}
    </button>
  );
}

export function BlockOverflow({ block, element }: Props) {
  const ask = useAsk();
  const { press } = useElement(block, element);
  return (
    <MenuButton
      className="button button-icon"
      name="More choices"
      label={<Icon name="dots" />}
      align="end"
      items={(element.options ?? []).map((option) => ({
        key: option.value ?? option.text.text,
        label: option.text.text,
        ...(option.description === undefined ? {} : { detail: option.description.text }),
        choose: async () => {
          if (!(await ask(element.confirm))) return;
          if (option.url !== undefined) window.open(option.url, '_blank', 'noopener');
          await press({ option });
        },
      }))}
    />
  );
}

/** Thumbs up and down under a message, each with the value it sends. */
export function FeedbackButtons({ block, element }: Props) {
  const { press } = useElement(block, element);
  const choices = [element.positive_button, element.negative_button] as { text: TextObject; value: string }[];
  return choices.map((choice) => (
    <button
      key={choice.value}
      type="button"
      className="button"
      onClick={() => press({ value: choice.value })}
    >
      {choice.text.text}
    </button>
  ));
}
