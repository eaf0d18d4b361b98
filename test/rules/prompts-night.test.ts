// Nobody is woken: every kind of prompt there is, due at every half hour of a fortnight, on time and after an outage.

import { expect, test } from '@jest/globals';
import { createSealer } from '../../src/db/sealed.ts';
import { mayBeSaidNow, type Towards } from '../../src/prompts/decide.ts';
import { noticeKinds } from '../../src/prompts/notices.ts';
import type { PromptKind } from '../../src/prompts/prompts.ts';
import { openRooms } from '../../src/rooms.ts';
import { aLead, instant } from '../support/prompts.ts';

const { rooms } = openRooms({ sealer: createSealer([]), now: () => instant('2026-11-16T10:00Z') });
const kinds: PromptKind[] = [...rooms.flatMap((room) => room.prompts ?? []), ...noticeKinds(() => undefined)];

const hearer = aLead({ timeZone: 'Pacific/Auckland' });
const monday = instant('2026-11-15T11:00Z');
const halfHours = Array.from({ length: 14 * 48 }, (_, count) => monday.add({ minutes: 30 * count }));

/** When it is said, if it falls due then and the bot looks at it so many minutes later; undefined: not at all. */
function saidAt(kind: PromptKind, towards: Towards, due: Temporal.Instant, late: number) {
  let at = due.add({ minutes: late });
  for (let looks = 0; looks < 10; looks += 1) {
    const one = { kind, subject: '', towards, occurrence: due, requested: false };
    const ruling = mayBeSaidNow(hearer, one, at);
    if (ruling.kind === 'go') return at;
    if (ruling.kind !== 'wait') return undefined;
    at = ruling.until;
  }
  throw new Error(`${kind.name} waits for ever`);
}

const isNight = (at: Temporal.Instant): boolean => {
  const { hour } = at.toZonedDateTimeISO(hearer.timeZone);
  return hour < 9 || hour >= 22;
};

/** Who reads what the lead has just asked for did act; and an hour that the lead chose themselves is theirs to choose. */
const isExpected = (kind: PromptKind, towards: Towards): boolean =>
  towards === 'lead' &&
  ((kind.kind === 'question' && kind.whenQuiet === 'at-its-hour') || (kind.kind === 'errand' && !kind.ahead));

const towards = (kind: PromptKind): Towards[] => (kind.kind === 'errand' ? ['lead', 'other'] : ['lead']);

test.each(kinds.flatMap((kind) => towards(kind).map((to) => [kind.name, to, kind] as const)))(
  '%s, said to the %s, comes at no hour of the night',
  (_name, to, kind) => {
    let said = 0;
    for (const due of halfHours) {
      for (const late of [0, 10, 5 * 60, 11 * 60]) {
        const at = saidAt(kind, to, due, late);
        if (!at) continue;
        said += 1;
        const expected = late <= 15 && isExpected(kind, to);
        if (!expected && isNight(at))
          throw new Error(`Due ${due}, ${late} minutes late: ${at.toZonedDateTimeISO(hearer.timeZone)}`);
      }
    }
    expect(said).toBeGreaterThan(0);
  },
);

test('to other people nothing comes outside their working hours', () => {
  for (const kind of kinds.filter((one) => one.kind === 'errand'))
    for (const due of halfHours) {
      const local = saidAt(kind, 'other', due, 0)?.toZonedDateTimeISO(hearer.timeZone);
      if (local) expect(local.dayOfWeek < 6 && local.hour >= 9 && local.hour < 18).toBe(true);
    }
});

test('the hours that leads choose themselves are these, and no others', () => {
  const chosen = kinds.filter((kind) => kind.kind === 'question' && kind.whenQuiet === 'at-its-hour');
  expect(chosen.map(({ name }) => name).toSorted()).toEqual(['digest', 'one-on-one-before']);
});
