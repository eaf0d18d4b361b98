// Five steps for somebody new, each of them something to do; and at the end the way to their own Slack.

import { useEffect, useState } from 'react';
import { Icon } from '../icons.tsx';

interface Step {
  title: string;
  text: string;
  /** The button that does it, or brings one there. */
  label: string;
  act(): void;
  /** Whether it has been done. */
  done: boolean;
}

interface Props {
  steps: Step[];
  at: number;
  setAt(at: number): void;
  onClose(): void;
}

export function Tour({ steps, at, setAt, onClose }: Props) {
  const step = steps[at];
  const done = step?.done ?? false;
  // A step that was just done makes way for the next by itself; looking back at one does not.
  const [begun, setBegun] = useState({ at, done: false });
  useEffect(() => {
    if (begun.at !== at) setBegun({ at, done });
    else if (done && !begun.done) setAt(at + 1);
  }, [at, done, begun, setAt]);

  return (
    <aside className="tour" aria-label="Tour">
      <button
        type="button"
        className="icon-button tour-close"
        aria-label="Close the tour"
        title="Close"
        onClick={onClose}
      >
        <Icon name="close" size={16} />
      </button>
      {step === undefined ? (
        <>
          <p className="tour-count">That is it</p>
          <h2>Now install it in your Slack</h2>
          <p>
            About ten minutes: create the app from <code>manifest.json</code>, put its token and signing
            secret into <code>.env</code>, and run <code>npm start</code>. The README takes you through it.
          </p>
          <div className="tour-buttons">
            <button type="button" className="link" onClick={() => setAt(0)}>
              Once more
            </button>
            <a
              className="button button-primary"
              href="https://api.slack.com/apps?new_app=1"
              target="_blank"
              rel="noopener noreferrer"
            >
              Create the app
            </a>
          </div>
        </>
      ) : (
        <>
          <p className="tour-count">
            {at + 1} of {steps.length}
          </p>
          <h2>{step.title}</h2>
          <p>{step.text}</p>
          <div className="tour-buttons">
            <button type="button" className="link" onClick={() => setAt(at + 1)}>
              {step.done ? 'Next' : 'Skip'}
            </button>
            <button type="button" className="button button-primary" onClick={step.act}>
              {step.label}
            </button>
          </div>
        </>
      )}
      <div className="tour-dots" aria-hidden="true">
        {steps.map((one, which) => (
          <i key={one.title} data-here={which === at} data-done={one.done} />
        ))}
      </div>
    </aside>
  );
}
