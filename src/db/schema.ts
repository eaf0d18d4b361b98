// The database as Kysely knows it: every folder that keeps something brings its tables, each explained column by column.
// A test holds them against the migrated database. Every key starts with workspace_id.

import type { LeadsTables } from '../leads/leads.tables.ts';
import type { PromptsTables } from '../prompts/prompts.tables.ts';
import type { BalanceTables } from '../rooms/balance/balance.tables.ts';
import type { CommitmentsTables } from '../rooms/commitments/commitments.tables.ts';
import type { DelegationTables } from '../rooms/delegation/delegation.tables.ts';
import type { OneOnOnesTables } from '../rooms/one-on-ones/one-on-ones.tables.ts';
import type { PostmortemsTables } from '../rooms/postmortems/postmortems.tables.ts';
import type { RetrosTables } from '../rooms/retros/retros.tables.ts';
import type { DbTables } from './db.tables.ts';

export interface Schema
  extends DbTables,
    LeadsTables,
    PromptsTables,
    BalanceTables,
    CommitmentsTables,
    DelegationTables,
    OneOnOnesTables,
    RetrosTables,
    PostmortemsTables {}
