// Something that opens next to a button, above everything else, and goes away on Esc or a click elsewhere.

import { type ReactNode, type RefObject, useEffect, useLayoutEffect, useRef } from 'react';

interface Props {
  anchor: RefObject<HTMLElement | null>;
  onClose(): void;
  children: ReactNode;
  className?: string;
  align?: 'start' | 'end';
  /** As wide as the anchor at least. */
  wide?: boolean;
}

const gap = 4;
const margin = 8;

export function Popover({ anchor, onClose, children, className = '', align = 'start', wide = false }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const closing = useRef(onClose);
  closing.current = onClose;

  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return;
    element.showPopover();
    const told = (event: Event) => {
      if ((event as ToggleEvent).newState === 'closed') closing.current();
    };
    element.addEventListener('toggle', told);
    return () => element.removeEventListener('toggle', told);
  }, []);

  // The popover lies above the page, so its place has to be found whenever anything moves.
  useEffect(() => {
    const place = () => {
      const [element, at] = [box.current, anchor.current?.getBoundingClientRect()];
      if (element === null || at === undefined) return;
      if (wide) element.style.minWidth = `${Math.round(at.width)}px`;
      const { offsetWidth: width, offsetHeight: height } = element;
      const below = window.innerHeight - at.bottom - gap - margin;
      const top = height <= below || at.top < below ? at.bottom + gap : at.top - gap - height;
      const left = align === 'end' ? at.right - width : at.left;
      element.style.top = `${Math.max(margin, Math.min(top, window.innerHeight - height - margin))}px`;
      element.style.left = `${Math.max(margin, Math.min(left, window.innerWidth - width - margin))}px`;
    };
    place();
    const watcher = new ResizeObserver(place);
    if (box.current !== null) watcher.observe(box.current);
    window.addEventListener('resize', place);
    window.addEventListener('scroll', place, true);
    return () => {
      watcher.disconnect();
      window.removeEventListener('resize', place);
      window.removeEventListener('scroll', place, true);
    };
  });

  return (
    <div ref={box} popover="auto" className={`popover ${className}`}>
      {children}
    </div>
  );
}
