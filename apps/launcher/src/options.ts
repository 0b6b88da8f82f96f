import path from 'node:path';
import { parseArgs } from 'node:util';

/** What `npm start -- …` and the environment say. */
export interface LauncherOptions {
  dataDir: string;
  senders: number;
  /** The operator goes on without the old master key. */
  newMasterKey: boolean;
  /** Environment of every process, complete but for DATABASE_URL. */
  env: NodeJS.ProcessEnv;
  ports: {
    api: number;
    tracker: number;
    sandboxSmtp: number;
    sandboxHttp: number;
    inboundSmtp: number;
    inbound: number;
    sender: number[];
  };
  host: string;
}

/** A wrong option; the message is for the person who typed it. */
export class OptionError extends Error {}

const USAGE = 'npm start -- [--port 3000] [--host 127.0.0.1] [--data .data] [--senders 1] [--new-master-key]';

/**
 * Options win over the environment, the environment over the defaults. `--port N` moves every port of the product to
 * N … N+20, so that several instances fit on one machine.
 * @throws OptionError for an unknown option or a number out of range
 */
export function readOptions(args: string[], env: NodeJS.ProcessEnv): LauncherOptions {
  const values = parse(args);
  const base = values.port === undefined ? null : whole('--port', values.port, 1, 65_500);
  const senders = whole('--senders', values.senders ?? env.SENDERS ?? '1', 1, 16);
  const dataDir = path.resolve(values.data ?? env.DATA_DIR ?? '.data');
  const host = values.host ?? env.HOST ?? '127.0.0.1';
  const port = (name: string, offset: number, fallback: number) =>
    env[name] ? whole(name, env[name], 1, 65_535) : base === null ? fallback : base + offset;
  const ports = {
    api: base ?? port('API_PORT', 0, 3000),
    tracker: port('TRACKER_PORT', 1, 3001),
    sandboxSmtp: port('SANDBOX_SMTP_PORT', 4, 2525),
    sandboxHttp: port('SANDBOX_HTTP_PORT', 5, 2580),
    inboundSmtp: port('INBOUND_SMTP_PORT', 6, 2526),
    inbound: port('INBOUND_PORT', 3, 3003),
    sender: Array.from({ length: senders }, (_, index) => port('SENDER_PORT', 10, 3010) + index),
  };
  const newMasterKey = values['new-master-key'];
  return { dataDir, senders, newMasterKey, host, ports, env: processEnv(env, dataDir, host, ports) };
}

function processEnv(env: NodeJS.ProcessEnv, dataDir: string, host: string, ports: LauncherOptions['ports']) {
  return {
    ...env,
    DATA_DIR: dataDir,
    HOST: host,
    API_PORT: String(ports.api),
    TRACKER_PORT: String(ports.tracker),
    SANDBOX_SMTP_PORT: String(ports.sandboxSmtp),
    SANDBOX_HTTP_PORT: String(ports.sandboxHttp),
    INBOUND_SMTP_PORT: String(ports.inboundSmtp),
    INBOUND_PORT: String(ports.inbound),
    PUBLIC_URL: env.PUBLIC_URL ?? `http://localhost:${ports.api}`,
    TRACKING_URL: env.TRACKING_URL ?? `http://localhost:${ports.tracker}`,
  };
}

function parse(args: string[]) {
  try {
    const options = {
      port: { type: 'string' },
      host: { type: 'string' },
      data: { type: 'string' },
      senders: { type: 'string' },
      'new-master-key': { type: 'boolean', default: false },
    } as const;
    return parseArgs({ args, options }).values;
  } catch (error) {
    throw new OptionError(`${(error as Error).message}\nUsage: ${USAGE}`);
  }
}

function whole(name: string, text: string, min: number, max: number): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < min || value > max) {
    throw new OptionError(`${name} must be a whole number from ${min} to ${max}, not "${text}".\nUsage: ${USAGE}`);
  }
  return value;
}
