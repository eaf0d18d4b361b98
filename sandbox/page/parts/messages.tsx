// A conversation's messages, however many: only a window of them is ever drawn, and it slides as one scrolls.

import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { msOf, useClockwork, useLook } from '../context.tsx';
import { Icon } from '../icons.tsx';
import type { SeenMessage } from '../types.ts';
import { Message } from './message.tsx';

/** Messages drawn at once, and how many the window slides by. */
const windowSize = 80;
const slide = 24;
/** How near to an end, in pixels, the window slides on. */
const near = 700;
/** Messages of one person within this time stand together. */
const together = 5 * 60_000;

interface Props {
  messages: readonly SeenMessage[];
  complete: boolean;
  loadOlder(): Promise<void>;
  onThread?: (ts: string) => void;
  /** Called when the newest message is on the screen. */
  onSeen(): void;
  empty?: string;
}

export function Messages({ messages, complete, loadOlder, onThread, onSeen, empty }: Props) {
  const { state } = useLook();
  const clockwork = useClockwork(state.me.tz);
  const box = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  /** The last message of the window; undefined while it follows the newest. */
  const [lastTs, setLastTs] = useState<string>();
  const follows = useRef(true);
  const [behind, setBehind] = useState(false);
  /** A message whose place on the screen must not change when others are drawn above it. */
  const anchor = useRef<{ ts: string; top: number }>(undefined);
  const loading = useRef(false);
  const lastTop = useRef(0);

  const end = useMemo(() => {
    const at = lastTs === undefined ? -1 : messages.findIndex(({ ts }) => ts === lastTs);
    return at < 0 ? messages.length : at + 1;
  }, [messages, lastTs]);
  const start = Math.max(0, end - windowSize);
  const shown = messages.slice(start, end);

  const hold = () => {
    const top = box.current?.getBoundingClientRect().top ?? 0;
    const first = [...(content.current?.querySelectorAll<HTMLElement>('[data-ts]') ?? [])].find(
      (element) => element.getBoundingClientRect().bottom > top,
    );
    const ts = first?.dataset.ts;
    anchor.current =
      first === undefined || ts === undefined ? undefined : { ts, top: first.getBoundingClientRect().top };
  };

  const scrolled = () => {
    const element = box.current;
    if (element === null || messages.length === 0) return;
    const toEnd = element.scrollHeight - element.scrollTop - element.clientHeight;
    // Only a person scrolls up; messages that come in faster than they are drawn do not stop the following.
    const up = element.scrollTop < lastTop.current - 1;
    lastTop.current = element.scrollTop;
    if (end === messages.length && toEnd < 48) follows.current = true;
    else if (up || end < messages.length) follows.current = false;
    setBehind(!follows.current);
    if (follows.current) onSeen();
    if (element.scrollTop < near && start > 0) {
      hold();
      setLastTs(messages[Math.max(Math.min(windowSize, messages.length), end - slide) - 1]?.ts);
    } else if (element.scrollTop < near && !complete && !loading.current) {
      loading.current = true;
      hold();
      // Older messages come in above; the window stays where it is.
      setLastTs(messages[end - 1]?.ts);
      void loadOlder().finally(() => {
        loading.current = false;
      });
    } else if (toEnd < near && end < messages.length) {
      hold();
      const next = Math.min(messages.length, end + slide);
      setLastTs(next === messages.length ? undefined : messages[next - 1]?.ts);
    }
  };

  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever other messages are drawn
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return;
    if (follows.current && lastTs === undefined) {
      element.scrollTop = element.scrollHeight;
      lastTop.current = element.scrollTop;
    } else if (anchor.current !== undefined) {
      const { ts, top } = anchor.current;
      const held = content.current?.querySelector<HTMLElement>(`[data-ts="${ts}"]`);
      if (held != null) element.scrollTop += held.getBoundingClientRect().top - top;
      anchor.current = undefined;
    }
    // At the very top no scrolling follows that would ask for more: look again with what has come in.
    if (!follows.current) scrolled();
  }, [messages, lastTs]);

  // A chart that is drawn late, or a composer that grows, must not push the newest message out of sight.
  useEffect(() => {
    const watcher = new ResizeObserver(() => {
      if (!follows.current || box.current === null) return;
      box.current.scrollTop = box.current.scrollHeight;
      lastTop.current = box.current.scrollTop;
    });
    if (content.current !== null) watcher.observe(content.current);
    if (box.current !== null) watcher.observe(box.current);
    return () => watcher.disconnect();
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever a message comes in
  useEffect(() => {
    if (follows.current) onSeen();
  }, [messages, onSeen]);

  const toNewest = () => {
    follows.current = true;
    anchor.current = undefined;
    setBehind(false);
    setLastTs(undefined);
    requestAnimationFrame(() => {
      if (box.current !== null) box.current.scrollTop = box.current.scrollHeight;
    });
  };

  let day = start > 0 ? clockwork.key(msOf(messages[start - 1]?.ts ?? '0')) : '';
  let before: SeenMessage | undefined;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling log must be reachable by keyboard
    <div className="messages" ref={box} onScroll={scrolled} role="log" aria-label="Messages" tabIndex={0}>
      <div className="messages-content" ref={content}>
        {messages.length === 0 && complete && empty !== undefined && (
          <p className="messages-empty">{empty}</p>
        )}
        {shown.map((message) => {
          const at = msOf(message.ts);
          const today = clockwork.key(at);
          const newDay = today !== day;
          day = today;
          const compact =
            !newDay &&
            before !== undefined &&
            before.raw.user === message.raw.user &&
            before.raw.subtype === undefined &&
            before.ephemeral === message.ephemeral &&
            at - msOf(before.ts) < together;
          before = message;
          return (
            <div key={message.ts} className="message-slot">
              {newDay && (
                <p className="day">
                  <span>{clockwork.day(at)}</span>
                </p>
              )}
              <Message message={message} compact={compact} onThread={onThread} />
            </div>
          );
        })}
      </div>
      {behind && (
        <button type="button" className="to-newest" onClick={toNewest}>
          <Icon name="down" size={16} /> Newest
        </button>
      )}
    </div>
  );
}
