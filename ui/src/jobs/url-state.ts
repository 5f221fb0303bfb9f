import { useCallback, useMemo } from "react";
import { useSearchParams } from "react-router";
import { STATUSES } from "@/api/job";
import type { JobFilter } from "@/api/job-keys";
import { truncate } from "@/components/truncate";

/** How many characters the API searches for at most. */
export const LONGEST_SEARCH = 200;

const FILTERS = [...STATUSES, "SCHEDULED"] as const;

type Patch = Partial<Record<"status" | "queue" | "q" | "job", string | null>>;

/** The same page with some parameters changed; null takes one away. */
export function patched(params: URLSearchParams, patch: Patch): URLSearchParams {
  const next = new URLSearchParams(params);
  for (const [name, value] of Object.entries(patch)) {
    if (value) next.set(name, value);
    else next.delete(name);
  }
  return next;
}

/** What the page shows is its address: the filter, and the job that is open. */
export function useUrlState() {
  const [params, setParams] = useSearchParams();
  const status = parseStatus(params.get("status"));
  const q = truncate(params.get("q")?.trim() ?? "", LONGEST_SEARCH);
  const queue = params.get("queue") || null;
  const filter = useMemo<JobFilter>(() => ({ status, queue, q }), [status, queue, q]);
  const change = useCallback(
    (patch: Patch, replace = false) =>
      setParams((current) => patched(current, patch), { replace, preventScrollReset: true }),
    [setParams],
  );
  return { filter, openJob: params.get("job"), params, change };
}

function parseStatus(text: string | null): JobFilter["status"] {
  return FILTERS.find((status) => status === text?.toUpperCase()) ?? null;
}
