import { ConfigError, readConfig } from './config.js';
import { createLogger } from './logging.js';
import { createServer } from './server.js';

/** The process: environment in, one line on stdout when ready, signals to end it. */
async function main(): Promise<void> {
  const config = readConfig(process.env);
  const log = createLogger(config.logLevel);
  const server = createServer(config, { log });

  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    // Once: a second Ctrl-C ends the process without ceremony.
    process.once(signal, () => {
      log.info({ signal }, 'closing');
      void server.close().then(() => process.exit(0));
    });
  }

  await server.listen();
  if (!process.env['ROOM_SECRET']?.trim()) {
    log.info('ROOM_SECRET is not set: rooms end when this process does.');
  }
  process.stdout.write(`listening on ${server.url}\n`);
}

/** Why it did not start, one line for each problem, in words for whoever set it up. */
function explain(error: unknown): string[] {
  if (error instanceof ConfigError) return [...error.problems];
  const { code } = error as NodeJS.ErrnoException;
  const port = process.env['PORT'] ?? '8000';
  if (code === 'EADDRINUSE') {
    return [`Port ${port} is taken by another program: end that, or set PORT to another one`];
  }
  if (code === 'EACCES') {
    return [`This user may not listen on port ${port}: set PORT to 1024 or above`];
  }
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
    return [`HOST is not an address of this machine: correct it, or leave it empty`];
  }
  return [error instanceof Error ? (error.stack ?? error.message) : String(error)];
}

function fail(error: unknown): void {
  const log = createLogger('fatal');
  for (const problem of explain(error)) log.fatal(problem);
  process.exit(1);
}

process.on('uncaughtException', fail);
main().catch(fail);
