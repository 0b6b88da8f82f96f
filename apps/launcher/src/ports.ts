import { createServer } from 'node:net';

/** Names every port that somebody else holds, or null when all are free. */
export async function findTakenPorts(host: string, ports: Record<string, number>): Promise<string | null> {
  const taken: string[] = [];
  for (const [name, port] of Object.entries(ports)) {
    if (!(await isFree(host, port))) taken.push(`${port} (${name})`);
  }
  if (taken.length === 0) return null;
  const several = taken.length > 1;
  return (
    `Port${several ? 's' : ''} ${taken.join(', ')} ${several ? 'are' : 'is'} in use by another program. ` +
    'Stop it, or start on other ports: npm start -- --port 4000'
  );
}

function isFree(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, host, () => probe.close(() => resolve(true)));
  });
}
