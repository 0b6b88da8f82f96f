import { createHash } from 'node:crypto';
import type { Behaviour, BehaviourName, Reaction } from './behaviours.js';
import { BEHAVIOURS } from './behaviours.js';
import { providerOf } from '#engine/simulated-providers';
import type { Provider } from '#engine/simulated-providers';

/** What one recipient address will do with every message, as far as it is decided by the address alone. */
export interface Plan {
  provider: Provider;
  refuse: Behaviour['refuse'];
  holdReply: number;
  reactions: Reaction[];
  /** For log and inbox: behaviours joined by `+`, or `none`. */
  label: string;
  /** Number in [0, 1) that picks among variants (texts, delays). */
  variant: number;
}

const names = (Object.keys(BEHAVIOURS) as BehaviourName[]).sort((a, b) => b.length - a.length);

/** The plan of an address, or undefined where its domain is not simulated. Same seed and address, same plan. */
export function planFor(address: string, seed: string): Plan | undefined {
  const provider = providerOf(address);
  if (!provider) return undefined;
  const normal = address.toLowerCase();
  const draws = drawsOf(normal, seed);
  const chosen = provider.key === 'simulator' ? named(normal) : drawn(provider, draws);
  const behaviours: Behaviour[] = chosen.map((name) => BEHAVIOURS[name]);
  return {
    provider,
    refuse: behaviours.find((behaviour) => behaviour.refuse)?.refuse,
    holdReply: Math.max(0, ...behaviours.map((behaviour) => behaviour.holdReply ?? 0)),
    reactions: [...new Set(behaviours.flatMap((behaviour) => behaviour.reactions))],
    label: chosen.join('+') || 'none',
    variant: draws[7]!,
  };
}

/** `unsubscribe-mail-12@` is unsubscribe-mail, not unsubscribe: longest name first. Unknown names just succeed. */
function named(address: string): BehaviourName[] {
  const local = address.slice(0, address.lastIndexOf('@'));
  const name = names.find(
    (candidate) => local === candidate || (/^[+-]/.test(local.slice(candidate.length)) && local.startsWith(candidate)),
  );
  return [name ?? 'success'];
}

function drawn({ shares, machine }: Provider, draws: number[]): BehaviourName[] {
  const [bounce, complaint, open, click, answer, unsubscribe, robot] = draws as [number, ...number[]];
  if (bounce < shares.hardBounce) return ['hard-bounce'];
  if (bounce < shares.hardBounce + shares.mailboxFull) return ['mailbox-full'];
  const chosen: BehaviourName[] = [];
  if (robot! < shares.machine) chosen.push(machine);
  if (open! < shares.open) {
    chosen.push('open');
    if (click! < shares.click) chosen.push('click');
  }
  if (complaint! < shares.complaint) chosen.push('complaint');
  else if (unsubscribe! < shares.unsubscribe) chosen.push('unsubscribe');
  if (answer! < shares.reply) chosen.push('reply');
  else if (answer! < shares.reply + shares.outOfOffice) chosen.push('out-of-office');
  return chosen;
}

/** Eight independent numbers in [0, 1), fixed by seed and address. */
function drawsOf(address: string, seed: string): number[] {
  const digest = createHash('sha256').update(`${seed}\n${address}`).digest();
  return Array.from({ length: 8 }, (_, index) => digest.readUInt32BE(index * 4) / 2 ** 32);
}
