// The leads' part of the story: the first Monday, on which the lead sets up.

import type { Chapter } from './chapter.ts';

export const leadsChapter: Chapter = {
  beats: [
    {
      week: 0,
      day: 1,
      at: '08:40',
      async play({ lead }) {
        await lead.opensHome();
        // Whoever tried the bot before asking for the story has set up already.
        if (!lead.home()?.text.includes('Set up')) return;
        await lead.clicks('Set up, 1 minute');
        await lead.submits({ engineers: '5' });
      },
    },
  ],
};
