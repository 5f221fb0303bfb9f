import { apiUrl } from "./base";
import { isProblem, problemOf, Unreachable } from "./problem";
import { reportCall } from "./reachability";
import { reportRefusal } from "./refusals";
import { learnServerTime } from "./server-clock";

const TIMEOUT = 10_000;
const NOBODY_BEHIND = new Set([502, 503, 504]);

type Call = Omit<RequestInit, "signal" | "body"> & { signal?: AbortSignal | undefined; json?: unknown };

/** Calls the API. Throws {@link Unreachable} or an ApiProblem; answers 2xx and 304. */
export async function call(path: string, { json, signal, headers, ...init }: Call = {}): Promise<Response> {
  const response = await reach(
    path,
    {
      ...init,
      headers: {
        accept: "application/json",
        ...(json !== undefined && { "content-type": "application/json" }),
        ...(init.method !== undefined && pageToken()),
        ...headers,
      },
      ...(json !== undefined && { body: JSON.stringify(json) }),
      signal: signal ? AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT)]) : AbortSignal.timeout(TIMEOUT),
    },
    signal,
  );
  if (response.ok || response.status === 304) return response;
  if (response.status === 401) reportRefusal();
  throw await problemOf(response);
}

/* What a page of another site cannot read: it proves that the call is this page's. */
function pageToken(): Record<string, string> {
  const token = /(?:^|; )(?:__Host-)?xsrf-token=([^;]+)/.exec(document.cookie)?.[1];
  return token === undefined ? {} : { "x-xsrf-token": token };
}

async function reach(path: string, init: RequestInit, cancelled: AbortSignal | undefined): Promise<Response> {
  const url = apiUrl(path);
  const endpoint = `${init.method ?? "GET"} ${url.pathname}`;
  const response = await fetch(url, init).catch((cause: unknown) => {
    if (cancelled?.aborted) throw cause;
    reportCall(endpoint, false);
    throw new Unreachable("No answer", { cause });
  });
  const answered = !NOBODY_BEHIND.has(response.status);
  reportCall(endpoint, answered);
  if (!answered && !isProblem(response)) throw new Unreachable(`Answered ${response.status}`);
  learnServerTime(response.headers.get("date"));
  return response;
}
