/** Sends JSON to the page's own server. */

/** Resolves to the answer's status; rejects when there is no answer. Sends no cookies. */
export async function postJson(path: string, json: unknown): Promise<number> {
  const response = await fetch(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(json),
    credentials: 'omit',
    // Not to another site: only this one was asked for.
    redirect: 'error',
    signal: AbortSignal.timeout(30_000),
  });
  return response.status;
}
