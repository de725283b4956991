/** Polls until `look` answers something that is not null or false; the limit is only for defects. */
export async function eventually<T>(
  what: string,
  look: () => Promise<T | null | false> | T | null | false,
  limitMs = 90_000,
): Promise<T> {
  const end = Date.now() + limitMs;
  for (;;) {
    const seen = await look();
    if (seen !== null && seen !== false) return seen;
    if (Date.now() > end) throw new Error(`never came true: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
