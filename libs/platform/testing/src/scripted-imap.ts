import { startScriptedServer } from './scripted-server.js';
import type { ScriptedPeer, ScriptedServer } from './scripted-server.js';

/** One mail of the script; `size` is what the server claims, the truth unless given. */
export interface ScriptedMail {
  uid: number;
  raw: string;
  size?: number;
}

export interface ScriptedImap {
  mails: ScriptedMail[];
  uidValidity: number;
  /** Capabilities beside IMAP4rev1. */
  capabilities?: string;
  /** Answers a command in its own way; true when it did, false leaves it to the script. */
  instead?: (command: { tag: string; verb: string; line: string }, peer: ScriptedPeer) => boolean;
}

/** An IMAP server with one folder, told by the test what to say and where to misbehave. */
export function startScriptedImap(script: ScriptedImap): Promise<ScriptedServer> {
  return startScriptedServer(async (peer) => {
    peer.say('* OK ready\r\n');
    for (;;) {
      const line = await peer.line().catch(() => null);
      if (line === null) return;
      const [tag = '', first = '', second = ''] = line.split(' ');
      const verb = (first.toUpperCase() === 'UID' ? second : first).toUpperCase();
      if (script.instead?.({ tag, verb, line }, peer)) continue;
      answer(script, { verb, line }, peer);
      peer.say(`${tag} OK done\r\n`);
      if (verb === 'LOGOUT') return peer.end();
    }
  });
}

function answer(script: ScriptedImap, { verb, line }: { verb: string; line: string }, peer: ScriptedPeer): void {
  const { mails, uidValidity, capabilities = '' } = script;
  const last = Math.max(0, ...mails.map(({ uid }) => uid));
  if (verb === 'CAPABILITY') peer.say(`* CAPABILITY IMAP4rev1 ${capabilities}`.trim() + '\r\n');
  if (verb === 'LIST') peer.say('* LIST () "/" INBOX\r\n');
  if (verb === 'SELECT') {
    peer.say(`* ${mails.length} EXISTS\r\n* OK [UIDVALIDITY ${uidValidity}] x\r\n* OK [UIDNEXT ${last + 1}] x\r\n`);
  }
  if (verb !== 'FETCH') return;
  const wanted = inRange(line.split(' ')[3] ?? '', last);
  for (const [index, { uid, raw, size = Buffer.byteLength(raw) }] of mails.entries()) {
    if (!wanted(uid)) continue;
    const date = line.includes('INTERNALDATE') ? ' INTERNALDATE "06-May-2024 10:00:00 +0000"' : '';
    const body = line.includes('BODY') ? ` BODY[] {${Buffer.byteLength(raw)}}\r\n${raw}` : '';
    peer.say(`* ${index + 1} FETCH (UID ${uid} RFC822.SIZE ${size}${date}${body})\r\n`);
  }
}

/** RFC 3501 section 6.4.8: `n:*` holds the last mail even when its UID is below n. */
function inRange(set: string, last: number): (uid: number) => boolean {
  const parts = set.split(',').map((part) => {
    const [from = '0', to = from] = part.split(':');
    const end = to === '*' ? Infinity : Number(to);
    return [to === '*' ? Math.min(Number(from), last) : Number(from), end] as const;
  });
  return (uid) => parts.some(([from, to]) => uid >= from && uid <= to);
}
