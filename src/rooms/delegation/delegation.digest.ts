// This room's part of the weekly digest: what moved, what is waiting, and what is asked about next.

import { button, paragraph, row } from '../../slack/blocks.ts';
import type { Block } from '../../slack/message.ts';
import { localDay } from '../../time/days.ts';
import { type IsoWeek, weekDays } from '../../time/weeks.ts';
import { listInWords } from '../../words.ts';
import type { CheckIn } from './delegation.check-ins.ts';
import { levelWords } from './delegation.levels.ts';
import type { Delegation } from './delegation.ts';
import { ahead, dateInWords, ids, nameOf, type Reader, riskWarning, titleOf } from './delegation.views.ts';

/** Weeks without a new delegation after which the digest says so. */
const silentWeeks = 3;

/** Nothing at all for a lead who never delegated anything here, or of whom the week shows nothing. */
export function digestBlocks(
  delegations: readonly Delegation[],
  checkIns: readonly CheckIn[],
  week: IsoWeek,
  reader: Reader,
): Block[] {
  const { lead, now } = reader;
  const days = weekDays(week);
  const today = localDay(now, lead.timeZone);
  const inWeek = (at: Temporal.Instant | null): boolean => {
    const day = at && localDay(at, lead.timeZone);
    return Boolean(day && days.some((one) => one.equals(day)));
  };
  const titles = (some: readonly Delegation[]): string =>
    listInWords(some.map((each) => `${titleOf(each)} (${nameOf(each)})`));

  const told = delegations.filter(({ toldAt }) => inWeek(toldAt));
  const open = delegations.filter(({ state }) => state === 'open');
  const done = delegations.filter(({ state, closedAt }) => state === 'done' && inWeek(closedAt));
  const back = delegations.filter(({ state, closedAt }) => state === 'taken-back' && inWeek(closedAt));
  const waiting = open.filter(({ proposal }) => proposal?.by === 'person');
  const nextWeek = today.add({ days: 7 });
  const stillHere = open.filter(({ personLeft }) => !personLeft);
  const asked = stillHere.flatMap((delegation) =>
    ahead(
      checkIns.filter(({ delegationId }) => delegationId === delegation.id),
      today,
    )
      .filter(({ day }) => Temporal.PlainDate.compare(day, nextWeek) <= 0)
      .slice(0, 1)
      .map(({ day }) => `${titleOf(delegation)} with ${nameOf(delegation)} on ${dateInWords(day, today)}`),
  );
  const latest = delegations
    .flatMap(({ toldAt }) => (toldAt ? [toldAt] : []))
    .toSorted(Temporal.Instant.compare)
    .at(-1);
  const silent = latest ? Math.floor(latest.until(now).total('hours') / (24 * 7)) : 0;

  const lines = [
    told.length > 0 ? `Handed over: ${titles(told)}.` : '',
    done.length > 0 ? `Done: ${titles(done)}.` : '',
    back.length > 0 ? `Taken back: ${titles(back)}.` : '',
    ...waiting.map(
      (each) =>
        `${nameOf(each)} proposes *${levelWords(each.proposal?.level ?? each.level).name}* for ${titleOf(each)} and waits for your answer.`,
    ),
    asked.length > 0 ? `Check-ins ahead: ${listInWords(asked)}.` : '',
    silent >= silentWeeks ? `Nothing was handed over for ${silent} weeks.` : '',
  ].filter((line) => line !== '');
  const risk = riskWarning(delegations);
  if (lines.length === 0 && !risk) return [];
  return [
    ...(lines.length > 0 ? [paragraph(['*Delegation*', ...lines].join('\n'))] : []),
    ...(risk ? [risk] : []),
    ...(silent >= silentWeeks ? [row(button('Delegate something', ids.give))] : []),
  ];
}
