// Menus to choose from, one or several: typed options, people, channels, and what the bot offers as one types.

import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react';
import { useElement } from '../blocks/surface.tsx';
import { useAsk, useLook } from '../context.tsx';
import { Avatar, Icon } from '../icons.tsx';
import type { Block, Element, FieldValue, State } from '../types.ts';
import { Popover } from './popover.tsx';

interface Choice {
  value: string;
  label: string;
  detail?: string;
  group?: string;
  /** Drawn before the label: a person. */
  face?: string;
}

interface Props {
  block: Block;
  element: Element;
  /** Ids for the field around it, if there is one. */
  labelledBy?: string | undefined;
  describedBy?: string | undefined;
  invalid?: boolean | undefined;
}

function choicesOf(element: Element, state: State): Choice[] {
  const { type } = element;
  if (type.includes('users_select')) {
    return state.people.map((person) => ({
      value: person.id,
      label: person.real_name,
      detail: person.role,
      face: person.id,
    }));
  }
  if (type.includes('channels_select') || type.includes('conversations_select')) {
    return state.channels
      .filter((channel) => type.includes('conversations_select') || channel.kind === 'public')
      .filter((channel) => channel.kind !== 'im' || channel.is_app)
      .map((channel) => ({
        value: channel.id,
        label: channel.kind === 'im' ? channel.name : `#${channel.name}`,
      }));
  }
  const choice = (group?: string) => (option: NonNullable<Element['options']>[number]) => ({
    value: option.value ?? option.text.text,
    label: option.text.text,
    ...(option.description === undefined ? {} : { detail: option.description.text }),
    ...(group === undefined ? {} : { group }),
  });
  return [
    ...(element.options ?? []).map(choice()),
    ...(element.option_groups ?? []).flatMap((group) => group.options.map(choice(group.label.text))),
  ];
}

const listOf = (value: FieldValue): string[] =>
  value === null || value === undefined || value === ''
    ? []
    : Array.isArray(value)
      ? value.map(String)
      : [String(value)];

const inView = (element: HTMLElement | null) => element?.scrollIntoView({ block: 'nearest' });

