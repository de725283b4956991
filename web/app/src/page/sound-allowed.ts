/** Whether the browser lets the page open its sound without a click. */

/** Devices that are slow to open take less. */
const PATIENCE_MS = 2000;

/**
 * Resolves once sound may be opened; calls `blocked` when that seems to want a click first, and
 * goes on waiting. Rejects with the signal's reason.
 */
export async function soundAllowed(blocked: () => void, signal: AbortSignal): Promise<void> {
  const context = new AudioContext();
  const patience = setTimeout(blocked, PATIENCE_MS);
  try {
    await new Promise<void>((resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
      const look = (): void => {
        if (context.state === 'running') resolve();
      };
      context.addEventListener('statechange', look);
      context.resume().then(look, () => undefined);
    });
  } finally {
    clearTimeout(patience);
    await context.close();
  }
}
