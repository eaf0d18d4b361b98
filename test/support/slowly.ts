// A database on a slow day: each step of keeping something takes longer than a second, and none of them too long.

import { asAdministrator } from './administrator.ts';

/** While `work` runs, remembering a request, forgetting one and keeping logged time take 1.2 s each. */
export async function slowly<T>(databaseUrl: string, work: () => Promise<T>): Promise<T> {
  const name = new URL(databaseUrl).pathname.slice(1);
  await asAdministrator(
    `create function slowly() returns trigger language plpgsql as
       $$ begin perform pg_sleep(1.2); return coalesce(new, old); end $$;
     create trigger slowly before insert or delete on requests for each row execute function slowly();
     create trigger slowly before insert on time_entries for each row execute function slowly();`,
    name,
  );
  try {
    return await work();
  } finally {
    await asAdministrator('drop function slowly cascade', name);
  }
}
