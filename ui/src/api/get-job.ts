import { call } from "./client";
import { type JobDetail, parseJobDetail } from "./job";

export async function getJob(id: string, signal?: AbortSignal): Promise<JobDetail> {
  const response = await call(`/jobs/${encodeURIComponent(id)}`, { signal });
  return parseJobDetail(await response.json());
}
