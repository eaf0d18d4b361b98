// Prompts as a room of their own: what a lead may do to them, and what is known of a lead through them.

import type { Room } from '../rooms/room.ts';
import { commands, listen } from './controls.slack.ts';
import type { ControlTools } from './controls.steps.ts';
import { takeUpPaused } from './controls.store.ts';
import { pausePlans } from './notices.ts';

export const promptsRoom = (tools: ControlTools): Room => ({
  name: 'prompts',
  commands,
  plans: pausePlans,
  listen: (doors) => listen(doors, tools),
  personBack: takeUpPaused,
  async export(trx, { leadId }) {
    const schedules = await trx.selectFrom('schedules').selectAll().where('lead_id', '=', leadId).execute();
    const deliveries = await trx
      .selectFrom('deliveries')
      .selectAll()
      .where('lead_id', '=', leadId)
      .orderBy('occurrence')
      .execute();
    return [
      {
        name: 'prompts',
        rows: schedules.map((row) => ({
          kind: row.kind,
          subject: row.subject,
          destination: row.destination,
          rule: row.rule,
          starts: row.starts?.toString() ?? null,
          time_zone: row.time_zone,
          once_at: row.once_at?.toString() ?? null,
          next_at: row.next_at?.toString() ?? null,
          state: row.state,
        })),
      },
      {
        name: 'prompts_sent',
        rows: deliveries.map((row) => ({
          kind: row.kind,
          subject: row.subject,
          occurrence: row.occurrence.toString(),
          state: row.state,
          reason: row.reason,
          sent_at: row.sent_at?.toString() ?? null,
          answered_at: row.answered_at?.toString() ?? null,
          answer: row.answer,
        })),
      },
    ];
  },
  // Deliveries hang on schedules.
  async erase(trx, { leadId }) {
    await trx.deleteFrom('schedules').where('lead_id', '=', leadId).execute();
    await trx.deleteFrom('paces').where('destination', '=', leadId).execute();
  },
});
