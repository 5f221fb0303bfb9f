import { call } from "./client";
import { type Job, parseJob } from "./job";
import type { components } from "./schema";
import { newTraceparent } from "./trace";

export type JobRequest = components["schemas"]["JobRequest"];

/** Creates one job; the same key with the same job answers the one that was created. */
export async function createJob(job: JobRequest, idempotencyKey: string): Promise<Job> {
  const response = await call("/jobs", {
    method: "POST",
    json: job,
    headers: { "idempotency-key": idempotencyKey, traceparent: newTraceparent() },
  });
  return parseJob(await response.json());
}
