/** The time it is, UTC: where a local account serves `endpoint`, in that account, whose clock stands until it is moved. */
export async function timeOf(endpoint: string | undefined): Promise<string> {
  if (endpoint === undefined) return new Date().toISOString();
  const { headers } = await fetch(new URL('/favicon.ico', endpoint)).catch((error: Error) => {
    throw error.cause instanceof Error ? error.cause : error;
  });
  const date = Date.parse(headers.get('date') ?? '');
  return new Date(Number.isNaN(date) ? Date.now() : date).toISOString();
}
