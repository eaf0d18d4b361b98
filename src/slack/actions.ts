// What a button, menu or form leads to and what it carries: an id and a shape, declared once as a pair.

import { z } from 'zod';

/** Named values, in the order in which they are written. */
export type Shape = Readonly<Record<string, z.ZodType>>;

/** Where a button, menu or picker leads, by its `action_id`. */
export interface Action<S extends Shape = Shape> {
  readonly id: string;
  readonly shape: S;
}

/** Where a modal's submission goes, by its `callback_id`. */
export interface Modal<S extends Shape = Shape> {
  readonly id: string;
  readonly data: S;
}

type ValuesOf<S extends Shape> = z.infer<z.ZodObject<S>>;

/** What comes back with a click. */
export type Carried<A> = A extends Action<infer S> ? ValuesOf<S> : never;

/** What comes back with a submission. */
export type DataOf<M> = M extends Modal<infer S> ? ValuesOf<S> : never;

/** The values as whoever makes the button says them. */
export type Written<S extends Shape> = z.input<z.ZodObject<S>>;

/** An action that carries the named values. Numbers are `z.coerce.number()`, since older buttons carry them as text. */
export function action(id: string): Action<Record<never, never>>;
export function action<const S extends Shape>(id: string, shape: S): Action<S>;
export function action(id: string, shape: Shape = {}): Action {
  return { id, shape };
}

/** A modal whose submission brings the named values back. */
export function modal(id: string): Modal<Record<never, never>>;
export function modal<const S extends Shape>(id: string, data: S): Modal<S>;
export function modal(id: string, data: Shape = {}): Modal {
  return { id, data };
}

/** An id as we make them. */
export const uuid = z.uuid();

/** A person, channel or workspace as Slack names them. */
export const slackId = z.string().regex(/^[A-Z0-9]{1,64}$/);

/** A moment or a local day as we write them. */
export const instant = z.iso.datetime({ precision: null }).transform((text) => Temporal.Instant.from(text));
export const plainDate = z.iso.date().transform((text) => Temporal.PlainDate.from(text));

/**
 * What an action carries, as the text that Slack gives back: a JSON array of the values in the shape's order, which
 * leaves room for a uuid and a word in the 75 characters of an option. Undefined where it carries nothing.
 */
export function written<S extends Shape>({ shape }: Action<S>, carried: object = {}): string | undefined {
  const names = Object.keys(shape);
  if (names.length === 0) return undefined;
  // All of them, so that what stands behind the colon of the id is never taken for one that is missing.
  return JSON.stringify(names.map((name) => (carried as Record<string, unknown>)[name] ?? null));
}

/**
 * Reads what `written` wrote, and what versions before it left standing in people's Slack: a JSON object, values
 * joined by commas or spaces, one value bare, and a last one behind the colon of the `action_id`. A picker's own
 * value is bare as well. Undefined where it does not fit the shape.
 */
export function readCarried<S extends Shape>(
  { shape }: Action<S>,
  value: string,
  suffix: string,
): ValuesOf<S> | undefined {
  const schema = z.object(shape);
  for (const values of readings(value, suffix.startsWith(numbering) ? '' : suffix, Object.keys(shape))) {
    const given = Object.entries(values).filter(([, one]) => one !== null && one !== '');
    const parsed = schema.safeParse(Object.fromEntries(given));
    if (parsed.success) return parsed.data as ValuesOf<S>;
  }
  return undefined;
}

/** Behind the colon of an `action_id`, where it only tells apart what stands in one row. */
export const numbering = '#';

/** Every way in which the text may name the values, the likeliest first. */
function* readings(
  text: string,
  suffix: string,
  names: readonly string[],
): Generator<Record<string, unknown>> {
  const named = (values: readonly unknown[], from = 0) =>
    Object.fromEntries(names.slice(from).map((name, at) => [name, values[at] ?? null]));
  const json = asJson(text);
  if (typeof json === 'object' && json !== null && !Array.isArray(json)) yield { ...json };
  const lists = [
    ...(Array.isArray(json) ? [json] : []),
    ...(names.length > 1 ? [text.split(',').map((part) => part.trim()), text.split(' ')] : []),
    [text],
  ];
  for (const list of lists) {
    const values = suffix === '' ? list : text === '' ? [suffix] : [...list, suffix];
    yield named(values);
    yield named(list);
    // The first ones may be missing as well as the last.
    yield named(values, Math.max(0, names.length - values.length));
  }
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not written by this version; the other readings follow.
    return undefined;
  }
}

/** A modal's data as it came back, undefined where it is another modal's or was tampered with. */
export const readData = <S extends Shape>({ data }: Modal<S>, brought: unknown): ValuesOf<S> | undefined =>
  z.object(data).safeParse(brought ?? {}).data as ValuesOf<S> | undefined;
