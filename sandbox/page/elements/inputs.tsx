// Fields to type in, pick a day or time in, or tick.

import { useId } from 'react';
import { useElement } from '../blocks/surface.tsx';
import { Words } from '../blocks/words.tsx';
import { useAsk, useLook } from '../context.tsx';
import type { Block, Element, Option } from '../types.ts';

interface Props {
  block: Block;
  element: Element;
  labelledBy?: string | undefined;
  describedBy?: string | undefined;
  invalid?: boolean | undefined;
}

const textOf = (value: unknown): string => (value === null || value === undefined ? '' : String(value));

function naming({ element, labelledBy, describedBy, invalid }: Props) {
  return {
    'aria-labelledby': labelledBy,
    'aria-label':
      labelledBy === undefined ? (element.placeholder?.text ?? element.type.replaceAll('_', ' ')) : undefined,
    'aria-describedby': describedBy,
    'aria-invalid': invalid === true ? true : undefined,
  } as const;
}

export function TextField(props: Props) {
  const { block, element } = props;
  const { value, choose } = useElement(block, element);
  const shared = {
    ...naming(props),
    className: 'field-input',
    value: textOf(value),
    placeholder: element.placeholder?.text,
    autoFocus: element.focus_on_load === true,
  };
  if (element.multiline === true || element.type === 'rich_text_input') {
    return <textarea {...shared} rows={4} onChange={(event) => void choose(event.target.value)} />;
  }
  const kinds: Record<string, string> = {
    email_text_input: 'email',
    url_text_input: 'url',
    number_input: 'decimal',
  };
  return (
    <input
      {...shared}
      type="text"
      inputMode={(kinds[element.type] ?? 'text') as 'text' | 'email' | 'url' | 'decimal'}
      autoComplete="off"
      spellCheck={element.type === 'plain_text_input'}
      onChange={(event) => void choose(event.target.value)}
    />
  );
}

export function DateField(props: Props) {
  const { block, element } = props;
  const ask = useAsk();
  const { value, choose } = useElement(block, element);
  return (
    <input
      {...naming(props)}
      className="field-input field-short"
      type={element.type === 'timepicker' ? 'time' : 'date'}
      value={textOf(value)}
      onChange={async (event) => {
        const { value: picked } = event.target;
        if (await ask(element.confirm)) await choose(picked === '' ? null : picked);
      }}
    />
  );
}

/** A moment, shown and picked in the person's own zone; sent as Unix seconds. */
export function DateTimeField(props: Props) {
  const { block, element } = props;
  const { state } = useLook();
  const { value, choose } = useElement(block, element);
  const seconds = textOf(value);
  return (
    <input
      {...naming(props)}
      className="field-input field-short"
      type="datetime-local"
      value={seconds === '' ? '' : wallTime(Number(seconds) * 1000, state.me.tz)}
      onChange={(event) => {
        const { value: picked } = event.target;
        void choose(picked === '' ? null : String(Math.round(fromWallTime(picked, state.me.tz) / 1000)));
      }}
    />
  );
}

/** `2026-11-27T15:00` as that zone's clocks show the moment. */
function wallTime(ms: number, zone: string): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' })
    .format(ms)
    .replace(' ', 'T');
}

/** The moment a zone's clocks show that time: guessed as UTC, then mended by how far off the guess reads. */
function fromWallTime(wall: string, zone: string): number {
  const wanted = Date.parse(`${wall}Z`);
  const off = (ms: number) => Date.parse(`${wallTime(ms, zone)}Z`) - wanted;
  const first = wanted - off(wanted);
  return first - off(first);
}

/** Checkboxes and radio buttons. */
export function TickField({ block, element, labelledBy, describedBy }: Props) {
  const ask = useAsk();
  const { value, choose } = useElement(block, element);
  const group = useId();
  const single = element.type === 'radio_buttons';
  const chosen = Array.isArray(value) ? value.map(String) : value == null ? [] : [String(value)];
  const idOf = (option: Option) => option.value ?? option.text.text;
  return (
    <fieldset
      aria-labelledby={labelledBy}
      aria-label={labelledBy === undefined ? 'Choices' : undefined}
      aria-describedby={describedBy}
      className="ticks"
    >
      {(element.options ?? []).map((option) => (
        <label key={idOf(option)} className="tick">
          <input
            type={single ? 'radio' : 'checkbox'}
            name={group}
            checked={chosen.includes(idOf(option))}
            onChange={async (event) => {
              const { checked } = event.target;
              if (!(await ask(element.confirm))) return;
              if (single) return choose(idOf(option));
              const others = chosen.filter((one) => one !== idOf(option));
              return choose(checked ? [...others, idOf(option)] : others);
            }}
          />
          <span>
            <Words text={option.text} />
            {option.description !== undefined && (
              <span className="tick-detail">
                <Words text={option.description} />
              </span>
            )}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
