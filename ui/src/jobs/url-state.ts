import { useCallback, useMemo } from "react";
import { useSearchParams } from "react-router";
import { STATUSES } from "@/api/job";
import type { Condition, JobFilter } from "@/api/job-keys";
import { truncate } from "@/components/truncate";
import { isConditionName, isExclusive, keyOf } from "./filters/conditions";

/** How many characters the API searches for at most. */
export const LONGEST_SEARCH = 200;

const FILTERS = [...STATUSES, "SCHEDULED"] as const;

/** What the page is about. */
export type View = "jobs" | "queues" | "workers" | "failures" | "dead-letters" | "health";

/** What is open over the page. */
export type Panel = "filters" | "views" | "keys" | "audit" | "webhooks";

type Patch = Partial<
  Record<"status" | "q" | "order" | "job" | "compare" | "audit" | "range" | "of" | "period", string | null>
> & {
  panel?: Panel | null;
  conditions?: readonly Condition[];
};

/**
 * The same page with some parameters changed; null takes one away. What the API could not combine with what is new goes.
 */
export function patched(params: URLSearchParams, { conditions, ...patch }: Patch): URLSearchParams {
  const next = new URLSearchParams(params);
  for (const [name, value] of Object.entries(patch)) {
    if (value) next.set(name, value);
    else next.delete(name);
  }
  if (patch.job !== undefined) next.delete("compare"); // of the job that was open
  if (patch.panel !== undefined) next.delete("audit"); // of the panel that was open
  if (conditions || patch.q !== undefined || patch.status !== undefined) next.delete("view"); // leads to the jobs
  if (patch.q || patch.status === "SCHEDULED") removeWhere(next, isExclusive);
  if (patch.q && isScheduled(next)) next.delete("status");
  if (patch.status === "SCHEDULED") next.delete("q");
  return conditions ? withConditions(next, conditions) : next;
}

function withConditions(params: URLSearchParams, conditions: readonly Condition[]): URLSearchParams {
  removeWhere(params, isConditionName);
  for (const [name, value] of conditions) params.append(name, value);
  if (!conditions.some(([name]) => isExclusive(name))) return params;
  params.delete("q");
  if (isScheduled(params)) params.delete("status");
  return params;
}

function removeWhere(params: URLSearchParams, unwanted: (name: string) => boolean) {
  for (const name of [...params.keys()].filter(unwanted)) params.delete(name);
}

const isScheduled = (params: URLSearchParams) => parseStatus(params.get("status")) === "SCHEDULED";

/** What the page shows is its address: the filter, the job that is open, and what is open over the page. */
export function useUrlState() {
  const [params, setParams] = useSearchParams();
  const status = parseStatus(params.get("status"));
  const q = truncate(params.get("q")?.trim() ?? "", LONGEST_SEARCH);
  const conditions = useConditions(params);
  const oldestFirst = params.get("order") === "oldest";
  const filter = useMemo<JobFilter>(
    () => ({ status, q, conditions, ...(oldestFirst && { oldestFirst }) }),
    [status, q, conditions, oldestFirst],
  );
  const change = useCallback(
    (patch: Patch, replace = false) =>
      setParams((current) => patched(current, patch), { replace, preventScrollReset: true }),
    [setParams],
  );
  return { filter, openJob: params.get("job"), view: params.get("view"), panel: params.get("panel"), params, change };
}

/** The same array while they are the same, whatever else changes in the address. */
function useConditions(params: URLSearchParams): readonly Condition[] {
  const text = JSON.stringify([...params].filter(([name, value]) => isConditionName(name) && isMeant(name, value)));
  return useMemo(() => JSON.parse(text), [text]);
}

/* As for the API: an empty value is one of metadata alone. */
const isMeant = (name: string, value: string) => value !== "" || keyOf(name) !== null;

function parseStatus(text: string | null): JobFilter["status"] {
  return FILTERS.find((status) => status === text?.toUpperCase()) ?? null;
}
