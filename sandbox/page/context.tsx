// What every part of the page may reach for: who looks, the session, and a way to ask "are you sure?".

import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
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

/** Times and days as this person's Slack shows them: in their own zone. */
export function useClockwork(zone: string) {
  return useMemo(() => {
    const write = (options: Intl.DateTimeFormatOptions) => {
      const format = new Intl.DateTimeFormat('en-GB', { ...options, timeZone: zone });
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
      /** `2026-11-27`, to compare days by. */
      key: (at: Date | number) => new Intl.DateTimeFormat('sv-SE', { timeZone: zone }).format(at),
    };
  }, [zone]);
}

/** A message's `ts` as milliseconds. */
export const msOf = (ts: string): number => Number.parseFloat(ts) * 1000;

export const placeOf = (zone: string): string => (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ');
