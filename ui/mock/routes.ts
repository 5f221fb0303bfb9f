import { randomBytes, randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { components } from "../src/api/schema";
import { historyOf, queueStatsOf, statsOf, workersOf } from "./stats.ts";
import type { MockStore, StoredJob } from "./store.ts";

type JobRequest = components["schemas"]["JobRequest"];
type Answer = { status: number; body?: unknown; headers?: Record<string, string> };

const problem = (status: number, detail: string, errors?: { field: string; message: string }[]): Answer => ({
  status,
  headers: { "content-type": "application/problem+json" },
  body: { type: "about:blank", title: detail, status, detail, error: detail, ...(errors && { errors }) },
});

const DEAD_LETTERS: components["schemas"]["DeadLetter"][] = [
  {
    id: "1",
    at: new Date().toISOString(),
    reason: "No worker could handle the job: its message was redelivered too often.",
    queue: "jobs.work",
    payload: '{"jobId":"6925f0a1c3b2a40f5d1e7a01","attempt":1,"prompt":"Cursed"}',
    bytes: 66,
    jobId: "6925f0a1c3b2a40f5d1e7a01",
    attempt: 1,
  },
  { id: "2", at: new Date().toISOString(), reason: "The message is no JSON.", payload: "<html>", bytes: 6 },
];

const SYSTEM: components["schemas"]["System"] = {
  version: "0.1.0",
  java: "25.0.3",
  instance: "mock",
  time: new Date().toISOString(),
  checks: [
    { name: "database", ok: true, detail: "version 8.0.4" },
    { name: "broker", ok: false, detail: "does not answer" },
    { name: "outbox", ok: true, detail: "empty" },
    { name: "dead letters", ok: false, detail: "2 are kept", count: 2 },
    { name: "clock", ok: true, detail: "3 ms from the database's" },
    { name: "indexes", ok: true, detail: "all 27 are built" },
  ],
  settings: {
    "dispatch.confirm-timeout": "PT10S",
    "jobs.deadline": "PT15M",
    "jobs.queues": "[default, llm]",
    "webhook.secret": "(set, not shown)",
  },
};

const SESSION: components["schemas"]["Session"] = {
  access: "open",
  roles: ["viewer", "submitter", "operator", "admin"],
  links: { trace: "https://tempo.example.org/trace/{traceId}", grafana: "http://localhost:3001/d/pipeline" },
};

const withoutHistory = ({ history: _, ...job }: StoredJob) => job;
const promptError = (prompt: unknown) => {
  if (typeof prompt !== "string" || prompt.trim() === "") return "must not be blank";
  return prompt.trim().length > 5000 ? "must be at most 5000 characters" : undefined;
};

export async function answer(store: MockStore, request: IncomingMessage): Promise<Answer | null> {
  const url = new URL(request.url ?? "/", "http://mock");
  const [, root, id, action] = url.pathname.split("/");
  if (root === "queues") return id ? changeQueue(store, id, action) : { status: 200, body: store.queues };
  if (root === "webhook-secrets") return secrets(store, request.method);
  if (root === "failures")
    return { status: 200, body: { since: new Date().toISOString(), jobs: 0, more: false, groups: [] } };
  if (root === "bulk") return request.method === "GET" ? { status: 200, body: [] } : problem(503, "Not in the mock");
  if (root === "session") return { status: 200, body: SESSION };
  if (root === "system") return { status: 200, body: SYSTEM };
  if (root === "dead-letters") return { status: 200, body: DEAD_LETTERS };
  if (root === "workers" && !id) return { status: 200, body: workersOf(store) };
  if (root !== "jobs") return null;
  if (!id) return request.method === "POST" ? create(store, request) : list(store, url, request);
  if (id === "batch") return createAll(store, request);
  if (id === "stats" && action === "queues") return { status: 200, body: queueStatsOf(store) };
  if (id === "stats" && action === "history") return { status: 200, body: historyOf(store, url) };
  if (id === "stats") return { status: 200, body: statsOf(store) };
  const job = store.find(id);
  if (!job) return problem(404, "No such job");
  const etag = `"${job.version}"`;
  if (request.method === "GET" && request.headers["if-none-match"] === etag) return { status: 304, headers: { etag } };
  return withJob(store, job, request.method ?? "GET", action);
}

function secrets(store: MockStore, method?: string): Answer {
  if (method !== "POST") return { status: 200, body: store.secrets };
  const [newest] = store.secrets;
  if (newest) newest.validUntil = new Date(Date.now() + 24 * 60 * 60 * 1_000).toISOString();
  const secret = { id: randomUUID(), createdAt: new Date().toISOString() };
  store.secrets.unshift(secret);
  return { status: 201, body: { ...secret, secret: `whsec_${randomBytes(32).toString("base64")}` } };
}

function changeQueue(store: MockStore, name: string, action?: string): Answer {
  const queue = store.queues.find((each) => each.name === name);
  if (!queue) return problem(404, `There is no queue ${name}.`);
  queue.paused = action === "pause";
  return { status: 200, body: queue };
}

function withJob(store: MockStore, job: StoredJob, method: string, action?: string): Answer {
  const pending = job.status === "PENDING";
  if (action === "retry") {
    if (pending || job.status === "COMPLETED")
      return problem(409, `A ${job.status.toLowerCase()} job cannot be retried`);
    store.retry(job);
  } else if (action === "cancel") {
    if (!pending) return problem(409, `A ${job.status.toLowerCase()} job cannot be cancelled`);
    store.end(job, { status: "CANCELLED" });
  } else if (method === "DELETE") {
    if (pending) return problem(409, "A pending job cannot be deleted");
    store.delete(job);
    return { status: 204 };
  } else return { status: 200, body: job, headers: { etag: `"${job.version}"` } };
  return { status: 200, body: withoutHistory(job) };
}

function list(store: MockStore, url: URL, request: IncomingMessage): Answer {
  const [status, q, after, queue, tag, result, order] = ["status", "q", "after", "queue", "tag", "result", "order"].map(
    (name) => url.searchParams.get(name),
  );
  const limit = Number(url.searchParams.get("limit") ?? 100);
  const etag = `W/"${store.version}"`;
  if (request.headers["if-none-match"] === etag) return { status: 304, headers: { etag } };
  const matching = store.jobs.filter(
    (job) =>
      (!queue || (job.queue ?? "default") === queue) &&
      (!tag || job.tags?.includes(tag)) &&
      (!result || job.resultMalformed === true) &&
      (!status || status.split(",").includes(job.status)) &&
      (!q || job.prompt.toLowerCase().includes(q.toLowerCase())),
  );
  if (order === "oldest") matching.reverse();
  const isAfter = (position: string, cursor: string) => (order === "oldest" ? position > cursor : position < cursor);
  const start = after ? matching.findIndex((job) => isAfter(`${job.createdAt} ${job.id}`, atob(after))) : 0;
  const page = start < 0 ? [] : matching.slice(start, start + limit);
  const last = page.at(-1);
  if (last && start + limit < matching.length) url.searchParams.set("after", btoa(`${last.createdAt} ${last.id}`));
  else url.searchParams.delete("after");
  const more = url.searchParams.has("after");
  return {
    status: 200,
    body: page.map(withoutHistory),
    headers: { etag, ...(more && { link: `<${url.pathname}${url.search}>; rel="next"` }) },
  };
}

async function create(store: MockStore, request: IncomingMessage): Promise<Answer> {
  const wanted = (await bodyOf(request)) as JobRequest;
  const error = promptError(wanted.prompt);
  if (error) return problem(400, `prompt ${error}`, [{ field: "prompt", message: error }]);
  const [job] = once(store, request, () => [store.submit(wanted)]);
  return { status: 201, body: job };
}

async function createAll(store: MockStore, request: IncomingMessage): Promise<Answer> {
  const wanted = (await bodyOf(request)) as JobRequest[];
  const errors = wanted.flatMap(({ prompt }, index) => {
    const message = promptError(prompt);
    return message ? [{ field: `[${index}].prompt`, message }] : [];
  });
  if (errors.length > 0) return problem(400, "Some of the prompts cannot be accepted", errors);
  return { status: 201, body: once(store, request, () => wanted.map((job) => store.submit(job))) };
}

function once(store: MockStore, request: IncomingMessage, make: () => StoredJob[]): Omit<StoredJob, "history">[] {
  const key = String(request.headers["idempotency-key"] ?? Math.random());
  const jobs = store.idempotent.get(key) ?? make();
  store.idempotent.set(key, jobs);
  return jobs.map(withoutHistory);
}

export async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return JSON.parse(Buffer.concat(chunks).toString() || "{}");
}

export function send(response: ServerResponse, { status, body, headers }: Answer) {
  response.writeHead(status, { "content-type": "application/json", "cache-control": "no-store", ...headers });
  response.end(body === undefined ? undefined : JSON.stringify(body));
}
