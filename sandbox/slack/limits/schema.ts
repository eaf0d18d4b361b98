// The small language the limits are written in: checks that name every problem by its JSON pointer, as Slack does.

export interface Problem {
  pointer: string;
  message: string;
}

export type Check = (value: unknown, pointer: string, found: Problem[]) => void;

export function say(found: Problem[], pointer: string, message: string): void {
  found.push({ pointer, message });
}

/** Slack's wording: the problem, then where it is. */
export function wording(problem: Problem): string {
  return `${problem.message} [json-pointer:${problem.pointer}]`;
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Slack counts characters as people do, not UTF-16 units. */
function lengthOf(text: string): number {
  return [...text].length;
}

export function text(limits: { min?: number; max?: number; pattern?: RegExp; like?: string } = {}): Check {
  return (value, pointer, found) => {
    if (typeof value !== 'string') return say(found, pointer, 'must provide a string');
    const length = lengthOf(value);
    if (limits.min !== undefined && length < limits.min) {
      say(found, pointer, `must be more than ${limits.min - 1} characters`);
    }
    if (limits.max !== undefined && length > limits.max) {
      say(found, pointer, `must be less than ${limits.max + 1} characters`);
    }
    if (limits.pattern !== undefined && !limits.pattern.test(value)) {
      say(found, pointer, `must match the format ${limits.like ?? String(limits.pattern)}`);
    }
  };
}

export const flag: Check = (value, pointer, found) => {
  if (typeof value !== 'boolean') say(found, pointer, 'must provide a boolean');
};

export function whole(limits: { min?: number; max?: number } = {}): Check {
  return (value, pointer, found) => {
    if (typeof value !== 'number' || !Number.isInteger(value)) {
      return say(found, pointer, 'must provide an integer');
    }
    if (limits.min !== undefined && value < limits.min) say(found, pointer, `must be at least ${limits.min}`);
    if (limits.max !== undefined && value > limits.max) say(found, pointer, `must be at most ${limits.max}`);
  };
}

export function number(limits: { above?: number } = {}): Check {
  return (value, pointer, found) => {
    if (typeof value !== 'number' || !Number.isFinite(value))
      return say(found, pointer, 'must provide a number');
    if (limits.above !== undefined && value <= limits.above) {
      say(found, pointer, `must be more than ${limits.above}`);
    }
  };
}

export function oneOf(...allowed: readonly string[]): Check {
  return (value, pointer, found) => {
    if (typeof value !== 'string' || !allowed.includes(value)) {
      say(found, pointer, `must be a valid enum value (one of ${allowed.join(', ')})`);
    }
  };
}

export function list(check: Check, limits: { min?: number; max?: number } = {}): Check {
  return (value, pointer, found) => {
    if (!Array.isArray(value)) return say(found, pointer, 'must be an array');
    if (limits.min !== undefined && value.length < limits.min) {
      say(found, pointer, `no less than ${limits.min} items allowed`);
    }
    if (limits.max !== undefined && value.length > limits.max) {
      say(found, pointer, `no more than ${limits.max} items allowed`);
    }
    value.forEach((item, index) => {
      check(item, `${pointer}/${index}`, found);
    });
  };
}

interface Shape {
  required?: Record<string, Check>;
  optional?: Record<string, Check>;
  /** Rules that look at several fields at once; run when every field alone is right. */
  together?: (value: Record<string, unknown>, pointer: string, found: Problem[]) => void;
}

/** An object with exactly these fields: a missing one and one too many are both refused. */
export function object({ required = {}, optional = {}, together }: Shape): Check {
  return (value, pointer, found) => {
    if (!isObject(value)) return say(found, pointer, 'must provide an object');
    const before = found.length;
    for (const [name, check] of Object.entries(required)) {
      if (value[name] === undefined || value[name] === null) {
        say(found, pointer, `missing required field: ${name}`);
      } else {
        check(value[name], `${pointer}/${name}`, found);
      }
    }
    for (const [name, given] of Object.entries(value)) {
      if (name in required || given === undefined || given === null) continue;
      const check = optional[name];
      if (check === undefined) say(found, pointer, `invalid additional property: ${name}`);
      else check(given, `${pointer}/${name}`, found);
    }
    if (found.length === before) together?.(value, pointer, found);
  };
}

/** Chooses the check by the object's `type`. */
export function byType(kinds: () => Record<string, Check>): Check {
  return (value, pointer, found) => {
    if (!isObject(value)) return say(found, pointer, 'must provide an object');
    const check = typeof value.type === 'string' ? kinds()[value.type] : undefined;
    if (check === undefined) {
      return say(found, pointer, `unsupported type: ${String(value.type ?? 'none given')}`);
    }
    check(value, pointer, found);
  };
}

/** Any of several shapes will do; if none fits, the first one's problems are told. */
export function anyOf(...checks: readonly [Check, ...Check[]]): Check {
  return (value, pointer, found) => {
    let first: Problem[] | undefined;
    for (const check of checks) {
      const problems: Problem[] = [];
      check(value, pointer, problems);
      if (problems.length === 0) return;
      first ??= problems;
    }
    say(found, pointer, 'failed to match all allowed schemas');
    found.push(...(first ?? []));
  };
}
