import { call } from "./client";
import { type Job, parseJob } from "./job";

export async function cancelJob(id: string): Promise<Job> {
  const response = await call(`/jobs/${encodeURIComponent(id)}/cancel`, { method: "POST" });
  return parseJob(await response.json());
}
