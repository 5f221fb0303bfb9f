import type { JobStatus } from "./job";

/** A filter by the API's own name: what a tag, a pair of metadata, a worker … must be. Times are ISO-8601. */
export type Condition = readonly [name: ConditionName, value: string];

export type ConditionName =
  | "queue"
  | "tag"
  | `metadata.${string}`
  | "worker"
  | "errorCode"
  | "failure"
  | "result"
  | "createdAfter"
  | "createdBefore";

/**
 * Which jobs a list shows: null for all; `q` is the text to search for, empty for none; all conditions must be met. Scheduled
 * jobs are pending ones, too. The newest come first unless it says otherwise.
 */
export type JobFilter = {
  status: JobStatus | "SCHEDULED" | null;
  q: string;
  conditions: readonly Condition[];
  oldestFirst?: boolean;
};

export const jobKeys = {
  all: ["jobs"] as const,
  lists: () => [...jobKeys.all, "list"] as const,
  list: (filter: JobFilter) => [...jobKeys.lists(), filter] as const,
  page: (filter: JobFilter, after: string) => [...jobKeys.all, "page", filter, after] as const,
  detail: (id: string) => [...jobKeys.all, "detail", id] as const,
  output: (id: string, attempt: number) => [...jobKeys.all, "output", id, attempt] as const,
  stats: () => [...jobKeys.all, "stats"] as const,
};
