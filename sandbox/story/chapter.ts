// What a chapter of the story is: who acts, when, and what they do.

import type { Person } from '../slack/people.ts';

/** Who may act in it: anyone in the workspace, by name or role. */
export interface Cast {
  lead: Person;
  person(nameOrRole: string): Person;
}

/** Something somebody does at some moment. */
export interface Beat {
  /** 0 is the first of the eight weeks, 7 the one before this; 8 is this week, as far as it has come. */
  week: number;
  /** ISO: Monday is 1. */
  day: number;
  /** `17:30`, by the lead's clock. */
  at: string;
  play(cast: Cast): Promise<unknown>;
}

/** A room's part of the story. */
export interface Chapter {
  beats: Beat[];
}
