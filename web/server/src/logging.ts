import { destination, pino, type Logger } from 'pino';

/** One JSON object a line on stderr: stdout belongs to the one line that says "listening". */
export function createLogger(level: string): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
    },
    // At once, so that nothing is lost when the process ends.
    destination({ dest: 2, sync: true }),
  );
}
