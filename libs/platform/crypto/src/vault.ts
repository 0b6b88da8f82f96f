import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import type { MasterKey } from './master-key.js';

const KEY_ID = 1;
const NONCE = 12;
const TAG = 16;

/**
 * Encrypts secrets for storage: AES-256-GCM with a key id in front and the row as additional data, so that a
 * ciphertext moved to another row does not open.
 *
 * Layout: key id (1 byte) · nonce (12) · tag (16) · ciphertext.
 */
export class Vault {
  private readonly key: Buffer;
  private readonly tokenRing: { current: number; keys: ReadonlyMap<number, Buffer> };

  /** @param tokenKey id (1–255) of the key that signs new tokens; those of the ids below it are still read */
  constructor(master: MasterKey, tokenKey = 1) {
    this.key = Buffer.from(hkdfSync('sha256', master.bytes, '', 'hongyan stored secrets 1', 32));
    const derive = (id: number) => Buffer.from(hkdfSync('sha256', master.bytes, '', `hongyan tokens ${id}`, 32));
    const ids = Array.from({ length: tokenKey }, (_, index) => index + 1);
    this.tokenRing = { current: tokenKey, keys: new Map(ids.map((id) => [id, derive(id)])) };
  }

  /** Key ring that signs recipients' tokens (engine/token), derived so that it needs no storage of its own. */
  get tokenKeys(): { current: number; keys: ReadonlyMap<number, Buffer> } {
    return this.tokenRing;
  }

  /** @param row what the secret belongs to, such as `smtp_accounts:42:password` */
  seal(secret: string, row: string): Buffer {
    const nonce = randomBytes(NONCE);
    const cipher = createCipheriv('aes-256-gcm', this.key, nonce).setAAD(Buffer.from(row));
    const body = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
    return Buffer.concat([Buffer.from([KEY_ID]), nonce, cipher.getAuthTag(), body]);
  }

  /** @throws Error when the ciphertext was made with another master key, was changed, or belongs to another row. */
  open(sealed: Buffer, row: string): string {
    if (sealed[0] !== KEY_ID) throw new Error(`The secret of ${row} was sealed with an unknown key.`);
    const nonce = sealed.subarray(1, 1 + NONCE);
    const decipher = createDecipheriv('aes-256-gcm', this.key, nonce).setAAD(Buffer.from(row));
    decipher.setAuthTag(sealed.subarray(1 + NONCE, 1 + NONCE + TAG));
    return Buffer.concat([decipher.update(sealed.subarray(1 + NONCE + TAG)), decipher.final()]).toString('utf8');
  }
}
