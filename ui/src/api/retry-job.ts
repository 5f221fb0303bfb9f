import { call } from "./client";
import { type Job, parseJob } from "./job";

export async function retryJob(id: string): Promise<Job> {
  const response = await call(`/jobs/${encodeURIComponent(id)}/retry`, { method: "POST" });
  return parseJob(await response.json());
}
