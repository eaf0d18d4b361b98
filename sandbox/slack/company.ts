// The small company the sandbox opens with: a tech lead, five engineers far apart, a product manager, three channels.

import type { WorkspaceSpec } from './workspaces.ts';

export const smallCompany: WorkspaceSpec = {
  id: 'T0TIDEWATER',
  name: 'Tidewater',
  domain: 'tidewater-sandbox',
  people: [
    { name: 'maren', realName: 'Maren Okafor', role: 'lead', tz: 'Europe/Berlin' },
    { name: 'duarte', realName: 'Duarte Pimentel', role: 'engineer', tz: 'Europe/Lisbon' },
    { name: 'shanice', realName: 'Shanice Whitlock', role: 'engineer', tz: 'America/New_York' },
    { name: 'bikash', realName: 'Bikash Thapaliya', role: 'engineer', tz: 'Asia/Kathmandu' },
    { name: 'aroha', realName: 'Aroha Tamihana', role: 'engineer', tz: 'Pacific/Auckland' },
    { name: 'jonas', realName: 'Jonas Lindqvist', role: 'engineer', tz: 'Europe/Berlin' },
    { name: 'leyla', realName: 'Leyla Haddad', role: 'product manager', tz: 'Europe/Berlin' },
  ],
  channels: [
    { name: 'general', purpose: 'Everyone, about everything' },
    {
      name: 'team-platform',
      purpose: 'The platform team at work',
      bot: true,
    },
    {
      name: 'incidents',
      purpose: 'When something burns',
      private: true,
      members: ['maren', 'duarte', 'shanice', 'bikash', 'aroha', 'jonas'],
    },
  ],
};
