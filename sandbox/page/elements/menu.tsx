// A button that opens a short menu: overflow menus, a message's own menu, and the page's.

import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { Popover } from './popover.tsx';

interface MenuItem {
  key: string;
  label: ReactNode;
  /** Small text under the label. */
  detail?: string;
  danger?: boolean;
  checked?: boolean;
  choose(): void;
}

interface Props {
  label: ReactNode;
  /** Said by screen readers where the label is a picture. */
  name?: string;
  items: MenuItem[];
  className?: string;
  align?: 'start' | 'end';
  heading?: string;
}

export function MenuButton({ label, name, items, className = 'button', align = 'start', heading }: Props) {
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const id = useId();

  useEffect(() => {
    if (open) list.current?.querySelector<HTMLElement>('[role^="menuitem"]')?.focus();
  }, [open]);

  const step = (event: KeyboardEvent) => {
    const all = [...(list.current?.querySelectorAll<HTMLElement>('[role^="menuitem"]') ?? [])];
    const at = all.indexOf(document.activeElement as HTMLElement);
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
    if (event.key === 'Tab') setOpen(false);
    if (next === undefined) return;
    event.preventDefault();
    all[(next + all.length) % all.length]?.focus();
  };

  return (
    <>
      <button
        ref={button}
        type="button"
        className={className}
        aria-haspopup="menu"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        aria-label={name}
        title={name}
        onClick={() => setOpen((before) => !before)}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown') return;
          event.preventDefault();
          setOpen(true);
        }}
      >
        {label}
      </button>
      {open && (
        <Popover anchor={button} align={align} onClose={() => setOpen(false)} className="menu">
          {heading !== undefined && <p className="menu-heading">{heading}</p>}
          <div ref={list} id={id} role="menu" aria-label={heading ?? name ?? 'Menu'} onKeyDown={step}>
            {items.map((item) => (
              <button
                key={item.key}
                type="button"
                {...(item.checked === undefined
                  ? { role: 'menuitem' }
                  : { role: 'menuitemradio', 'aria-checked': item.checked })}
                tabIndex={-1}
                className={item.danger === true ? 'menu-item menu-item-danger' : 'menu-item'}
                onClick={() => {
                  setOpen(false);
                  button.current?.focus();
                  item.choose();
                }}
              >
                <span className="menu-label">{item.label}</span>
                {item.detail !== undefined && <span className="menu-detail">{item.detail}</span>}
              </button>
            ))}
          </div>
        </Popover>
      )}
    </>
  );
}
