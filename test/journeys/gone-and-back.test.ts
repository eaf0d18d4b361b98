// What goes away comes back cleanly: a token that Slack refuses, the bot itself, somebody who left, a channel.

import { expect, test } from '@jest/globals';
import { useHouse } from '../support/house.ts';

const house = useHouse();

const ready = async () => (await fetch(`${house.current.url}/readyz`)).text();
/** That Slack lets nobody speak is an operator's matter, and the log says so. */
const loggedAsStopped = () => {
  const { log } = house.current;
  const found = log.filter(({ level, msg }) => level === 50 && /does not let us speak/.test(String(msg)));
  log.length = 0;
  return found.length;
};
const digests = () => house.current.lead.dm().filter(({ text }) => /Week \d{4}-W/.test(text));

test('Slack refuses the token for days: the operator sees it, and when it does not the digest comes', async () => {
  const { lead, slack, goTo } = house.current;
  await lead.types('/logtime 2h review');
  const refused = slack.faults.add({ kind: 'error', error: 'invalid_auth', method: '*' });
  await goTo('2026-11-20T15:30');
  expect(digests()).toEqual([]);
  expect(await ready()).toMatch(
    /^ready\nSlack lets nobody speak in T\w+ since 2026-11-18T08:30:00Z: invalid_auth/,
  );
  refused.remove();
  await goTo('2026-11-20T16:35');
  expect(await ready()).toBe('ready');
  expect(digests()).toHaveLength(1);
  expect(loggedAsStopped()).toBe(1);
});

test('the bot is removed and installed again: the next thing somebody types brings everything back', async () => {
  const { app, lead, slack, goTo } = house.current;
  await slack.uninstall();
  await app.idle();
  expect(await ready()).toContain('account_inactive');
  await goTo('2026-11-27T15:10');
  expect(digests()).toHaveLength(1);
  slack.workspace().installed = true;
  await lead.types('/keel settings');
  await goTo('2026-11-27T15:11');
  expect(await ready()).toBe('ready');
  expect(digests()).toHaveLength(2);
  expect(loggedAsStopped()).toBe(1);
});

test('somebody is deactivated over their digest, and comes back: the next one comes', async () => {
  const { app, lead, slack, goTo } = house.current;
  await slack.deactivate('lead');
  await app.idle();
  await goTo('2026-12-05T10:00');
  expect(digests()).toHaveLength(2);
  await slack.reactivate('lead');
  await app.idle();
  await goTo('2026-12-11T15:10');
  expect(digests()).toHaveLength(3);
  await lead.types('/keel prompts');
  expect(lead.sees()).toContain('Weekly digest');
  expect(lead.sees()).not.toContain('Paused');
});

test('a channel that looks back is deleted: its rhythm ends as when it is archived, and the lead hears of it', async () => {
  const { app, lead, slack, goTo } = house.current;
  const channel = [...slack.workspace().channels.values()].find(
    ({ kind, members }) =>
      kind === 'public' && members.includes(lead.id) && members.includes(slack.workspace().botUserId),
  );
  if (!channel) throw new Error('The company has a channel with the lead and the bot in it');
  await lead.types(`/retro in #${channel.name} every 2 weeks friday 14:00 named`);
  await slack.sendEvent({ type: 'channel_rename', channel: { id: channel.id, name: 'renamed', created: 1 } });
  await slack.sendEvent({ type: 'channel_deleted', channel: channel.id });
  await app.idle();
  await goTo('2026-12-14T10:00');
  expect(
    lead
      .dm()
      .map(({ text }) => text)
      .join('\n'),
  ).toContain(`#${channel.name} is archived or deleted, so looking back there has stopped`);
  await lead.types('/retro list');
  expect(lead.sees()).not.toContain('every second Friday');
});

// What a simulated year asks for: the one word that somebody is back can be lost, as with the database away.
test('nobody says that somebody is back: Slack is asked, and their digest comes again', async () => {
  const { app, lead, slack, goTo } = house.current;
  await slack.deactivate('lead');
  await app.idle();
  await goTo('2026-12-19T10:00');
  const before = digests().length;
  slack.workspace().people.get(lead.id)!.deleted = false;
  await goTo('2027-01-08T15:10');
  expect(digests().length).toBeGreaterThan(before);
});

test('nobody says so, and they come to a door: they are heard of as there at once', async () => {
  const { app, lead, slack, goTo } = house.current;
  await slack.deactivate('lead');
  await app.idle();
  await goTo('2027-01-15T14:00');
  const before = digests().length;
  slack.workspace().people.get(lead.id)!.deleted = false;
  await lead.types('/logtime 20m review');
  await goTo('2027-01-15T15:10');
  expect(digests().length).toBe(before + 1);
});
