// A thread next to its conversation.

import { useMemo } from 'react';
import { Icon } from '../icons.tsx';
import type { ChannelInfo, SeenMessage } from '../types.ts';
import { Composer } from './composer.tsx';
import { Messages } from './messages.tsx';

interface Props {
  channel: ChannelInfo;
  ts: string;
  messages: readonly SeenMessage[];
  onClose(): void;
}

const nothing = () => {};

export function Thread({ channel, ts, messages, onClose }: Props) {
  const thread = useMemo(
    () => messages.filter((message) => message.ts === ts || message.threadTs === ts),
    [messages, ts],
  );
  return (
    <aside className="side" aria-label="Thread">
      <header className="side-head">
        <h2>Thread</h2>
        <button
          type="button"
          className="icon-button"
          aria-label="Close thread"
          title="Close thread"
          onClick={onClose}
        >
          <Icon name="close" />
        </button>
      </header>
      <Messages messages={thread} complete loadOlder={async () => {}} onSeen={nothing} />
      {channel.is_member && <Composer channelId={channel.id} threadTs={ts} placeholder="Reply…" />}
    </aside>
  );
}
