// Times that suit two people: inside both their working hours, on the lead's calendar days, clear of other 1:1s.

import { localDay } from '../../time/days.ts';
import {
  isWithinWork,
  isWorkingDay,
  type WorkingLife,
  workBegins,
  workEnds,
} from '../../time/working-days.ts';
import { assumedHours } from './one-on-ones.ts';

interface Offering {
  lead: WorkingLife;
  /** IANA zone of the other one; null: not known, so only the lead's hours count. */
  otherZone: string | null;
  minutes: number;
  now: Temporal.Instant;
  /** What the lead has planned already, with its length. */
  taken: readonly { at: Temporal.Instant; minutes: number }[];
}

const daysToLook = 8;
const slotMinutes = 30;

/** Up to three, each on another day, from tomorrow on; the lead's local times. Empty: their hours never meet. */
export function offerTimes(offering: Offering): Temporal.PlainDateTime[] {
  const { lead, now, minutes } = offering;
  const today = localDay(now, lead.timeZone);
  const offers: Temporal.PlainDateTime[] = [];
  for (let away = 1; away <= daysToLook && offers.length < 3; away += 1) {
    const day = today.add({ days: away });
    if (!isWorkingDay(lead, day)) continue;
    const free = slotsOf(day, lead, minutes).filter((slot) => fits(slot, offering));
    // Not always the first: mornings run out, and a day's middle is easier to keep.
    const slot = free[Math.floor((free.length * (offers.length + 1)) / 4)];
    if (slot) offers.push(slot);
  }
  return offers;
}

function slotsOf(day: Temporal.PlainDate, lead: WorkingLife, minutes: number): Temporal.PlainDateTime[] {
  const slots: Temporal.PlainDateTime[] = [];
  const last = workEnds(lead, day).subtract({ minutes });
  for (
    let at = workBegins(lead, day);
    Temporal.Instant.compare(at, last) <= 0;
    at = at.add({ minutes: slotMinutes })
  ) {
    slots.push(at.toZonedDateTimeISO(lead.timeZone).toPlainDateTime());
  }
  return slots;
}

function fits(slot: Temporal.PlainDateTime, { lead, otherZone, minutes, taken }: Offering): boolean {
  const at = slot.toZonedDateTime(lead.timeZone).toInstant();
  const until = at.add({ minutes });
  const clashes = taken.some(
    (other) =>
      Temporal.Instant.compare(at, other.at.add({ minutes: other.minutes })) < 0 &&
      Temporal.Instant.compare(other.at, until) < 0,
  );
  return (
    !clashes && (otherZone === null || isWithinWork({ ...assumedHours, timeZone: otherZone }, at, until))
  );
}
