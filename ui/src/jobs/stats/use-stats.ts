import { useQuery } from "@tanstack/react-query";
import { getStats } from "@/api/get-stats";
import { jobKeys } from "@/api/job-keys";

/** The statistics as last polled; the dashboard polls them. */
export function useStats() {
  return useQuery({
    queryKey: jobKeys.stats(),
    queryFn: ({ signal }) => getStats(signal),
  });
}
