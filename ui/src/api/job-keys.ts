import type { JobStatus } from "./job";

/**
 * Which jobs a list shows: null for all; `q` is the text to search for, empty for none. Scheduled jobs are pending ones, too.
 */
export type JobFilter = { status: JobStatus | "SCHEDULED" | null; queue: string | null; q: string };

export const jobKeys = {
  all: ["jobs"] as const,
  lists: () => [...jobKeys.all, "list"] as const,
  list: (filter: JobFilter) => [...jobKeys.lists(), filter] as const,
  page: (filter: JobFilter, after: string) => [...jobKeys.all, "page", filter, after] as const,
  detail: (id: string) => [...jobKeys.all, "detail", id] as const,
  stats: () => [...jobKeys.all, "stats"] as const,
};
