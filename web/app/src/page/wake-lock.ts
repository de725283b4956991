/** Keeps the screen on while playing (a phone on a music stand); where the browser cannot, no harm. */
export function keepAwake(): () => void {
  let lock: WakeLockSentinel | null = null;
  let wanted = true;
  let asking = false;

  const take = async (): Promise<void> => {
    if (!wanted || document.hidden || !('wakeLock' in navigator)) return;
    if (asking || lock?.released === false) return;
    asking = true;
    try {
      lock = await navigator.wakeLock.request('screen');
      if (!wanted) await lock.release();
    } catch {
      // Low battery or a policy: the screen may go dark.
    } finally {
      asking = false;
    }
  };
  // A page that is hidden loses it.
  const again = (): void => void take();

  document.addEventListener('visibilitychange', again);
  again();
  return () => {
    wanted = false;
    document.removeEventListener('visibilitychange', again);
    void lock?.release().catch(() => undefined);
  };
}
