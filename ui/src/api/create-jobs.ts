import { call } from "./client";
import type { JobRequest } from "./create-job";
import { type Job, parseJob, type WireJob } from "./job";
import { newTraceparent } from "./trace";

/** Creates all of the jobs; a 503 may leave a part of them. */
export async function createJobs(jobs: readonly JobRequest[], idempotencyKey: string): Promise<Job[]> {
  const response = await call("/jobs/batch", {
    method: "POST",
    json: jobs,
    headers: { "idempotency-key": idempotencyKey, traceparent: newTraceparent() },
  });
  const wire: WireJob[] = await response.json();
  return wire.map(parseJob);
}
