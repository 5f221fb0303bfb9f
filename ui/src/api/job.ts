import { findJson } from "./find-json";
import type { components } from "./schema";

type Schemas = components["schemas"];
export type WireJob = Schemas["Job"];
export type JobStatus = WireJob["status"];
export type JobEventType = Schemas["JobEvent"]["type"];

/**
 * `json`: the text is JSON or holds it. `malformed`: the whole of it holds no JSON. `partial`: cut by the list, and of
 * the rest nothing is known.
 */
export type JobResult = { kind: "json"; text: string; json: string } | { kind: "malformed" | "partial"; text: string };

/** How far an attempt is, as reported last; `percent` is 0 to 100. */
export type JobProgress = { percent: number | null; message: string | null; at: number };

/** Which try the current attempt is, of how many; `error` is why the one before failed. */
type JobTries = { current: number; max: number; error: string };

/** What a model used for the attempt that finished. */
export type JobUsage = { model: string; inputTokens: number; outputTokens: number };

/** How often a job is tried, as it was asked for; null leaves it to the server. */
export type RetryPolicy = {
  maxAttempts: number;
  backoff: "exponential" | "fixed" | null;
  delaySeconds: number | null;
  maxDelaySeconds: number | null;
};

/** A job as the UI knows it; times are epoch milliseconds. */
export type Job = {
  id: string;
  prompt: string;
  status: JobStatus;
  result: JobResult | null;
  error: string | null;
  /** Why it is FAILED, in a word for programs. */
  errorCode: string | null;
  /** What it has in common with jobs that failed for the same reason; null unless it is FAILED. */
  failure: string | null;
  createdAt: number;
  updatedAt: number;
  startedAt: number | null;
  completedAt: number | null;
  /** When a job is tried again that was deferred or whose last try failed; null for every other. */
  nextAttemptAt: number | null;
  deferralReason: string | null;
  progress: JobProgress | null;
  /** Null until a try failed that another follows. */
  tries: JobTries | null;
  /** Null for the server's default. */
  retry: RetryPolicy | null;
  usage: JobUsage | null;
  /** How long an attempt may take; null for the server's default. */
  timeoutSeconds: number | null;
  /** When it is due for the first time; null for at once. */
  runAt: number | null;
  /** Until when a worker may start it for the first time; null for ever. */
  expiresAt: number | null;
  queue: string;
  /** Whether it overtakes what waits in its queue. */
  urgent: boolean;
  tags: readonly string[];
  metadata: readonly (readonly [key: string, value: string])[];
  /** The URL that is notified of its end; null for none. */
  webhook: string | null;
  /** Of which ends it is notified; null for all. */
  webhookEvents: readonly string[] | null;
  attempt: number;
  /** Raised by each change of the job: the greater, the newer. */
  version: number;
  worker: string | null;
  /** Whose it is, as the session names them; null where access was open. */
  submittedBy: string | null;
  /** Of the trace that the current attempt is part of; null in lists. */
  traceId: string | null;
};

export type JobEvent = {
  type: JobEventType;
  at: number;
  attempt: number;
  detail: string | null;
  /** Of an attempt that failed: why, and what a model used for it. */
  errorCode: string | null;
  usage: JobUsage | null;
};
export type JobDetail = Job & { history: JobEvent[]; etag: string | null };

/** The queue of a job that names none. */
export const DEFAULT_QUEUE = "default";

export const STATUSES: readonly JobStatus[] = ["PENDING", "COMPLETED", "FAILED", "CANCELLED"];

export function parseJob(wire: WireJob): Job {
  return {
    id: wire.id,
    prompt: wire.prompt,
    status: wire.status,
    result: parseResult(wire),
    error: wire.error ?? null,
    errorCode: wire.errorCode ?? null,
    failure: wire.failure ?? null,
    createdAt: Date.parse(wire.createdAt),
    updatedAt: Date.parse(wire.updatedAt),
    startedAt: parseTime(wire.startedAt),
    completedAt: parseTime(wire.completedAt),
    nextAttemptAt: parseTime(wire.nextAttemptAt),
    deferralReason: wire.deferralReason ?? null,
    progress: parseProgress(wire.progress),
    tries: wire.tries ?? null,
    retry: parseRetry(wire.retry),
    usage: wire.usage ?? null,
    timeoutSeconds: wire.timeoutSeconds ?? null,
    runAt: parseTime(wire.runAt),
    expiresAt: parseTime(wire.expiresAt),
    queue: wire.queue ?? DEFAULT_QUEUE,
    urgent: wire.priority === "high",
    tags: wire.tags ?? [],
    metadata: Object.entries(wire.metadata ?? {}),
    webhook: wire.webhook?.url ?? null,
    webhookEvents: wire.webhook?.events ?? null,
    attempt: wire.attempt ?? 1,
    version: wire.version ?? 0,
    worker: wire.worker ?? null,
    submittedBy: wire.submittedBy ?? null,
    traceId: wire.traceId ?? null,
  };
}

export function parseJobDetail(wire: WireJob, etag: string | null): JobDetail {
  const history = (wire.history ?? []).map(({ type, at, attempt, detail, errorCode, usage }) => ({
    type,
    at: Date.parse(at),
    attempt,
    detail: detail ?? null,
    errorCode: errorCode ?? null,
    usage: usage ?? null,
  }));
  return { ...parseJob(wire), history, etag };
}

const parseTime = (time: string | null | undefined) => (time ? Date.parse(time) : null);

function parseProgress(wire: Schemas["JobProgress"] | undefined): JobProgress | null {
  return wire ? { percent: wire.percent ?? null, message: wire.message || null, at: Date.parse(wire.at) } : null;
}

function parseRetry(wire: Schemas["RetryPolicy"] | undefined): RetryPolicy | null {
  if (!wire) return null;
  const { maxAttempts, backoff = null, delaySeconds = null, maxDelaySeconds = null } = wire;
  return { maxAttempts, backoff, delaySeconds, maxDelaySeconds };
}

function parseResult({ result, resultTruncated, resultMalformed }: WireJob): JobResult | null {
  if (result === undefined || result === null) return null;
  if (resultMalformed) return { kind: "malformed", text: result };
  if (resultTruncated) return { kind: "partial", text: result };
  const json = findJson(result);
  return json === null ? { kind: "malformed", text: result } : { kind: "json", text: result, json };
}
