import { useQuery } from "@tanstack/react-query";
import { getHistory, type Range } from "@/api/history";
import { getQueueStats } from "@/api/queue-stats";
import { usePoll } from "../use-poll";

/** What waits in each queue, polled where the caller may see it. */
export function useQueueStats(enabled: boolean) {
  const { data, error, refetch } = useQuery({
    queryKey: ["queue-stats"],
    queryFn: ({ signal }) => getQueueStats(signal),
    enabled,
  });
  usePoll(refetch, enabled);
  return { stats: data, error };
}

const HISTORY_INTERVAL = 10_000;

/** What finished lately, of a queue or of all. */
export function useHistory(range: Range, queue: string | null) {
  const { data, error, refetch } = useQuery({
    queryKey: ["history", range, queue],
    queryFn: ({ signal }) => getHistory(range, queue, signal),
  });
  usePoll(refetch, true, HISTORY_INTERVAL);
  return { history: data, error };
}
