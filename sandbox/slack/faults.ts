// Bad days on purpose: which calls fail, how, and how often, repeatable by seed.

type FaultKind =
  /** 429 with `Retry-After`. */
  | { kind: 'ratelimited'; retryAfter?: number }
  /** 200 with `{ok: false, error}`. */
  | { kind: 'error'; error: string }
  /** An HTTP status, 500 unless told. */
  | { kind: 'http'; status?: number }
  /** Never answers; nothing is done. */
  | { kind: 'timeout' }
  /** Does the work, then cuts the connection. */
  | { kind: 'accepted-then-dropped' }
  /** Does the work, then waits this many real milliseconds before answering. */
  | { kind: 'slow'; ms: number };

/** Without `share` and `count` the fault always strikes. */
export type FaultSpec = FaultKind & {
  /** A Web API method, `response_url`, or `*` for every one of them. */
  method: string;
  /** 0 to 1: how many of the calls it strikes. */
  share?: number;
  /** How many calls it strikes before it is over. */
  count?: number;
};

interface Fault {
  id: number;
  spec: FaultSpec;
  hits: number;
  remove(): void;
}

export interface Faults {
  add(spec: FaultSpec): Fault;
  list(): Fault[];
  clear(): void;
  /** Restarts the dice. */
  seed(seed: number): void;
  /** Rolls for one call. */
  strike(method: string): FaultSpec | undefined;
}

export function createFaults(): Faults {
  let faults: Fault[] = [];
  let dice = mulberry32(1);
  let lastId = 0;
  return {
    add(spec) {
      lastId += 1;
      const id = lastId;
      const fault: Fault = {
        id,
        spec,
        hits: 0,
        remove: () => {
          faults = faults.filter((one) => one.id !== id);
        },
      };
      faults.push(fault);
      return fault;
    },
    list: () => [...faults],
    clear: () => {
      faults = [];
    },
    seed: (seed) => {
      dice = mulberry32(seed);
    },
    strike(method) {
      for (const fault of faults) {
        const { spec } = fault;
        if (spec.method !== '*' && spec.method !== method) continue;
        if (spec.share !== undefined && dice() >= spec.share) continue;
        fault.hits += 1;
        if (spec.count !== undefined && fault.hits >= spec.count) fault.remove();
        return spec;
      }
      return undefined;
    },
  };
}

/** A small seeded generator (Tommy Ettinger's mulberry32, public domain): the same seed gives the same bad day. */
function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
