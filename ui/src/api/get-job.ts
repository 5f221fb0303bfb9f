import { call } from "./client";
import { type JobDetail, parseJobDetail } from "./job";

/** A job as it is now, or null where it is still what `etag` says. */
export async function getJob(id: string, etag: string | null, signal?: AbortSignal): Promise<JobDetail | null> {
  const headers = etag === null ? {} : { "if-none-match": etag };
  const response = await call(`/jobs/${encodeURIComponent(id)}`, { signal, headers });
  if (response.status === 304) return null;
  return parseJobDetail(await response.json(), response.headers.get("etag"));
}
