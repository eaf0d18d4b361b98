// What a person has to hear and has heard, also where somebody else had it sent.

import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create index schedules_to_hear on schedules (workspace_id, destination) where next_at is not null;
    create index deliveries_to_hear on deliveries (workspace_id, destination) where due_at is not null;
    create index deliveries_heard on deliveries (workspace_id, destination, counted_on)
      where counted_on is not null;
  `.execute(db);
}
