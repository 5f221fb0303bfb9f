import { STATUSES } from "@/api/job";
import type { JobFilter } from "@/api/job-keys";
import { useStats } from "./use-stats";

/** How many jobs match a filter, where the statistics count just those: of a status, or all. */
export function useMatchingCount({ status, q, conditions }: JobFilter): number | undefined {
  const counts = useStats().data?.counts;
  if (!counts || q !== "" || conditions.length > 0 || status === "SCHEDULED") return undefined;
  return status === null ? STATUSES.reduce((sum, each) => sum + counts[each], 0) : counts[status];
}
