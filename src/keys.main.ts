// `npm run keys:new`: prints a master key, as the line to paste where the bot's variables are kept.

import { newMasterKey } from './db/sealed.ts';

const now = Temporal.Now.zonedDateTimeISO('UTC').round('second');
// To the second, so that two keys made on one day don't share an id.
const id = now.toPlainDateTime().toString().replaceAll(':', '').replace('T', '-');
console.log(`ENCRYPTION_KEYS=${newMasterKey(id)}`);
console.error(
  [
    'Paste the line above into .env, or wherever the bot finds its variables, and keep a copy somewhere safe:',
    'without this key the notes sealed with it cannot be read again, by anybody.',
    'Is there one already? Put the new key first, then a comma, then the earlier ones.',
  ].join('\n'),
);
