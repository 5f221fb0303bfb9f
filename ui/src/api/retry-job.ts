import { call } from "./client";
import { type Job, parseJob } from "./job";
import { newTraceparent } from "./trace";

export async function retryJob(id: string): Promise<Job> {
  const response = await call(`/jobs/${encodeURIComponent(id)}/retry`, {
    method: "POST",
    headers: { traceparent: newTraceparent() },
  });
  return parseJob(await response.json());
}
