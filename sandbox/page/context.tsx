// What every part of the page may reach for: who looks, the session, and a way to ask "are you sure?".

import { createContext, type ReactNode, useCallback, useContext, useEffect, useRef, useState } from 'react';
import type { Session } from './session.ts';
import type { Confirm, State } from './types.ts';

export interface Look {
  session: Session;
  state: State;
  theme: 'light' | 'dark';
}

const LookContext = createContext<Look | undefined>(undefined);
export const LookProvider = LookContext.Provider;

export function useLook(): Look {
  const look = useContext(LookContext);
  if (look === undefined) throw new Error('useLook is for parts inside the workspace');
  return look;
}

type Ask = (confirm: Confirm | undefined, danger?: boolean) => Promise<boolean>;
const AskContext = createContext<Ask>(async () => true);
export const useAsk = (): Ask => useContext(AskContext);

interface Question {
  confirm: Confirm;
  danger: boolean;
  settle: (answer: boolean) => void;
}

/** Holds the confirmation dialog that buttons and menus may ask for before they send anything. */
export function AskProvider({ children }: { children: ReactNode }) {
  const [question, setQuestion] = useState<Question>();
  const dialog = useRef<HTMLDialogElement>(null);
  const ask = useCallback<Ask>(
    (confirm, danger = false) =>
      confirm === undefined
        ? Promise.resolve(true)
        : new Promise((settle) => setQuestion({ confirm, danger, settle })),
    [],
  );
  useEffect(() => {
    if (question !== undefined) dialog.current?.showModal();
  }, [question]);
  const answer = (yes: boolean) => {
    question?.settle(yes);
    setQuestion(undefined);
  };
  return (
    <AskContext.Provider value={ask}>
      {children}
      {question !== undefined && (
        <dialog
          ref={dialog}
          className="confirm"
          aria-labelledby="confirm-title"
          onCancel={(event) => {
            event.preventDefault();
            answer(false);
          }}
        >
          <h2 id="confirm-title">{question.confirm.title?.text ?? 'Are you sure?'}</h2>
          <p>{question.confirm.text.text}</p>
          <div className="confirm-buttons">
            <button type="button" className="button" onClick={() => answer(false)}>
              {question.confirm.deny?.text ?? 'Cancel'}
            </button>
            <button
              type="button"
              className={question.danger ? 'button button-danger' : 'button button-primary'}
              onClick={() => answer(true)}
            >
              {question.confirm.confirm?.text ?? 'Yes'}
            </button>
          </div>
        </dialog>
      )}
    </AskContext.Provider>
  );
}

function clockworkOf(timeZone: string) {
  const write = (options: Intl.DateTimeFormatOptions, language = 'en-GB') => {
    const format = new Intl.DateTimeFormat(language, { ...options, timeZone });
    return (at: Date | number) => format.format(at);
  };
  return {
    time: write({ hour: '2-digit', minute: '2-digit' }),
    day: write({ weekday: 'long', day: 'numeric', month: 'long' }),
    shortDay: write({ weekday: 'short', day: 'numeric', month: 'short' }),
    weekday: write({ weekday: 'short' }),
    date: write({ day: 'numeric' }),
    month: write({ month: 'long' }),
    full: write({ weekday: 'long', day: 'numeric', month: 'long', hour: '2-digit', minute: '2-digit' }),
    /** `2026-11-27`, to compare days by: how Swedes write them. */
    key: write({ year: 'numeric', month: '2-digit', day: '2-digit' }, 'sv-SE'),
  };
}

/** Making a format takes longer than drawing a message, so each zone's are made once. */
const clockworks = new Map<string, ReturnType<typeof clockworkOf>>();

/** Times and days as this person's Slack shows them: in their own zone. */
export function useClockwork(zone: string) {
  const known = clockworks.get(zone) ?? clockworkOf(zone);
  clockworks.set(zone, known);
  return known;
}

/** A message's `ts` as milliseconds. */
export const msOf = (ts: string): number => Number.parseFloat(ts) * 1000;

export const placeOf = (zone: string): string => (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ');
