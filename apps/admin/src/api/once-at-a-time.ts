type Send = (request: Request) => Promise<Response>;

/**
 * What is asked twice at once, as by a double click, is done once, and both get the one answer. A button that shows that
 * it is busy comes a moment too late for that. Reading is left alone, and so is what outlives its page.
 */
export function onceAtATime(send: Send): Send {
  const underWay = new Map<string, Promise<Response>>();
  return async (request) => {
    if (request.method === 'GET' || request.keepalive) return send(request);
    const { method, url, headers } = request;
    const key = JSON.stringify([method, url, headers.get('x-workspace'), await request.clone().text()]);
    const same = underWay.get(key);
    if (same) {
      try {
        return (await same).clone();
      } catch (error) {
        // Whoever asked first may have lost interest; we have not.
        if (request.signal.aborted || !(error instanceof DOMException && error.name === 'AbortError')) throw error;
        return send(request);
      }
    }
    const answer = send(request);
    underWay.set(key, answer);
    try {
      return (await answer).clone();
    } finally {
      underWay.delete(key);
    }
  };
}
