// The whole page: the bar with the clock, the workspace, and whatever stands beside or in front of it.

import { useCallback, useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { read, send } from './api.ts';
import { AskProvider, type Look, LookProvider, useClockwork, useLook } from './context.tsx';
import { Icon, Mark } from './icons.tsx';
import { Clock, nextDigest, useNow } from './parts/clock.tsx';
import { ChannelHeader, Conversation } from './parts/conversation.tsx';
import { Drawer } from './parts/drawer.tsx';
import { Home } from './parts/home.tsx';
import { Modal } from './parts/modal.tsx';
import { Sidebar } from './parts/sidebar.tsx';
import { Thread } from './parts/thread.tsx';
import { Tour } from './parts/tour.tsx';
import { Session, type Snapshot } from './session.ts';

/** `#maren/app`: who one is, and where. */
interface Route {
  person: string;
  where: string;
}

function routeNow(): Route | undefined {
  const [person = '', where = ''] = decodeURIComponent(location.hash.slice(1)).split('/');
  return person === '' ? undefined : { person, where: where === '' ? 'app' : where };
}

function useRoute(): Route | undefined {
  const [route, setRoute] = useState(routeNow);
  useEffect(() => {
    const changed = () => setRoute(routeNow());
    window.addEventListener('hashchange', changed);
    return () => window.removeEventListener('hashchange', changed);
  }, []);
  useEffect(() => {
    if (route !== undefined) return;
    // Whoever comes without an address comes as the lead: the bot is for them.
    void read<{ name: string; role: string }[]>('people')
      .then((people) => {
        const lead = people.find(({ role }) => role === 'lead') ?? people[0];
        if (lead !== undefined) location.replace(`#${lead.name}/app`);
      })
      .catch((error: Error) => console.warn(error.message));
  }, [route]);
  return route;
}

/** Light or dark as the system has it, or as chosen here. */
function useTheme() {
  const system = window.matchMedia('(prefers-color-scheme: dark)');
  const [chosen, setChosen] = useState(() => localStorage.getItem('theme'));
  const [dark, setDark] = useState(system.matches);
  useEffect(() => {
    const changed = () => setDark(system.matches);
    system.addEventListener('change', changed);
    return () => system.removeEventListener('change', changed);
  }, [system]);
  const theme = chosen === 'light' || chosen === 'dark' ? chosen : dark ? 'dark' : 'light';
  useEffect(() => {
    document.documentElement.dataset.theme = theme;
  }, [theme]);
  const toggle = () => {
    const next = theme === 'dark' ? 'light' : 'dark';
    localStorage.setItem('theme', next);
    setChosen(next);
  };
  return { theme, toggle } as const;
}

export function App() {
  const route = useRoute();
  const desk = useDesk();
  if (route === undefined) return <p className="opening">Opening the workspace…</p>;
  return (
    <AskProvider>
      <Entrance key={route.person} route={route} desk={desk} />
    </AskProvider>
  );
}

/** What stays open whoever one is. */
function useDesk() {
  const [drawer, setDrawer] = useState(false);
  const [tour, setTour] = useState(() => localStorage.getItem('tour') !== 'closed');
  const [tourAt, setTourAt] = useState(0);
  const [digestRead, setDigestRead] = useState(false);
  const [seenViolations, setSeenViolations] = useState(0);
  const closeTour = () => {
    localStorage.setItem('tour', 'closed');
    setTour(false);
  };
  const openTour = () => {
    setTourAt(0);
    setTour(true);
  };
  return {
    drawer,
    setDrawer,
    tour,
    openTour,
    closeTour,
    tourAt,
    setTourAt,
    digestRead,
    setDigestRead,
    seenViolations,
    setSeenViolations,
  };
}

type Desk = ReturnType<typeof useDesk>;

/** Listens to the sandbox as one person, and opens the workspace once it knows what they see. */
function Entrance({ route, desk }: { route: Route; desk: Desk }) {
  const session = useMemo(() => new Session(route.person), [route.person]);
  useEffect(() => session.start(), [session]);
  const snapshot = useSyncExternalStore(session.subscribe, session.current);
  const { theme, toggle } = useTheme();
  const { state } = snapshot;
  const look = useMemo<Look | undefined>(
    () => (state === undefined ? undefined : { session, state, theme }),
    [session, state, theme],
  );
  if (look === undefined) return <p className="opening">{snapshot.trouble ?? 'Opening the workspace…'}</p>;
  return (
    <LookProvider value={look}>
      <Workspace route={route} desk={desk} snapshot={snapshot} toggleTheme={toggle} />
    </LookProvider>
  );
}

interface WorkspaceProps {
  route: Route;
  desk: Desk;
  snapshot: Snapshot;
  toggleTheme(): void;
}

function Workspace({ route, desk, snapshot, toggleTheme }: WorkspaceProps) {
  const { person, where } = route;
  const { drawer, setDrawer, tour, closeTour, seenViolations, setSeenViolations } = desk;
  const { session, state, theme } = useLook();
  const now = useNow(state.clock);
  const clockwork = useClockwork(state.clock.lead_tz);
  const [thread, setThread] = useState<{ channelId: string; ts: string }>();
  const [menu, setMenu] = useState(false);
  const [offered, setOffered] = useState<{ text: string }>();
  const [filling, setFilling] = useState(false);

  const link = useCallback((there: string, as: string = person) => `#${as}/${there}`, [person]);
  const go = useCallback(
    (there: string, as?: string) => {
      location.hash = link(there, as);
      setMenu(false);
      setThread(undefined);
    },
    [link],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever one goes elsewhere
  useEffect(() => {
    setMenu(false);
    setThread(undefined);
  }, [where]);

  const app = state.channels.find(({ is_app }) => is_app);
  const channel = where === 'app' || where === 'home' ? app : state.channels.find(({ id }) => id === where);
  const atHome = where === 'home';
  const channelId = channel?.id;
  const showThread = useCallback(
    (ts: string) => {
      if (channelId !== undefined) setThread({ channelId, ts });
    },
    [channelId],
  );
  const violations = Math.max(state.violations, snapshot.violations.length);
  const newest = snapshot.violations.at(-1);
  const fill = async () => {
    setFilling(true);
    await send('do/story').catch((error: Error) => session.say(error.message));
    setFilling(false);
  };
  const appMessages = app === undefined ? [] : (snapshot.conversations.get(app.id)?.messages ?? []);
  const isLead = state.me.role === 'lead';

  return (
    <div className={`page${menu ? ' page-menu' : ''}${thread !== undefined || drawer ? ' page-side' : ''}`}>
      <button
        type="button"
        className="skip"
        onClick={() => document.querySelector<HTMLElement>('main textarea, main .home button')?.focus()}
      >
        Skip to the conversation
      </button>
      <header className="bar">
        <button
          type="button"
          className="icon-button bar-menu"
          aria-label="Channels and people"
          aria-expanded={menu}
          onClick={() => setMenu(!menu)}
        >
          <Icon name="menu" />
        </button>
        <p className="brand">
          <Mark size={28} />
          <span>
            <b>Evenkeel</b> sandbox
          </span>
        </p>
        <Clock now={now} upcoming={snapshot.upcoming} />
        <div className="bar-tools">
          {state.actions.includes('story') && (
            <button type="button" className="button bar-story" disabled={filling} onClick={() => void fill()}>
              {filling ? 'Filling in…' : 'Fill in eight weeks'}
            </button>
          )}
          <button
            type="button"
            className="icon-button"
            aria-label="Behind the scenes"
            title="Behind the scenes"
            aria-pressed={drawer}
            onClick={() => setDrawer(!drawer)}
          >
            <Icon name="code" />
            {violations > seenViolations && <span className="dot" />}
          </button>
          <button
            type="button"
            className="icon-button"
            aria-label={theme === 'dark' ? 'Use light colours' : 'Use dark colours'}
            title={theme === 'dark' ? 'Use light colours' : 'Use dark colours'}
            onClick={toggleTheme}
          >
            <Icon name={theme === 'dark' ? 'sun' : 'moon'} />
          </button>
          <button
            type="button"
            className="icon-button"
            aria-label="Tour"
            title="Tour"
            aria-pressed={tour}
            onClick={() => (tour ? closeTour() : desk.openTour())}
          >
            <Icon name="help" />
          </button>
        </div>
      </header>
      {violations > seenViolations && (
        <div className="banner" role="alert">
          <p>
            <b>Slack would refuse this.</b> {newest?.message ?? `${violations} refusals are in the log.`}
          </p>
          <button
            type="button"
            className="link"
            onClick={() => {
              setDrawer(true);
              setSeenViolations(violations);
            }}
          >
            Open the log
          </button>
          <button
            type="button"
            className="icon-button"
            aria-label="Dismiss"
            title="Dismiss"
            onClick={() => setSeenViolations(violations)}
          >
            <Icon name="close" size={16} />
          </button>
        </div>
      )}
      {!snapshot.live && (
        <p className="banner banner-quiet" role="status">
          The sandbox does not answer. Trying again…
        </p>
      )}
      <div className="workspace">
        <Sidebar
          here={where}
          now={now}
          link={link}
          go={go}
          fill={state.actions.includes('story') && !filling ? () => void fill() : undefined}
        />
        {menu && (
          <button
            type="button"
            className="veil"
            aria-label="Close the list of channels"
            onClick={() => setMenu(false)}
          />
        )}
        <main className="main" id="main">
          {channel === undefined ? (
            <p className="opening">There is no such conversation. Choose one on the left.</p>
          ) : (
            <>
              {channel.is_app ? (
                <div className="channel-head channel-app">
                  <h1>Evenkeel</h1>
                  <nav className="app-tabs" aria-label="Evenkeel">
                    <a href={link('home')} aria-current={atHome ? 'page' : undefined}>
                      Home
                    </a>
                    <a href={link('app')} aria-current={atHome ? undefined : 'page'}>
                      Messages
                    </a>
                  </nav>
                </div>
              ) : (
                <ChannelHeader channel={channel} />
              )}
              {atHome ? (
                <Home />
              ) : (
                <Conversation
                  key={channel.id}
                  channel={channel}
                  snapshot={snapshot}
                  onThread={showThread}
                  offered={offered}
                />
              )}
            </>
          )}
          <div className="notices" role="status">
            {snapshot.notices.map((notice) => (
              <p key={notice.id} className="notice">
                <span>{notice.text}</span>
                <button
                  type="button"
                  className="icon-button"
                  aria-label="Dismiss"
                  onClick={() => session.dismiss(notice.id)}
                >
                  <Icon name="close" size={16} />
                </button>
              </p>
            ))}
          </div>
        </main>
        {thread !== undefined && channel !== undefined && !drawer && (
          <Thread
            channel={channel}
            ts={thread.ts}
            messages={snapshot.conversations.get(thread.channelId)?.messages ?? []}
            onClose={() => setThread(undefined)}
          />
        )}
        {drawer && (
          <Drawer log={snapshot.log} violations={snapshot.violations} onClose={() => setDrawer(false)} />
        )}
        {tour && !drawer && (
          <Tour
            at={desk.tourAt}
            setAt={desk.setTourAt}
            onClose={closeTour}
            steps={[
              {
                title: 'Log some time',
                text: 'You are Maren, who leads the platform team. Say what you just did, in one line.',
                label: 'Put it in for me',
                act: () => {
                  go('app');
                  setOffered({ text: '/logtime 45m review' });
                },
                done: appMessages.length > 0,
              },
              {
                title: 'Open the Home',
                text: 'Where the week stands, whenever you want to know, and the buttons to change it.',
                label: 'Open it',
                act: () => go('home'),
                done: atHome,
              },
              {
                title: 'Move to Friday',
                text: 'The clock is yours. On Friday comes the digest: how the week divided, in a message to you alone.',
                label: 'Go to the digest',
                act: () => {
                  go('app');
                  void session
                    .moveClock({ to: nextDigest(snapshot.upcoming, now, clockwork) })
                    .then((moved) => desk.setDigestRead(desk.digestRead || moved));
                },
                done: desk.digestRead,
              },
              {
                title: 'Be someone else',
                text: 'Nothing you logged is to be seen there: there is no manager’s view.',
                label: 'Become Duarte',
                act: () => go('app', state.people.find(({ role }) => role === 'engineer')?.name),
                done: !isLead,
              },
              {
                title: 'Look behind the scenes',
                text: 'Every request between Slack and the bot, as it went over the line.',
                label: 'Open it',
                act: () => setDrawer(true),
                done: snapshot.log.length > 0,
              },
            ]}
          />
        )}
      </div>
      {state.modal !== null && <Modal key={state.modal.id} view={state.modal} depth={state.modal_depth} />}
    </div>
  );
}
