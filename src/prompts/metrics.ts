// What an operator can watch: counts of every way a delivery can go, and how late the sent ones were.

import { Counter, Gauge, Histogram, Registry } from 'prom-client';

export interface PromptMetrics {
  registry: Registry;
  due: Counter;
  claimed: Counter;
  sent: Counter<'kind'>;
  skipped: Counter<'reason'>;
  missed: Counter<'reason'>;
  later: Counter<'reason'>;
  inDoubt: Counter;
  unknown: Counter;
  failed: Counter<'error'>;
  rateLimited: Counter;
  stopped: Gauge;
  reconciled: Counter<'kind' | 'what'>;
  unreconciled: Counter;
  stranded: Counter;
  lateness: Histogram;
}

/** Registers the engine's metrics; a registry holds one engine's. */
export function promptMetrics(registry: Registry = new Registry()): PromptMetrics {
  const registers = [registry];
  const counter = <Label extends string = never>(name: string, help: string, labelNames: Label[] = []) =>
    new Counter<Label>({ name: `evenkeel_prompts_${name}_total`, help, labelNames, registers });
  return {
    registry,
    due: counter('due', 'Occurrences that fell due'),
    claimed: counter('claimed', 'Deliveries handed to the job queue, repeated tries included'),
    sent: counter('sent', 'Messages that stand in Slack', ['kind']),
    skipped: counter('skipped', 'Deliveries not sent on purpose', ['reason']),
    missed: counter('missed', 'Deliveries that came too late to be of use', ['reason']),
    later: counter('later', 'Deliveries put off', ['reason']),
    inDoubt: counter('in_doubt', 'Posts of which Slack did not say whether it took them'),
    unknown: counter('unknown', 'Posts in doubt where the conversation could not be read'),
    failed: counter('failed', 'Dead letters', ['error']),
    rateLimited: counter('rate_limited', 'Times Slack asked to wait'),
    reconciled: counter('reconciled', 'Schedules that were not as they should be, put right', [
      'kind',
      'what',
    ]),
    unreconciled: counter(
      'unreconciled',
      'Leads whose schedules could not be compared with what they should be',
    ),
    stranded: counter(
      'stranded',
      'Jobs that a replica held for long without knowing, given back to the queue',
    ),
    stopped: new Gauge({
      name: 'evenkeel_workspaces_stopped',
      help: 'Workspaces of this process that Slack lets nobody speak in',
      registers,
    }),
    lateness: new Histogram({
      name: 'evenkeel_prompts_lateness_seconds',
      help: 'From the moment a delivery was first due to the moment it was sent, for those nobody put off',
      buckets: [1, 5, 15, 60, 120, 300, 600, 1800, 3600, 14_400, 86_400],
      registers,
    }),
  };
}
