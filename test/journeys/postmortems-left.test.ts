// Somebody who left the channel a post-mortem stands in: they read and write it no more, whatever they wrote before.

import { expect, test } from '@jest/globals';
import { useHouse } from '../support/house.ts';

const house = useHouse({ at: '2026-11-16T09:00' });

test('who left its channel neither reads a post-mortem nor writes in it', async () => {
  const { lead, slack, goTo } = house.current;
  const channel = [...slack.workspace().channels.values()].find(({ name }) => name === 'team-platform')!;
  channel.kind = 'private';
  await lead.types('/postmortem checkout was down, sev1, here', { in: 'team-platform' });
  await goTo('2026-11-16T09:02');
  const jonas = slack.person('jonas');
  await jonas.types('/postmortem note 08:20 rolled back', { in: 'team-platform' });
  expect(jonas.sees()).toContain('Added to');
  channel.members.splice(channel.members.indexOf(jonas.id), 1);
  await lead.types('/postmortem note 08:30 the customer list leaked', { in: 'team-platform' });
  await jonas.types('/postmortem export 1');
  expect(`${jonas.sees()} ${jonas.modal()?.text}`).not.toContain('leaked');
  await jonas.types('/postmortem list');
  expect(jonas.sees()).not.toContain('PM-1');
  await jonas.types('/postmortem note pm-1 08:40 written from outside');
  expect(jonas.sees()).not.toContain('Added to');
});
