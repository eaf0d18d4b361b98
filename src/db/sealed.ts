// Sealed columns: the words people trust us with, unreadable in the database without the operator's master key.

import { createCipheriv, createDecipheriv, createSecretKey, type KeyObject, randomBytes } from 'node:crypto';
import type { Schema } from './schema.ts';
import type { Tenant } from './tenancy.ts';

/** A master key as the operator names it. A KeyObject, so that printing or logging it shows nothing. */
export interface MasterKey {
  id: string;
  key: KeyObject;
}

/** The one place a sealed value belongs to. Opened for any other, it fails: it cannot be moved or swapped. */
export interface Place {
  workspaceId: string;
  table: keyof Schema;
  column: string;
  /** The row's key after the workspace, in the order of the table's primary key. */
  row: readonly string[];
}

export interface Sealer {
  /** False where the operator gave no ENCRYPTION_KEYS: ask before sealing, and answer with `needsKeys`. */
  available: boolean;
  /** For a `bytea` column. Makes the workspace's data key when it is the first value ever sealed there. */
  seal(trx: Tenant, place: Place, words: string): Promise<Buffer>;
  /** Throws SealBroken where the value was changed, moved, or sealed with a key that is not there. */
  open(trx: Tenant, place: Place, sealed: Uint8Array): Promise<string>;
  /** Throws SealBroken, saying what to do, where the master keys do not fit what the workspace has sealed. */
  check(trx: Tenant, workspaceId: string): Promise<void>;
}

/** What somebody is told who asks for a sealed feature of a bot without keys. */
export const needsKeys =
  'This needs ENCRYPTION_KEYS; whoever runs Evenkeel can make one with `npm run keys:new`.';

/** A sealed value or key that cannot be opened. Its message names keys by id and never holds a word or a key. */
export class SealBroken extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'SealBroken';
  }
}

// AES-256-GCM with a random 96-bit nonce. NIST SP 800-38D, 8.3: at most 2^32 values under one key this way.
const cipher = 'aes-256-gcm';
const keyBytes = 32;
const nonceBytes = 12;
const tagBytes = 16;

/** First byte of every sealed value, so that a later format can be told apart. */
const format = 1;
/** Format, then the data key's number in two bytes. */
const headerBytes = 3;

/** `masterKeys`: the first locks new data keys, all of them unlock; empty where the operator gave none. */
export function createSealer(masterKeys: readonly MasterKey[]): Sealer {
  const [current] = masterKeys;
  // A key made by a transaction that is rolled back must be forgotten with it, so nothing outlives its transaction.
  const known = new WeakMap<Tenant, Map<string, DataKey[]>>();

  async function dataKeys(trx: Tenant, workspaceId: string): Promise<DataKey[]> {
    const ofThisTransaction = known.get(trx) ?? new Map<string, DataKey[]>();
    known.set(trx, ofThisTransaction);
    const found = ofThisTransaction.get(workspaceId) ?? (await unwrapAll(trx, workspaceId, masterKeys));
    if (found.length > 0) ofThisTransaction.set(workspaceId, found);
    return found;
  }

  async function latestKey(trx: Tenant, workspaceId: string): Promise<DataKey> {
    const found = (await dataKeys(trx, workspaceId)).at(-1);
    if (found) return found;
    if (!current) throw new SealBroken('ENCRYPTION_KEYS is not set, so nothing can be sealed');
    await addFirstKey(trx, workspaceId, current);
    // Read back: another transaction may have been first, and then theirs is the one that counts.
    const made = (await dataKeys(trx, workspaceId)).at(-1);
    if (!made) throw new Error('The data key just made is not there');
    return made;
  }

  return {
    available: current !== undefined,
    async seal(trx, place, words) {
      const { number, key } = await latestKey(trx, place.workspaceId);
      const header = Buffer.alloc(headerBytes);
      header.writeUInt8(format, 0);
      header.writeUInt16BE(number, 1);
      return Buffer.concat([header, lock(key, Buffer.from(words, 'utf8'), boundTo(place, number))]);
    },
    async open(trx, place, sealed) {
      const value = Buffer.from(sealed);
      if (value.length < headerBytes + nonceBytes + tagBytes || value.readUInt8(0) !== format) {
        throw new SealBroken(`A value in ${place.table}.${place.column} is not a sealed one`);
      }
      const number = value.readUInt16BE(1);
      const found = (await dataKeys(trx, place.workspaceId)).find((key) => key.number === number);
      if (!found) throw new SealBroken(`Data key ${number} of the workspace is not there`);
      try {
        return unlock(found.key, value.subarray(headerBytes), boundTo(place, number)).toString('utf8');
      } catch (cause) {
        throw new SealBroken(
          `A value in ${place.table}.${place.column} was changed or belongs to another place`,
          { cause },
        );
      }
    },
    async check(trx, workspaceId) {
      await unwrapAll(trx, workspaceId, masterKeys);
    },
  };
}

