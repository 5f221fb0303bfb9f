import type { components } from "@/api/schema";

type Schemas = components["schemas"];
type WireJob = Schemas["Job"];

let sequence = 0;

/** A job as the API sends it, waiting for a worker; every call makes a newer one. */
export function pendingJob(given: Partial<WireJob> = {}): WireJob {
  const number = ++sequence;
  const createdAt = new Date(Date.UTC(2026, 10, 24, 12) + number * 1000).toISOString();
  return {
    id: `job-${String(number).padStart(6, "0")}`,
    prompt: `Prompt ${number}`,
    status: "PENDING",
    attempt: 1,
    version: 1,
    createdAt,
    updatedAt: createdAt,
    ...given,
  };
}

const later = (time: string, seconds: number) => new Date(Date.parse(time) + seconds * 1000).toISOString();

export function running(job: WireJob): WireJob {
  const startedAt = later(job.updatedAt, 1);
  return { ...job, version: job.version + 1, startedAt, updatedAt: startedAt, worker: "worker-1" };
}

/** A running job that says how far it is. */
export function progressing(job: WireJob, percent: number | undefined, message?: string): WireJob {
  const at = later(job.updatedAt, 1);
  const progress = { at, ...(percent !== undefined && { percent }), ...(message && { message }) };
  return { ...job, version: job.version + 1, updatedAt: at, progress };
}

/** A job that its provider's limit holds back for a while. */
export function deferred(
  { startedAt: _, worker: __, ...job }: WireJob,
  deferralReason = "Rate limit exceeded",
): WireJob {
  const updatedAt = later(job.updatedAt, 1);
  return { ...job, version: job.version + 1, updatedAt, nextAttemptAt: later(updatedAt, 90), deferralReason };
}

/** A job whose last try failed, and that is to be tried again. */
export function tryFailed({ startedAt: _, worker: __, ...job }: WireJob, error: string, seconds = 90): WireJob {
  const updatedAt = later(job.updatedAt, 1);
  const nextAttemptAt = new Date(Date.now() + seconds * 1000).toISOString();
  const tries = {
    current: (job.tries?.current ?? 1) + 1,
    max: job.retry?.maxAttempts ?? 5,
    error,
    errorCode: "reported",
  };
  return { ...job, version: job.version + 1, attempt: job.attempt + 1, updatedAt, nextAttemptAt, tries };
}

function ended(job: WireJob, outcome: Partial<WireJob>): WireJob {
  const started = job.startedAt ? job : running(job);
  const completedAt = later(started.updatedAt, 5);
  return { ...started, ...outcome, version: started.version + 1, completedAt, updatedAt: completedAt };
}

export const completed = (job: WireJob, result = '{"success":true}') => ended(job, { status: "COMPLETED", result });

export const failed = (job: WireJob, error = "The model gave up") => ended(job, { status: "FAILED", error });

export function retried({ id, prompt, createdAt, updatedAt, attempt, version }: WireJob): WireJob {
  return {
    id,
    prompt,
    createdAt,
    status: "PENDING",
    attempt: attempt + 1,
    version: version + 1,
    updatedAt: later(updatedAt, 1),
  };
}

export const withHistory = (job: WireJob): WireJob => ({
  ...job,
  history: [
    { type: "CREATED", at: job.createdAt, attempt: 1 },
    ...(job.startedAt ? [{ type: "STARTED" as const, at: job.startedAt, attempt: 1, detail: "worker-1" }] : []),
  ],
});

export function stats(given: Partial<Schemas["JobStats"]> = {}): Schemas["JobStats"] {
  const perMinute = Array.from({ length: 60 }, (_, index) => ({
    minute: new Date(Date.UTC(2026, 10, 24, 11, index)).toISOString(),
    completed: 0,
    failed: 0,
  }));
  return { counts: { PENDING: 0, COMPLETED: 0, FAILED: 0, CANCELLED: 0 }, running: 0, perMinute, ...given };
}
