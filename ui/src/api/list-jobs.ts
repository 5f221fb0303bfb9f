import { apiUrl } from "./base";
import { call } from "./client";
import { type Job, parseJob, type WireJob } from "./job";
import type { JobFilter } from "./job-keys";

export type JobPage = { jobs: Job[]; next: string | null; etag: string | null };

type Options = { after?: string; limit?: number; etag?: string | null; signal?: AbortSignal };

/** A page of jobs, or null where the page is still what `etag` says. */
export async function listJobs(
  filter: JobFilter,
  { after, limit, etag, signal }: Options = {},
): Promise<JobPage | null> {
  const params = paramsOf(filter);
  if (after) params.set("after", after);
  if (limit) params.set("limit", String(limit));
  const response = await call(params.size === 0 ? "/jobs" : `/jobs?${params}`, {
    signal,
    headers: etag ? { "if-none-match": etag } : {},
  });
  if (response.status === 304) return null;
  const wire: WireJob[] = await response.json();
  return {
    jobs: wire.map(parseJob),
    next: nextCursor(response.headers.get("link")),
    etag: response.headers.get("etag"),
  };
}

/** Where all jobs of the filter are downloaded, one a line. */
export function jobsExportUrl(filter: JobFilter, format: "csv" | "ndjson"): string {
  const url = apiUrl("/jobs/export");
  url.search = `${new URLSearchParams([["format", format], ...paramsOf(filter)])}`;
  return url.href;
}

function paramsOf(filter: JobFilter): URLSearchParams {
  const params = new URLSearchParams();
  if (filter.status === "SCHEDULED") params.set("state", "scheduled");
  else if (filter.status) params.set("status", filter.status);
  if (filter.q) params.set("q", filter.q);
  for (const [name, value] of filter.conditions) params.append(name, value);
  if (filter.oldestFirst) params.set("order", "oldest");
  return params;
}

export function nextCursor(link: string | null): string | null {
  const next = link?.match(/<([^>]*)>\s*;\s*rel="?next"?/)?.[1];
  return next === undefined ? null : new URL(next, window.location.origin).searchParams.get("after");
}
