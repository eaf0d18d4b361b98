// Behind the scenes: every request and answer between the bot and Slack, what Slack would refuse, and faults to play.

import { type FormEvent, type ReactNode, useCallback, useEffect, useState } from 'react';
import { read, send } from '../api.ts';
import { useClockwork, useLook } from '../context.tsx';
import { Icon } from '../icons.tsx';
import type { LogEntry, Violation } from '../types.ts';
import { curlOf } from './curl.ts';

interface Props {
  log: readonly LogEntry[];
  violations: readonly Violation[];
  onClose(): void;
}

const tabs = ['Requests', 'Refusals', 'Faults'] as const;
type Tab = (typeof tabs)[number];

export function Drawer({ log, violations, onClose }: Props) {
  const { session } = useLook();
  const [tab, setTab] = useState<Tab>(violations.length > 0 ? 'Refusals' : 'Requests');
  useEffect(() => void session.watchLog(), [session]);
  return (
    <aside className="side side-wide" aria-label="Behind the scenes">
      <header className="side-head">
        <h2>Behind the scenes</h2>
        <button
          type="button"
          className="icon-button"
          aria-label="Close behind the scenes"
          title="Close"
          onClick={onClose}
        >
          <Icon name="close" />
        </button>
      </header>
      <div className="tabs" role="tablist" aria-label="Behind the scenes">
        {tabs.map((one) => (
          <button
            key={one}
            type="button"
            role="tab"
            aria-selected={tab === one}
            className="tab"
            onClick={() => setTab(one)}
          >
            {one}
            {one === 'Refusals' && violations.length > 0 && (
              <span className="unread">{violations.length}</span>
            )}
          </button>
        ))}
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <div className="side-body" tabIndex={0} role="tabpanel" aria-label={tab}>
        {tab === 'Requests' && <Requests log={log} violations={violations} />}
        {tab === 'Refusals' && <Refusals violations={violations} />}
        {tab === 'Faults' && <Faults />}
      </div>
    </aside>
  );
}

/** As many as fit a look back; the JSON API has them all. */
const newest = 150;

function Requests({ log, violations }: { log: readonly LogEntry[]; violations: readonly Violation[] }) {
  if (log.length === 0) return <p className="quiet">Nothing has been said between the bot and Slack yet.</p>;
  return (
    <ol className="log">
      {log
        .slice(-newest)
        .toReversed()
        .map((entry) => (
          <Entry
            key={entry.id}
            entry={entry}
            violation={violations.find(({ entryId }) => entryId === entry.id)}
          />
        ))}
    </ol>
  );
}

function Entry({ entry, violation }: { entry: LogEntry; violation: Violation | undefined }) {
  const { state } = useLook();
  const clockwork = useClockwork(state.me.tz);
  const [open, setOpen] = useState(false);
  const [copied, setCopied] = useState(false);
  const failed = (entry.status ?? 200) >= 400 || entry.fault !== undefined || saysNo(entry.response);
  const curl = curlOf(entry, location.origin, state.workspace.bot_token);
  return (
    <li className="log-entry" data-failed={failed || violation !== undefined}>
      <button type="button" className="log-line" aria-expanded={open} onClick={() => setOpen(!open)}>
        <span className={`log-way log-${entry.direction}`}>
          {entry.direction === 'call' ? 'bot → Slack' : 'Slack → bot'}
        </span>
        <span className="log-name">{entry.name}</span>
        <span className="log-meta">
          {entry.fault !== undefined && <span className="log-fault">{entry.fault}</span>}
          {failed && entry.fault === undefined && (
            <span className="log-fault">{saysNo(entry.response) || entry.status}</span>
          )}
          {entry.ms === undefined ? '…' : `${Math.round(entry.ms)} ms`} ·{' '}
          {clockwork.time(Date.parse(entry.at))}
        </span>
      </button>
      {open && (
        <div className="log-detail">
          {violation !== undefined && <p className="log-violation">{violation.message}</p>}
          <h3>Request</h3>
          <Json value={entry.request} />
          <h3>Answer{entry.status === undefined ? '' : ` · ${entry.status}`}</h3>
          <Json value={entry.response} />
          {curl !== undefined && (
            <button
              type="button"
              className="button button-small"
              onClick={async () => {
                await navigator.clipboard.writeText(curl);
                setCopied(true);
              }}
            >
              {copied ? 'Copied' : 'Copy as curl'}
            </button>
          )}
        </div>
      )}
    </li>
  );
}

/** Slack's own `{ok: false, error}`; empty for anything else. */
function saysNo(answer: unknown): string {
  const { ok, error } = (answer ?? {}) as { ok?: boolean; error?: string };
  return ok === false ? (error ?? 'refused') : '';
}

