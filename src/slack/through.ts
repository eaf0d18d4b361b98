// Doors that share a way in: what comes before the work, as who may and in which transaction, is said once for all.

import type { Action, Modal, Shape } from './actions.ts';
import type {
  ActionRequest,
  Answer,
  CommandRequest,
  Doors,
  Handler,
  Request,
  SubmissionRequest,
} from './doors.ts';

/** Wraps work that is handed `Given`, and then the request, as a handler of requests of the kind `Base`. */
export type Way<Given extends unknown[], Base extends Request = Request> = <R extends Base>(
  work: (...args: [...Given, R]) => Promise<Answer>,
) => Handler<R>;

/** Nothing, where the request is of the kind that the way wants; else an argument that nobody can give. */
type Fits<R, Base> = R extends Base ? [] : [never];

export interface Through<Given extends unknown[], Base extends Request = Request> {
  command(
    name: string,
    work: (...args: [...Given, CommandRequest]) => Promise<Answer>,
    ...fits: Fits<CommandRequest, Base>
  ): void;
  action<S extends Shape>(
    to: Action<S>,
    work: (...args: [...Given, ActionRequest<Action<S>>]) => Promise<Answer>,
    ...fits: Fits<ActionRequest<Action<S>>, Base>
  ): void;
  submission<S extends Shape>(
    to: Modal<S>,
    work: (...args: [...Given, SubmissionRequest<Modal<S>>]) => Promise<Answer>,
    ...fits: Fits<SubmissionRequest<Modal<S>>, Base>
  ): void;
}

/** Doors behind one way in: `through<[Step, Person], Naming>(doors, way).action(actions.end, async (step, person) => …)`. */
export function through<Given extends unknown[], Base extends Request = Request>(
  doors: Doors,
  way: Way<Given, Base>,
): Through<Given, Base> {
  // That each request fits the way is what `fits` had the compiler check.
  const wrap = way as unknown as (work: unknown) => Handler<never>;
  return {
    command: (name, work, ..._fits) => doors.command(name, wrap(work) as Handler<CommandRequest>),
    action: (to, work, ..._fits) => doors.action(to, wrap(work) as Handler<ActionRequest<typeof to>>),
    submission: (to, work, ..._fits) =>
      doors.submission(to, wrap(work) as Handler<SubmissionRequest<typeof to>>),
  };
}
