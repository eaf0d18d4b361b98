// Words with Slack's markup, drawn by slack-blocks-to-jsx with this workspace's people, channels and dates.

import { memo, useMemo } from 'react';
import { type Block as DrawnBlock, Message } from 'slack-blocks-to-jsx';
import { useClockwork, useLook } from '../context.tsx';
import type { Block, TextObject } from '../types.ts';
import { blockForDrawing } from './markup.ts';

/** Blocks that only show something, drawn by the library as they are. */
export const Drawn = memo(function Drawn({ blocks }: { blocks: Block[] }) {
  const { state, theme } = useLook();
  const { me, people, channels, workspace } = state;
  const data = useMemo(
    () => ({
      users: [
        ...people.map(({ id, real_name }) => ({ id, name: real_name, avatar: '' })),
        { id: workspace.bot_user_id, name: 'Evenkeel', avatar: '' },
      ],
      channels: channels.map(({ id, name }) => ({ id, name })),
      user_groups: [],
    }),
    [people, channels, workspace],
  );
  const clockwork = useClockwork(me.tz);
  const hooks = useMemo(
    () => ({
      user: ({ id, name }: { id: string; name?: string }) => (
        <span className={id === me.id ? 'mention mention-me' : 'mention'}>
          @{people.find((person) => person.id === id)?.real_name ?? name ?? id}
        </span>
      ),
      emoji: (data: { name: string }, parse: (data: { name: string }) => string) => {
        const drawn = parse(data);
        return drawn === data.name ? `:${data.name}:` : drawn;
      },
      date: ({ timestamp, format, link, fallback }: DateToken) => {
        const words = dateInWords(Number(timestamp) * 1000, format, me.tz) ?? fallback;
        const title = clockwork.full(Number(timestamp) * 1000);
        return link ? (
          <a href={link} title={title} target="_blank" rel="noopener noreferrer">
            {words}
          </a>
        ) : (
          <time title={title}>{words}</time>
        );
      },
    }),
    [me, people, clockwork],
  );
  // The library would make block ids into ids of the page, where they may come up twice.
  const bare = useMemo(
    () => blocks.map(({ block_id: _, ...block }) => blockForDrawing(block) as unknown as DrawnBlock),
    [blocks],
  );
  return (
    <Message withoutWrapper blocks={bare} name="" logo="" theme={theme} data={data} hooks={hooks as never} />
  );
});

interface DateToken {
  timestamp: string;
  format: string;
  link?: string | null;
  fallback: string;
}

/** Slack's date tokens; undefined where one is unknown, and the fallback is shown. */
function dateInWords(ms: number, format: string, timeZone: string): string | undefined {
  if (!Number.isFinite(ms)) return undefined;
  const write = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat('en-GB', { ...options, timeZone }).format(ms);
  const tokens: Record<string, Intl.DateTimeFormatOptions> = {
    date_num: { year: 'numeric', month: '2-digit', day: '2-digit' },
    date: { day: 'numeric', month: 'long', year: 'numeric' },
    date_short: { day: 'numeric', month: 'short', year: 'numeric' },
    date_long: { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' },
    date_pretty: { day: 'numeric', month: 'long', year: 'numeric' },
    date_short_pretty: { day: 'numeric', month: 'short', year: 'numeric' },
    date_long_pretty: { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' },
    day_divider_pretty: { weekday: 'long', day: 'numeric', month: 'long' },
    time: { hour: '2-digit', minute: '2-digit' },
    time_secs: { hour: '2-digit', minute: '2-digit', second: '2-digit' },
    ago: { day: 'numeric', month: 'long', hour: '2-digit', minute: '2-digit' },
  };
  const names = [...format.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  if (names.some((name) => tokens[name] === undefined)) return undefined;
  return format.replace(/\{(\w+)\}/g, (_whole, name: string) => write(tokens[name] ?? {}));
}

export const Words = memo(function Words({ text }: { text: TextObject | string }) {
  const blocks = useMemo<Block[]>(() => {
    const object = typeof text === 'string' ? ({ type: 'plain_text', text } as const) : text;
    return [{ type: 'section', text: object }];
  }, [text]);
  return (
    <div className="words">
      <Drawn blocks={blocks} />
    </div>
  );
});