export function BlockSelect({ block, element, labelledBy, describedBy, invalid }: Props) {
  const { state } = useLook();
  const ask = useAsk();
  const { value, choose, lookUp } = useElement(block, element);
  const several = element.type.startsWith('multi_');
  const external = element.type.includes('external');
  const known = useMemo(() => choicesOf(element, state), [element, state]);
  const [offered, setOffered] = useState<Choice[]>([]);
  const [open, setOpen] = useState(false);
  const [typed, setTyped] = useState('');
  const [active, setActive] = useState(0);
  const trigger = useRef<HTMLButtonElement>(null);
  const search = useRef<HTMLInputElement>(null);
  const asking = useRef<ReturnType<typeof setTimeout>>(undefined);
  const id = useId();

  const chosen = listOf(value);
  const all = external ? offered : known;
  const shown = external
    ? all
    : all.filter(({ label }) => label.toLowerCase().includes(typed.trim().toLowerCase()));
  const nameOf = (one: string) => [...known, ...offered].find((choice) => choice.value === one)?.label ?? one;
  const least = element.min_query_length ?? 3;

  useEffect(() => {
    if (open) search.current?.focus();
  }, [open]);

  const show = () => {
    setActive(
      Math.max(
        0,
        known.findIndex((choice) => choice.value === chosen[0]),
      ),
    );
    setOpen(true);
  };

  const find = (letters: string) => {
    setTyped(letters);
    setActive(0);
    if (!external) return;
    // A person types faster than a bot answers: ask once they pause.
    clearTimeout(asking.current);
    if (letters.length < least) return setOffered([]);
    asking.current = setTimeout(async () => {
      const options = await lookUp(letters).catch(() => []);
      setOffered(options.map((option) => ({ value: option.text.text, label: option.text.text })));
    }, 200);
  };

  const close = () => {
    setOpen(false);
    setTyped('');
  };

  const pick = async (choice: Choice) => {
    if (several) {
      const next = chosen.includes(choice.value)
        ? chosen.filter((one) => one !== choice.value)
        : [...chosen, choice.value];
      setTyped('');
      return choose(next);
    }
    close();
    trigger.current?.focus();
    if (await ask(element.confirm)) await choose(choice.value);
  };

  const keys = (event: KeyboardEvent) => {
    const steps = { ArrowDown: active + 1, ArrowUp: active - 1, Home: 0, End: shown.length - 1 } as const;
    if (event.key in steps && shown.length > 0) {
      event.preventDefault();
      setActive((steps[event.key as keyof typeof steps] + shown.length) % shown.length);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      const choice = shown[active];
      if (choice !== undefined) void pick(choice);
    } else if (event.key === 'Tab') {
      close();
    } else if (event.key === 'Backspace' && typed === '' && several) {
      void choose(chosen.slice(0, -1));
    }
  };

  const placeholder = element.placeholder?.text ?? (several ? 'Choose some' : 'Choose one');
  const text = chosen.map(nameOf).join(', ');
  return (
    <div className={several ? 'select select-several' : 'select'}>
      <button
        ref={trigger}
        id={`${id}-trigger`}
        type="button"
        className="select-trigger"
        aria-haspopup="listbox"
        aria-expanded={open}
        aria-labelledby={labelledBy === undefined ? undefined : `${labelledBy} ${id}-value`}
        aria-label={labelledBy === undefined ? `${placeholder}${text === '' ? '' : `: ${text}`}` : undefined}
        aria-describedby={describedBy}
        data-invalid={invalid === true ? 'true' : undefined}
        onClick={show}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown') return;
          event.preventDefault();
          show();
        }}
      >
        <span
          id={`${id}-value`}
          className={chosen.length === 0 ? 'select-value select-empty' : 'select-value'}
        >
          {chosen.length === 0
            ? placeholder
            : several
              ? chosen.map((one) => (
                  <span key={one} className="chip">
                    {nameOf(one)}
                  </span>
                ))
              : text}
        </span>
        <Icon name="chevron" size={16} />
      </button>
      {open && (
        <Popover anchor={trigger} onClose={close} className="options" wide>
          <div className="options-search">
            <Icon name="search" size={16} />
            <input
              ref={search}
              role="combobox"
              aria-expanded="true"
              aria-controls={`${id}-list`}
              aria-activedescendant={shown.length > 0 ? `${id}-${active}` : undefined}
              aria-label={`Find: ${placeholder}`}
              autoComplete="off"
              value={typed}
              placeholder={external ? `Type ${least} or more letters` : 'Find'}
              onChange={(event) => find(event.target.value)}
              onKeyDown={keys}
            />
          </div>
          <div
            id={`${id}-list`}
            role="listbox"
            aria-label={placeholder}
            aria-multiselectable={several}
            className="options-list"
          >
            {shown.length === 0 && (
              <p className="options-none">
                {external && typed.length < least ? `Type ${least} or more letters.` : 'Nothing fits.'}
              </p>
            )}
            {shown.map((choice, at) => (
              <div key={choice.value} role="presentation">
                {choice.group !== undefined && choice.group !== shown[at - 1]?.group && (
                  <p className="options-group" role="presentation">
                    {choice.group}
                  </p>
                )}
                <button
                  type="button"
                  tabIndex={-1}
                  ref={at === active ? inView : undefined}
                  id={`${id}-${at}`}
                  role="option"
                  aria-selected={chosen.includes(choice.value)}
                  data-active={at === active}
                  className="option"
                  onMouseEnter={() => setActive(at)}
                  onMouseDown={(event) => event.preventDefault()}
                  onClick={() => void pick(choice)}
                >
                  {choice.face !== undefined && <Avatar id={choice.face} name={choice.label} size={20} />}
                  <span className="option-label">{choice.label}</span>
                  {choice.detail !== undefined && <span className="option-detail">{choice.detail}</span>}
                  {chosen.includes(choice.value) && <Icon name="check" size={16} />}
                </button>
              </div>
            ))}
          </div>
          {several || (block.optional === true && chosen.length > 0) ? (
            <div className="options-foot">
              <button
                type="button"
                className="link"
                onClick={() => {
                  void choose(several ? [] : null);
                  if (!several) close();
                }}
              >
                Clear
              </button>
              {several && (
                <button
                  type="button"
                  className="link"
                  onClick={() => {
                    close();
                    trigger.current?.focus();
                  }}
                >
                  Done
                </button>
              )}
            </div>
          ) : null}
        </Popover>
      )}
    </div>
  );
}
