// Where one types: messages and slash commands, with a menu of what there is, usage hints and what was sent before.

import { type KeyboardEvent, useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useLook } from '../context.tsx';
import { MenuButton } from '../elements/menu.tsx';
import { Avatar, Icon } from '../icons.tsx';

interface Props {
  channelId: string;
  placeholder: string;
  threadTs?: string;
  /** Words put here by someone else, such as the tour; a new object puts them in again. */
  offered?: { text: string } | undefined;
}

interface Suggestion {
  key: string;
  title: string;
  hint: string;
  detail: string;
  face?: string;
  /** What the composer holds once it is taken. */
  text: string;
}

/** What was sent before, by person, newest last; kept for as long as the tab lives. */
const history = new Map<string, string[]>();

const inView = (element: HTMLElement | null) => element?.scrollIntoView({ block: 'nearest' });

export function Composer({ channelId, placeholder, threadTs, offered }: Props) {
  const { session, state } = useLook();
  const [text, setText] = useState('');
  const [active, setActive] = useState(0);
  const [closed, setClosed] = useState(false);
  const [back, setBack] = useState(0);
  const [sending, setSending] = useState(0);
  const area = useRef<HTMLTextAreaElement>(null);
  const id = useId();

  useEffect(() => {
    if (offered === undefined) return;
    setText(offered.text);
    setClosed(true);
    area.current?.focus();
  }, [offered]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: as tall as its text, whenever that changes
  useLayoutEffect(() => {
    const element = area.current;
    if (element === null) return;
    element.style.height = 'auto';
    element.style.height = `${Math.min(element.scrollHeight, 200)}px`;
  }, [text]);

  const suggestions = useMemo<Suggestion[]>(() => {
    if (closed) return [];
    if (text.startsWith('/') && !text.includes('\n')) {
      return state.commands
        .filter(({ command }) => command.startsWith(text.trimEnd().toLowerCase()))
        .map(({ command, usage_hint = '', description = '' }) => ({
          key: command,
          title: command,
          hint: usage_hint,
          detail: description,
          text: `${command} `,
        }));
    }
    return [];
  }, [text, closed, state.commands]);

  const people = useMemo<Suggestion[]>(() => {
    const found = /(^|[\s(,])@([\p{L}\p{N}._-]*)$/u.exec(text);
    if (closed || found === null) return [];
    const typed = (found[2] ?? '').toLowerCase();
    return state.people
      .filter((person) => `${person.name} ${person.real_name}`.toLowerCase().includes(typed))
      .slice(0, 8)
      .map((person) => ({
        key: person.id,
        title: person.real_name,
        hint: `@${person.name}`,
        detail: person.role,
        face: person.id,
        text: `${text.slice(0, text.length - typed.length)}${person.name} `,
      }));
  }, [text, closed, state.people]);

  const offers = suggestions.length > 0 ? suggestions : people;
  const at = Math.min(active, offers.length - 1);

  /** What the command being typed takes, shown while its words are typed. */
  const usage = useMemo(() => {
    if (!text.startsWith('/') || !text.includes(' ')) return undefined;
    const known = state.commands
      .filter(({ command }) => text === command || text.startsWith(`${command} `))
      .sort((a, b) => b.command.length - a.command.length)[0];
    return known?.usage_hint ? `${known.command} ${known.usage_hint}` : undefined;
  }, [text, state.commands]);

  const take = (suggestion: Suggestion) => {
    setText(suggestion.text);
    setActive(0);
    area.current?.focus();
  };

  const send = async () => {
    const words = text.trim();
    if (words === '') return;
    const sent = history.get(session.person) ?? [];
    if (sent.at(-1) !== words) history.set(session.person, [...sent, words].slice(-100));
    setText('');
    setBack(0);
    setClosed(false);
    setSending((count) => count + 1);
    const outcome = await session.perform(words.startsWith('/') ? 'command' : 'message', {
      channel: channelId,
      text: words,
      ...(threadTs === undefined ? {} : { thread_ts: threadTs }),
    });
    setSending((count) => count - 1);
    // It went nowhere: back it comes, unless something else has been typed in the meantime.
    if (outcome === undefined) setText((typed) => (typed === '' ? text : typed));
  };

  const keys = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.nativeEvent.isComposing) return;
    if (offers.length > 0) {
      const offer = offers[at];
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step !== undefined) {
        event.preventDefault();
        setActive((at + step + offers.length) % offers.length);
        return;
      }
      // A command typed in full is sent by Enter; anything less is completed first.
      const complete = offer !== undefined && text.trimEnd() === offer.title;
      if (
        offer !== undefined &&
        (event.key === 'Tab' || (event.key === 'Enter' && !event.shiftKey && !complete))
      ) {
        event.preventDefault();
        take(offer);
        return;
      }
      if (event.key === 'Escape') {
        setClosed(true);
        return;
      }
    }
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      void send();
      return;
    }
    const sent = history.get(session.person) ?? [];
    if (event.key === 'ArrowUp' && (text === '' || back > 0) && back < sent.length) {
      event.preventDefault();
      setClosed(true);
      setBack(back + 1);
      setText(sent[sent.length - back - 1] ?? '');
    } else if (event.key === 'ArrowDown' && back > 0) {
      event.preventDefault();
      setBack(back - 1);
      setText(back === 1 ? '' : (sent[sent.length - back + 1] ?? ''));
    }
  };

  const shortcuts = state.shortcuts.filter(({ type }) => type === 'global');
  return (
    <div className="composer">
      {offers.length > 0 && (
        <div id={`${id}-list`} className="suggestions" role="listbox" aria-label="Suggestions">
          {offers.map((offer, which) => (
            <button
              type="button"
              tabIndex={-1}
              ref={which === at ? inView : undefined}
              key={offer.key}
              id={`${id}-${which}`}
              role="option"
              aria-selected={which === at}
              data-active={which === at}
              className="suggestion"
              onMouseEnter={() => setActive(which)}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => take(offer)}
            >
              {offer.face !== undefined && <Avatar id={offer.face} name={offer.title} size={24} />}
              <span className="suggestion-title">{offer.title}</span>
              <span className="suggestion-hint">{offer.hint}</span>
              <span className="suggestion-detail">{offer.detail}</span>
            </button>
          ))}
        </div>
      )}
      <div className="composer-box">
        {shortcuts.length > 0 && (
          <MenuButton
            className="icon-button"
            name="Shortcuts"
            label={<Icon name="plus" />}
            items={shortcuts.map(({ callback_id, name }) => ({
              key: callback_id,
              label: name,
              choose: () => void session.perform('shortcut', { callback_id }),
            }))}
          />
        )}
        <textarea
          ref={area}
          rows={1}
          value={text}
          placeholder={placeholder}
          aria-label={placeholder}
          role="combobox"
          aria-expanded={offers.length > 0}
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-activedescendant={offers.length > 0 ? `${id}-${at}` : undefined}
          aria-describedby={`${id}-usage`}
          onChange={(event) => {
            setText(event.target.value);
            setActive(0);
            setBack(0);
            setClosed(false);
          }}
          onKeyDown={keys}
        />
        <button
          type="button"
          className="composer-send"
          aria-label="Send"
          title="Send"
          disabled={text.trim() === ''}
          onClick={() => void send()}
        >
          <Icon name="send" />
        </button>
      </div>
      <p className="composer-usage" id={`${id}-usage`} aria-live="polite">
        {sending > 0
          ? 'Sending…'
          : (usage ?? 'Type / for what Evenkeel can do. Arrow up brings back what you sent.')}
      </p>
    </div>
  );
}
