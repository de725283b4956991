/** Whether opening the microphone would go without a question. */
export type Permission = 'granted' | 'prompt' | 'denied' | 'unknown';

export async function microphonePermission(): Promise<Permission> {
  try {
    return (await navigator.permissions.query({ name: 'microphone' })).state;
  } catch {
    return 'unknown'; // The browser has no such query: the only way to know is to try.
  }
}
