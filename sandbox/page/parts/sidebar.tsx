// The sidebar: who you are, the channels you see, and the app.

import { placeOf, useClockwork, useLook } from '../context.tsx';
import { MenuButton } from '../elements/menu.tsx';
import { Avatar, Icon, Mark } from '../icons.tsx';
import type { ChannelInfo, Colleague } from '../types.ts';

interface Props {
  here: string;
  now: number;
  link(where: string, person?: string): string;
  go(where: string, person?: string): void;
  /** Asks for the story; left out where there is none to tell. */
  fill?: (() => void) | undefined;
}

export function Sidebar({ here, now, link, go, fill }: Props) {
  const { state } = useLook();
  const clockwork = useClockwork(state.me.tz);
  const app = state.channels.find(({ is_app }) => is_app);
  const channels = state.channels.filter(({ kind }) => kind === 'public' || kind === 'private');
  const others = state.channels.filter(({ kind, is_app }) => (kind === 'im' && !is_app) || kind === 'mpim');
  return (
    <nav className="sidebar" aria-label="Workspace">
      <p className="workspace-name">{state.workspace.name}</p>
      <MenuButton
        className="me"
        heading="Look at the workspace as"
        label={
          <>
            <Avatar id={state.me.id} name={state.me.real_name} />
            <span className="unseen">You are </span>
            <span className="me-words">
              <b>{state.me.real_name}</b>
              <span>
                {state.me.role} · {clockwork.time(now)} {placeOf(state.me.tz)}
              </span>
            </span>
            <span className="unseen">. Be someone else</span>
            <Icon name="chevron" size={16} />
          </>
        }
        items={state.people.map((person) => ({
          key: person.id,
          checked: person.id === state.me.id,
          label: <PersonLine person={person} now={now} />,
          choose: () => go('app', person.name),
        }))}
      />
      <h2 className="sidebar-title">App</h2>
      <ul>
        {app !== undefined && (
          <Place
            channel={app}
            href={link('app')}
            current={here === 'app' || here === 'home'}
            label="Evenkeel"
            face={<Mark size={20} />}
          />
        )}
      </ul>
      <h2 className="sidebar-title">Channels</h2>
      <ul>
        {channels.map((channel) => (
          <Place
            key={channel.id}
            channel={channel}
            href={link(channel.id)}
            current={here === channel.id}
            label={channel.name}
            face={<Icon name={channel.kind === 'private' ? 'lock' : 'hash'} size={16} />}
          />
        ))}
      </ul>
      {others.length > 0 && (
        <>
          <h2 className="sidebar-title">Direct messages</h2>
          <ul>
            {others.map((channel) => (
              <Place
                key={channel.id}
                channel={channel}
                href={link(channel.id)}
                current={here === channel.id}
                label={channel.name}
                face={<Icon name="reply" size={16} />}
              />
            ))}
          </ul>
        </>
      )}
      {fill !== undefined && (
        <button type="button" className="button sidebar-story" onClick={fill}>
          Fill in eight weeks
        </button>
      )}
      <p className="sidebar-foot">A Slack workspace on this machine only. Nothing you type here leaves it.</p>
    </nav>
  );
}

function PersonLine({ person, now }: { person: Colleague; now: number }) {
  const clockwork = useClockwork(person.tz);
  return (
    <span className="person-line">
      <Avatar id={person.id} name={person.real_name} size={28} />
      <span className="person-words">
        <b>{person.real_name}</b>
        <span>
          {person.role} · {clockwork.time(now)} {placeOf(person.tz)}
        </span>
      </span>
      {person.unread > 0 && <Unread count={person.unread} />}
    </span>
  );
}

interface PlaceProps {
  channel: ChannelInfo;
  href: string;
  current: boolean;
  label: string;
  face: React.ReactNode;
}

function Place({ channel, href, current, label, face }: PlaceProps) {
  const classes = [
    'place',
    current ? 'place-current' : '',
    channel.unread > 0 && !current ? 'place-unread' : '',
  ];
  return (
    <li>
      <a
        className={classes.filter(Boolean).join(' ')}
        href={href}
        aria-current={current ? 'page' : undefined}
      >
        <span className="place-face">{face}</span>
        <span className="place-name">{label}</span>
        {/* As in Slack: a channel with news is bold, and only what is meant for you has a number. */}
        {channel.unread > 0 && !current && channel.kind === 'im' && <Unread count={channel.unread} />}
      </a>
    </li>
  );
}

function Unread({ count }: { count: number }) {
  return (
    <span className="unread">
      {count > 99 ? '99+' : count}
      <span className="unseen"> unread</span>
    </span>
  );
}
