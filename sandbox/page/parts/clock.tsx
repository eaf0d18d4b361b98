// The clock everyone shares: what time it is, ways to move it on, and what is due in the next two weeks.

import { useEffect, useRef, useState } from 'react';
import { placeOf, useClockwork, useLook } from '../context.tsx';
import { Popover } from '../elements/popover.tsx';
import { Avatar, Icon } from '../icons.tsx';
import type { Due, State } from '../types.ts';

/** The sandbox's time now, second by second while it runs. */
export function useNow(clock: State['clock'] | undefined): number {
  const [now, setNow] = useState(0);
  const [from, setFrom] = useState({ base: 0, at: 0 });
  const text = clock?.now;
  const speed = clock?.speed ?? 0;
  useEffect(() => {
    if (text === undefined) return;
    const base = Date.parse(text);
    setFrom({ base, at: performance.now() });
    setNow(base);
  }, [text]);
  useEffect(() => {
    if (speed === 0) return;
    const tick = setInterval(() => setNow(from.base + (performance.now() - from.at) * speed), 1000);
    return () => clearInterval(tick);
  }, [speed, from]);
  return now;
}

const days = 14;
const dayLong = 24 * 3_600_000;

/** The moment of the next digest, as the clock takes it: the planned one, or else Friday at 15:00. */
export function nextDigest(
  upcoming: readonly Due[],
  now: number,
  clockwork: ReturnType<typeof useClockwork>,
): string {
  const planned = upcoming.find(({ what, at }) => what === 'Digest' && Date.parse(at) > now);
  if (planned !== undefined) return planned.at;
  const days = Array.from({ length: 8 }, (_, ahead) => now + ahead * dayLong);
  const fridays = days.filter((day) => clockwork.weekday(day) === 'Fri').map(clockwork.key);
  const over = clockwork.key(now) === fridays[0] && clockwork.time(now) >= '15:00';
  return `${fridays[over ? 1 : 0]}T15:00`;
}

export function Clock({ now, upcoming }: { now: number; upcoming: readonly Due[] }) {
  const { session, state } = useLook();
  const zone = state.clock.lead_tz;
  const clockwork = useClockwork(zone);
  const [moving, setMoving] = useState(false);
  const [open, setOpen] = useState(false);
  const fold = useRef<HTMLButtonElement>(null);
  const running = state.clock.speed > 0;

  useEffect(() => {
    if (!open) return;
    const leave = (event: KeyboardEvent) => {
      // What lies in front of the clock closes first.
      if (event.key !== 'Escape' || document.querySelector(':popover-open, dialog[open]') !== null) return;
      setOpen(false);
      fold.current?.focus();
    };
    window.addEventListener('keydown', leave);
    return () => window.removeEventListener('keydown', leave);
  }, [open]);

  const move = async (body: Record<string, unknown>) => {
    setMoving(true);
    await session.moveClock(body);
    setMoving(false);
  };
  const tomorrow = clockwork.key(now + dayLong);

  return (
    <section className={open ? 'clock clock-open' : 'clock'} aria-label="Clock" aria-busy={moving}>
      <button
        ref={fold}
        type="button"
        className="clock-fold"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        <Icon name="clock" size={16} />
        {clockwork.weekday(now)} {clockwork.time(now)}
        <Icon name="chevron" size={16} />
      </button>
      <div className="clock-now">
        <time dateTime={new Date(now).toISOString()}>
          <b>{clockwork.time(now)}</b> {clockwork.shortDay(now)}
        </time>
        <span className="clock-zone">
          {placeOf(zone)} · {moving ? 'moving…' : running ? 'running' : 'paused'}
        </span>
      </div>
      <div className="clock-moves">
        <button
          type="button"
          className="icon-button"
          aria-label={running ? 'Pause the clock' : 'Let the clock run'}
          title={running ? 'Pause the clock' : 'Let the clock run'}
          onClick={() => void move(running ? { pause: true } : { speed: 1 })}
        >
          <Icon name={running ? 'pause' : 'play'} size={16} />
        </button>
        <button
          type="button"
          className="button button-small"
          disabled={moving}
          onClick={() => void move({ advance: '1h' })}
        >
          + 1 h
        </button>
        <button
          type="button"
          className="button button-small"
          disabled={moving}
          onClick={() => void move({ to: `${tomorrow}T09:00` })}
        >
          Next morning
        </button>
        <button
          type="button"
          className="button button-small"
          disabled={moving}
          onClick={() => void move({ to: 'next' })}
        >
          Next prompt
        </button>
      </div>
      <ol className="strip" aria-label="The days ahead">
        {Array.from({ length: days }, (_, ahead) => {
          const day = clockwork.key(now + ahead * dayLong);
          return (
            <Day
              key={day}
              at={now + ahead * dayLong}
              today={ahead === 0}
              zone={zone}
              due={upcoming.filter(
                (one) => clockwork.key(Date.parse(one.at)) === day && Date.parse(one.at) > now,
              )}
              move={move}
            />
          );
        })}
      </ol>
    </section>
  );
}

interface DayProps {
  at: number;
  today: boolean;
  zone: string;
  due: Due[];
  move(body: Record<string, unknown>): Promise<void>;
}

function Day({ at, today, zone, due, move }: DayProps) {
  const { state } = useLook();
  const clockwork = useClockwork(zone);
  const [open, setOpen] = useState(false);
  const cell = useRef<HTMLButtonElement>(null);
  const name = clockwork.day(at);
  const weekend = ['Sat', 'Sun'].includes(clockwork.weekday(at));
  const go = (body: Record<string, unknown>) => {
    setOpen(false);
    cell.current?.focus();
    void move(body);
  };
  const count = due.length === 0 ? 'nothing due' : due.length === 1 ? '1 due' : `${due.length} due`;
  return (
    <li>
      <button
        ref={cell}
        type="button"
        className={`strip-day${today ? ' strip-today' : ''}${weekend ? ' strip-weekend' : ''}`}
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        <span className="strip-name">{today ? 'Now' : clockwork.weekday(at)}</span>{' '}
        <span className="strip-date">{clockwork.date(at)}</span>{' '}
        <span className="unseen">
          {clockwork.month(at)}: {count}
        </span>
        <span className="strip-dots" aria-hidden="true">
          {due.slice(0, 4).map((one) => (
            <i key={`${one.at}${one.who}${one.what}`} />
          ))}
        </span>
      </button>
      {open && (
        <Popover anchor={cell} onClose={() => setOpen(false)} className="day-card">
          <h3>{name}</h3>
          {due.length === 0 && <p className="quiet">Nothing is due.</p>}
          <ul>
            {due.map((one) => {
              const person = state.people.find(({ id }) => id === one.who);
              return (
                <li key={`${one.at}${one.who}${one.what}`}>
                  <Avatar id={one.who} name={person?.real_name ?? one.who} size={24} />
                  <span className="day-card-words">
                    <b>
                      {clockwork.time(Date.parse(one.at))} {one.what}
                    </b>
                    <span>{person?.real_name ?? one.who}</span>
                  </span>
                  <button type="button" className="button button-small" onClick={() => go({ to: one.at })}>
                    Go there
                  </button>
                </li>
              );
            })}
          </ul>
          {!today && (
            <div className="day-card-moves">
              <button type="button" className="link" onClick={() => go({ to: `${clockwork.key(at)}T09:00` })}>
                Go to 09:00
              </button>
              <button type="button" className="link" onClick={() => go({ to: `${clockwork.key(at)}T17:00` })}>
                Go to 17:00
              </button>
            </div>
          )}
        </Popover>
      )}
    </li>
  );
}