interface DataKey {
  number: number;
  key: KeyObject;
}

/** Every data key of the workspace, oldest first. */
async function unwrapAll(
  trx: Tenant,
  workspaceId: string,
  masterKeys: readonly MasterKey[],
): Promise<DataKey[]> {
  const rows = await trx
    .selectFrom('workspace_keys')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .orderBy('key_number')
    .execute();
  return rows.map(({ key_number, master_key_id, wrapped_key }) => {
    const master = masterKeys.find(({ id }) => id === master_key_id);
    if (!master) {
      const trouble =
        masterKeys.length === 0
          ? `ENCRYPTION_KEYS is not set, and this database is sealed with the key "${master_key_id}". Put it back`
          : `ENCRYPTION_KEYS has no key with the id "${master_key_id}", which this database is sealed with. Put it back, after the current one if there is a newer`;
      throw new SealBroken(`${trouble}; without it the sealed words cannot be read.`);
    }
    try {
      const key = unlock(master.key, wrapped_key, boundToWorkspace(workspaceId, key_number));
      return { number: key_number, key: createSecretKey(key) };
    } catch (cause) {
      throw new SealBroken(
        `The key "${master_key_id}" in ENCRYPTION_KEYS is not the one this database was sealed with. Put the earlier one back under that id, and give a new key an id of its own.`,
        { cause },
      );
    }
  });
}

async function addFirstKey(trx: Tenant, workspaceId: string, master: MasterKey): Promise<void> {
  const number = 1;
  await trx
    .insertInto('workspace_keys')
    .values({
      workspace_id: workspaceId,
      key_number: number,
      master_key_id: master.id,
      wrapped_key: lock(master.key, randomBytes(keyBytes), boundToWorkspace(workspaceId, number)),
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** What is authenticated along with a value. JSON keeps apart what plain joining would run together. */
const boundTo = ({ workspaceId, table, column, row }: Place, keyNumber: number): Buffer =>
  Buffer.from(JSON.stringify(['value', format, workspaceId, table, column, row, keyNumber]));

const boundToWorkspace = (workspaceId: string, keyNumber: number): Buffer =>
  Buffer.from(JSON.stringify(['data key', format, workspaceId, keyNumber]));

/** Nonce, then ciphertext, then tag. */
function lock(key: KeyObject, plain: Buffer, bound: Buffer): Buffer {
  const nonce = randomBytes(nonceBytes);
  const locking = createCipheriv(cipher, key, nonce, { authTagLength: tagBytes }).setAAD(bound);
  return Buffer.concat([nonce, locking.update(plain), locking.final(), locking.getAuthTag()]);
}

/** Throws where key, bytes or what they are bound to differ in the least. */
function unlock(key: KeyObject, locked: Buffer, bound: Buffer): Buffer {
  const unlocking = createDecipheriv(cipher, key, locked.subarray(0, nonceBytes), { authTagLength: tagBytes })
    .setAAD(bound)
    .setAuthTag(locked.subarray(-tagBytes));
  return Buffer.concat([unlocking.update(locked.subarray(nonceBytes, -tagBytes)), unlocking.final()]);
}

type KeysReading = { kind: 'keys'; keys: MasterKey[] } | { kind: 'refused'; advice: string };

const howToMakeOne = '`npm run keys:new` prints a line to paste.';

/**
 * Reads `id:base64,id:base64`, the first being the current one. Advice names entries by their place in the list,
 * never by what stands there: a slip may have put a key where its id belongs.
 */
export function readMasterKeys(text: string): KeysReading {
  const entries = text.split(',').map((entry) => entry.trim());
  const keys: MasterKey[] = [];
  for (const [index, entry] of entries.entries()) {
    const which = entries.length === 1 ? '' : `Entry ${index + 1} of ${entries.length}: `;
    const refused = (trouble: string): KeysReading => ({
      kind: 'refused',
      advice: `cannot be used. ${which}${trouble} ${howToMakeOne}`,
    });
    const colon = entry.indexOf(':');
    const id = entry.slice(0, Math.max(colon, 0)).trim();
    const base64 = entry.slice(colon + 1).trim();
    if (!/^[A-Za-z0-9._-]{1,40}$/.test(id)) {
      return refused(
        'it needs the form id:key, where the id is letters, digits, dots and dashes, 40 at most.',
      );
    }
    const key = /^[A-Za-z0-9+/]+={0,2}$/.test(base64) ? Buffer.from(base64, 'base64') : Buffer.alloc(0);
    if (key.length !== keyBytes) return refused('the key after the colon must be 32 bytes in base64.');
    if (keys.some((other) => other.id === id)) return refused('its id is taken by an earlier one.');
    keys.push({ id, key: createSecretKey(key) });
  }
  return { kind: 'keys', keys };
}

/** A fresh `id:base64`, ready for ENCRYPTION_KEYS. */
export const newMasterKey = (id: string): string => `${id}:${randomBytes(keyBytes).toString('base64')}`;
