// The doors of a rhythm that is set up: its buttons, and the form that skips one.

import type { ActionRequest, Answer, Doors, SubmissionRequest } from '../../slack/doors.ts';
import { insideOf, leftTheChannel } from './retros.access.ts';
import * as actions from './retros.actions.ts';
import { redraw } from './retros.messages.steps.ts';
import { reasonMissing } from './retros.refusals.ts';
import { gone, movedOn } from './retros.replies.views.ts';
import * as forms from './retros.rhythm.forms.ts';
import * as rhythms from './retros.rhythm.steps.ts';
import { nextTime, seriesAt } from './retros.rhythm.ts';
import * as views from './retros.rhythm.views.ts';
import type { RetroTools } from './retros.slack.ts';
import * as steps from './retros.steps.ts';
import * as store from './retros.store.ts';
import { longestReason, type Series } from './retros.ts';

export function listenToRhythms(doors: Doors, tools: RetroTools): void {
  const { leads } = tools;
  const inside = insideOf(tools);

  /** One series of whoever clicks, locked with its channel. */
  const onSeries = (work: (step: rhythms.RhythmStep, series: Series) => Promise<Answer>) =>
    leads.onceAsMember(
      async ({ trx, member, now }, { carried }: ActionRequest<typeof actions.change>): Promise<Answer> => {
        const series = await store.findSeries(trx, carried.seriesId);
        if (series?.leadId !== member.id) return { replace: gone() };
        await store.lockChannel(trx, series.channelId);
        const current = (await store.findSeries(trx, series.id)) ?? series;
        return work({ ...tools, trx, member, now }, seriesAt(current, now));
      },
    );

  doors.action(
    actions.change,
    onSeries(async (_step, series) => ({ form: forms.setUpForm(forms.startOf(series)) })),
  );
  doors.action(
    actions.stop,
    onSeries(async (step, series) => {
      await rhythms.stop(step, series);
      return { replace: views.stopped(series) };
    }),
  );
  const start = onSeries(async (step, series) => {
    const came = await rhythms.start(step, series);
    return { replace: came ? views.setUp(came, step.member.timeZone) : gone() };
  });
  doors.action(
    actions.start,
    async (request) => (await leftTheChannel(request, request.carried.seriesId)) ?? start(request),
  );
  doors.action(
    actions.skipNext,
    onSeries(async ({ member, now }, series) => {
      if (series.skipAt) return { replace: views.skippedAlready() };
      const which = views.whichIsSkipped(series, nextTime(series, member, now), member.timeZone);
      return { form: forms.skipForm({ seriesId: series.id }, which) };
    }),
  );
  doors.action(
    actions.unskip,
    onSeries(async (step, series) => {
      await rhythms.unskip(step, series);
      return { replace: views.unskipped(series.channelId) };
    }),
  );

  const skipOpen = (reason: string) =>
    inside<SubmissionRequest<typeof actions.skipForm>>(({ keep }, { personId }) =>
      keep(async (step, retro) => {
        if (retro.facilitatorId !== personId) return { replace: gone() };
        const shown = { redraw: redraw(tools, retro.id) };
        if (retro.phase !== 'open') return { ...shown, replace: movedOn(retro) };
        await steps.skip(step, retro, reason);
        return { ...shown, replace: views.skipped(retro.channelId, reason) };
      }),
    );
  const skipNext = (seriesId: string | undefined, reason: string) =>
    leads.onceAsMember(async ({ trx, member, now }) => {
      const series = seriesId && (await store.findSeries(trx, seriesId));
      if (!series || series.leadId !== member.id) return { replace: gone() };
      const step = { ...tools, trx, member, now };
      const came = await rhythms.skipNext(step, seriesAt(series, now), reason);
      return { replace: views.nextSkipped(came, series, reason) };
    });
  doors.submission(actions.skipForm, async (request) => {
    const { values, data } = request;
    const reason = values.text(forms.fields.reason).slice(0, longestReason);
    if (reason === '') return { errors: { [forms.fields.reason]: reasonMissing } };
    return data.retroId === undefined ? skipNext(data.seriesId, reason)(request) : skipOpen(reason)(request);
  });
}
