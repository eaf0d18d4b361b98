// One message: who, when, what, and what can be done with it.

import { memo, useMemo } from 'react';
import { Blocks } from '../blocks/blocks.tsx';
import { type Surface, SurfaceProvider } from '../blocks/surface.tsx';
import { Words } from '../blocks/words.tsx';
import { msOf, useClockwork, useLook } from '../context.tsx';
import { MenuButton } from '../elements/menu.tsx';
import { Avatar, Icon } from '../icons.tsx';
import type { Block, SeenMessage } from '../types.ts';

interface Raw {
  user: string;
  text: string;
  blocks?: Block[];
  attachments?: { text?: string; fallback?: string; blocks?: Block[] }[];
  subtype?: string;
  bot_id?: string;
  reply_count?: number;
  reactions?: { name: string; count: number }[];
}

interface Props {
  message: SeenMessage;
  /** Follows one of the same person closely: face and name are not repeated. */
  compact: boolean;
  /** Opens the thread under it; left out where the message already stands in one. */
  onThread?: ((ts: string) => void) | undefined;
}

export const Message = memo(function Message({ message, compact, onThread }: Props) {
  const { session, state } = useLook();
  const clockwork = useClockwork(state.me.tz);
  const raw = message.raw as unknown as Raw;
  const at = msOf(message.ts);
  const surface = useMemo<Surface>(
    () => ({
      kind: 'message',
      id: message.ts,
      errors: {},
      holds: () => undefined,
      keep: () => {},
      flush: async () => {},
    }),
    [message.ts],
  );
  const shortcuts = state.shortcuts.filter(({ type }) => type === 'message');

  if (raw.subtype !== undefined) {
    return (
      <div className="event-line">
        <Words text={{ type: 'mrkdwn', text: raw.text }} />
      </div>
    );
  }
  return (
    <article
      className={`message${compact ? ' message-compact' : ''}${message.ephemeral ? ' message-ephemeral' : ''}`}
      aria-label={`${message.from}, ${clockwork.time(at)}`}
      data-ts={message.ts}
    >
      <div className="message-side">
        {compact ? (
          <time className="message-time">{clockwork.time(at)}</time>
        ) : (
          <Avatar id={raw.user} name={message.from} bot={raw.bot_id !== undefined} />
        )}
      </div>
      <div className="message-main">
        {message.ephemeral && (
          <p className="message-only">
            <Icon name="eye" size={16} /> Only visible to you
          </p>
        )}
        {!compact && (
          <p className="message-who">
            <b>{message.from}</b>
            {raw.bot_id !== undefined && <span className="tag">App</span>}
            <time title={clockwork.full(at)}>{clockwork.time(at)}</time>
          </p>
        )}
        <SurfaceProvider value={surface}>
          {raw.blocks === undefined || raw.blocks.length === 0 ? (
            <Words text={{ type: 'mrkdwn', text: raw.text }} />
          ) : (
            <Blocks blocks={raw.blocks} />
          )}
          {(raw.attachments ?? []).map((attachment, which) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: attachments have no ids and never move
            <div key={which} className="attachment">
              {attachment.blocks === undefined ? (
                <Words text={{ type: 'mrkdwn', text: attachment.text ?? attachment.fallback ?? '' }} />
              ) : (
                <Blocks blocks={attachment.blocks} />
              )}
            </div>
          ))}
        </SurfaceProvider>
        {message.edited && <span className="message-edited">(edited)</span>}
        {raw.reactions !== undefined && (
          <p className="reactions">
            {raw.reactions.map(({ name, count }) => (
              <span key={name} className="reaction">
                <Words text={`:${name}:`} /> {count}
              </span>
            ))}
          </p>
        )}
        {onThread !== undefined && raw.reply_count !== undefined && (
          <button type="button" className="thread-link" onClick={() => onThread(message.ts)}>
            {raw.reply_count} {raw.reply_count === 1 ? 'reply' : 'replies'}
          </button>
        )}
      </div>
      {!message.ephemeral && (onThread !== undefined || shortcuts.length > 0) && (
        <div className="message-tools">
          {onThread !== undefined && (
            <button
              type="button"
              className="icon-button"
              aria-label="Reply in thread"
              title="Reply in thread"
              onClick={() => onThread(message.ts)}
            >
              <Icon name="reply" size={16} />
            </button>
          )}
          {shortcuts.length > 0 && (
            <MenuButton
              className="icon-button"
              name="Shortcuts for this message"
              label={<Icon name="dots" size={16} />}
              align="end"
              items={shortcuts.map(({ callback_id, name }) => ({
                key: callback_id,
                label: name,
                choose: () => void session.perform('shortcut', { callback_id, ts: message.ts }),
              }))}
            />
          )}
        </div>
      )}
    </article>
  );
});
