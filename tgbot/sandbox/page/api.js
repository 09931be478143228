// Talking to the sandbox: plain calls, and the stream of events that survives a restart.

const FIRST_WAIT = 400; // milliseconds
const LONGEST_WAIT = 4000;
const UNREACHABLE = "That did not work: the sandbox cannot be reached.";

/** Call the sandbox; without a body it is a GET. A refusal becomes an Error with a plain sentence. */
export async function call(path, body) {
  const options = body === undefined
    ? {}
    : { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
  let response;
  try {
    response = await fetch(path, { cache: "no-store", ...options });
  } catch {
    throw new Error(UNREACHABLE);
  }
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(answer.error ?? `The sandbox answered with error ${response.status}.`);
  return answer;
}

/** Keep `store` up to date for ever; `onStatus` hears true when connected and false when not.
 *
 * Every new connection reads the whole state first: a sandbox that was restarted counts its events
 * from the beginning, so an old number would silently mean something else.
 */
export function follow(store, onStatus) {
  let wait = FIRST_WAIT;

  function retry() {
    onStatus(false);
    setTimeout(open, wait);
    wait = Math.min(wait * 1.6, LONGEST_WAIT);
  }

  async function open() {
    try {
      store.load(await call("/api/state"));
    } catch {
      retry();
      return;
    }
    onStatus(true);
    listen();
  }

  function listen() {
    const source = new EventSource(`/api/events?since=${store.seq}`);
    source.onopen = () => {
      wait = FIRST_WAIT;
    };
    source.onerror = () => {
      source.close();
      retry();
    };
    source.onmessage = ({ data }) => {
      const event = JSON.parse(data);
      if (event.type === "reload") {
        source.close();
        open();
      } else {
        store.apply(event);
      }
    };
  }

  open();
}