/** JSON with its parts coloured. Strings that are JSON themselves, as Slack sends blocks, are opened up. */
function Json({ value }: { value: unknown }) {
  if (value === undefined || value === null || value === '') return <p className="quiet">Empty</p>;
  const text = JSON.stringify(value, (_key, part: unknown) => opened(part), 2) ?? String(value);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must be reachable by keyboard
    <pre className="json" tabIndex={0}>
      {coloured(text)}
    </pre>
  );
}

function opened(part: unknown): unknown {
  if (typeof part !== 'string' || !/^[[{]/.test(part)) return part;
  try {
    return JSON.parse(part) as unknown;
  } catch {
    return part;
  }
}

function coloured(text: string): ReactNode[] {
  const parts: ReactNode[] = [];
  const pattern = /("(?:\\.|[^"\\])*")(\s*:)?|\b(true|false|null)\b|-?\d+(?:\.\d+)?(?:e[+-]?\d+)?/gi;
  let from = 0;
  for (const match of text.matchAll(pattern)) {
    if (match.index > from) parts.push(text.slice(from, match.index));
    const kind = match[2] !== undefined ? 'key' : match[1] !== undefined ? 'text' : 'value';
    parts.push(
      <span key={match.index} className={`json-${kind}`}>
        {match[1] ?? match[0]}
      </span>,
      match[2] ?? '',
    );
    from = match.index + match[0].length;
  }
  parts.push(text.slice(from));
  return parts;
}

function Refusals({ violations }: { violations: readonly Violation[] }) {
  if (violations.length === 0) {
    return <p className="quiet">Slack would have taken everything the bot has sent so far.</p>;
  }
  return (
    <ol className="refusals">
      {violations.toReversed().map((violation) => (
        <li key={violation.id}>
          <b>{violation.rule}</b>
          <p>{violation.message}</p>
        </li>
      ))}
    </ol>
  );
}

interface Fault {
  id: number;
  kind: string;
  method: string;
  count?: number;
  hits: number;
}

const kinds: Record<string, { label: string; spec: Record<string, unknown> }> = {
  ratelimited: { label: 'Rate limited: “try again in 30 s”', spec: { kind: 'ratelimited', retryAfter: 30 } },
  slow: { label: 'Slow: answers after 4 s', spec: { kind: 'slow', ms: 4000 } },
  error: { label: 'Slack’s own error: internal_error', spec: { kind: 'error', error: 'internal_error' } },
  http: { label: 'Down: HTTP 503', spec: { kind: 'http', status: 503 } },
  'accepted-then-dropped': {
    label: 'Does it, then the line goes dead',
    spec: { kind: 'accepted-then-dropped' },
  },
  disconnect: { label: 'Cut the socket once (Socket Mode)', spec: { kind: 'disconnect' } },
};

const methods = [
  '*',
  'chat.postMessage',
  'chat.update',
  'views.open',
  'views.publish',
  'users.info',
  'response_url',
];

/** Bad days on purpose, to see what the bot makes of them. */
function Faults() {
  const { session } = useLook();
  const [faults, setFaults] = useState<Fault[]>([]);
  const look = useCallback(async () => setFaults(await read<Fault[]>('faults')), []);
  useEffect(() => void look(), [look]);
  const add = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const kind = kinds[String(form.get('kind'))];
    const count = Number(form.get('count'));
    await send('faults', {
      ...kind?.spec,
      method: form.get('method'),
      ...(count > 0 ? { count } : {}),
    }).catch((error: Error) => session.say(error.message));
    await look();
  };
  return (
    <div className="weather">
      <p>Make Slack misbehave, and watch what the bot does about it.</p>
      <form onSubmit={add}>
        <label>
          What happens
          <select name="kind" className="field-input">
            {Object.entries(kinds).map(([name, { label }]) => (
              <option key={name} value={name}>
                {label}
              </option>
            ))}
          </select>
        </label>
        <label>
          To which call
          <select name="method" className="field-input">
            {methods.map((method) => (
              <option key={method} value={method}>
                {method === '*' ? 'Every call' : method}
              </option>
            ))}
          </select>
        </label>
        <label>
          How often
          <select name="count" className="field-input">
            <option value="1">Once</option>
            <option value="3">Three times</option>
            <option value="0">Until I clear it</option>
          </select>
        </label>
        <button type="submit" className="button button-primary">
          Begin
        </button>
      </form>
      {faults.length > 0 && (
        <>
          <h3>Going on</h3>
          <ul>
            {faults.map((fault) => (
              <li key={fault.id}>
                <span>
                  {fault.kind} on {fault.method === '*' ? 'every call' : fault.method}, struck {fault.hits}×
                </span>
                <button
                  type="button"
                  className="link"
                  onClick={async () => {
                    await send(`faults/${fault.id}`, {}, 'DELETE');
                    await look();
                  }}
                >
                  Clear
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
