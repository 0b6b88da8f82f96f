/**
 * Names that can belong to nobody (RFC 2606, RFC 6761). Mail to them never leaves the machine.
 * Samples: `simulator.test`, `shop.example`, `a.invalid`, `localhost`, `example.org`.
 */
const RESERVED_TOP = new Set(['test', 'example', 'invalid', 'localhost']);
const RESERVED_DOMAINS = new Set(['example.com', 'example.net', 'example.org']);

/** True for a domain (A-labels, any case) whose mail is only ever taken by the sandbox. */
export function isReservedDomain(domain: string): boolean {
  const lower = domain.toLowerCase();
  return RESERVED_TOP.has(lower.slice(lower.lastIndexOf('.') + 1)) || RESERVED_DOMAINS.has(lower);
}
