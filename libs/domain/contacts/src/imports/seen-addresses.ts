import { hash } from 'node:crypto';

const INITIAL_SLOTS = 1 << 16;

/**
 * Which addresses a file has named before, in eight bytes each: an open hash table of 64-bit digests, 16 MB for a
 * million rows. Two different addresses share a digest with a chance below one in a million at five million rows.
 */
export class SeenAddresses {
  private slots = new Uint32Array(2 * INITIAL_SLOTS);
  private count = 0;

  /** True when `canonical` is new. */
  add(canonical: string): boolean {
    const digest = hash('sha1', canonical, 'buffer');
    if (this.count * 3 > this.slots.length) this.grow();
    // Zero marks a free slot.
    const isNew = this.insert(digest.readUInt32LE(0), digest.readUInt32LE(4) || 1);
    if (isNew) this.count++;
    return isNew;
  }

  private insert(low: number, high: number): boolean {
    const mask = this.slots.length / 2 - 1;
    for (let slot = low & mask; ; slot = (slot + 1) & mask) {
      const present = this.slots[2 * slot + 1];
      if (present === 0) {
        this.slots[2 * slot] = low;
        this.slots[2 * slot + 1] = high;
        return true;
      }
      if (present === high && this.slots[2 * slot] === low) return false;
    }
  }

  private grow(): void {
    const old = this.slots;
    this.slots = new Uint32Array(2 * old.length);
    for (let at = 0; at < old.length; at += 2) if (old[at + 1] !== 0) this.insert(old[at]!, old[at + 1]!);
  }
}
