import { call } from "./client";
import { type Job, parseJob } from "./job";
import { newTraceparent } from "./trace";

/** Creates one job; the same key with the same prompt answers the same job again. */
export async function createJob(prompt: string, idempotencyKey: string): Promise<Job> {
  const response = await call("/jobs", {
    method: "POST",
    json: { prompt },
    headers: { "idempotency-key": idempotencyKey, traceparent: newTraceparent() },
  });
  return parseJob(await response.json());
}
