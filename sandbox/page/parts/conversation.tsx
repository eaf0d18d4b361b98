// A channel, or the conversation with the app: its name, its messages, and where to type.

import { useCallback, useEffect, useMemo } from 'react';
import { useLook } from '../context.tsx';
import { Icon } from '../icons.tsx';
import type { Snapshot } from '../session.ts';
import type { ChannelInfo } from '../types.ts';
import { Composer } from './composer.tsx';
import { Messages } from './messages.tsx';

interface Props {
  channel: ChannelInfo;
  snapshot: Snapshot;
  onThread(ts: string): void;
  offered: { text: string } | undefined;
}

export function Conversation({ channel, snapshot, onThread, offered }: Props) {
  const { session, state } = useLook();
  const { id, unread } = channel;
  const conversation = snapshot.conversations.get(id);

  useEffect(() => {
    void session.open(id);
  }, [session, id]);

  const messages = useMemo(
    // Replies stand in their thread, not in the channel.
    () =>
      (conversation?.messages ?? []).filter(({ ts, threadTs }) => threadTs === undefined || threadTs === ts),
    [conversation],
  );
  const loadOlder = useCallback(() => session.loadOlder(id), [session, id]);
  const seen = useCallback(() => {
    if (unread > 0 && document.visibilityState === 'visible') void session.perform('read', { channel: id });
  }, [session, id, unread]);

  return (
    <>
      <Messages
        key={id}
        messages={messages}
        complete={conversation?.complete ?? false}
        loadOlder={loadOlder}
        onThread={onThread}
        onSeen={seen}
        empty={
          channel.is_app
            ? 'Nothing here yet. Type /logtime 45m review below, or open the Home tab.'
            : `This is the beginning of #${channel.name}.`
        }
      />
      {channel.is_member ? (
        <Composer
          channelId={id}
          placeholder={channel.is_app ? 'Message Evenkeel' : `Message ${nameOf(channel)}`}
          offered={offered}
        />
      ) : (
        <div className="join">
          <p>You are looking at {nameOf(channel)} from outside.</p>
          <button
            type="button"
            className="button button-primary"
            onClick={() => void session.perform('invite', { channel: id, who: state.me.id })}
          >
            Join
          </button>
        </div>
      )}
    </>
  );
}

const nameOf = (channel: ChannelInfo): string => (channel.kind === 'im' ? channel.name : `#${channel.name}`);

export function ChannelHeader({ channel }: { channel: ChannelInfo }) {
  const { session, state } = useLook();
  const bot = channel.members.includes(state.workspace.bot_user_id);
  const people = channel.members.filter((member) => member !== state.workspace.bot_user_id).length;
  return (
    <div className="channel-head">
      <h1>
        <Icon name={channel.kind === 'private' ? 'lock' : 'hash'} size={18} />
        {channel.name}
      </h1>
      <p className="channel-purpose">{channel.purpose}</p>
      <p className="channel-people">{people} people</p>
      {!bot && channel.is_member && (
        <button
          type="button"
          className="button button-small"
          onClick={() => void session.perform('invite', { channel: channel.id })}
        >
          Add Evenkeel
        </button>
      )}
    </div>
  );
}
