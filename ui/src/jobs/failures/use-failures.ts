import { useQuery } from "@tanstack/react-query";
import { listFailures, type Period } from "@/api/failures";
import { usePoll } from "../use-poll";

/** The API's own answer is as old as that. */
const INTERVAL = 5_000;

/** The groups of a period, polled. */
export function useFailures(period: Period) {
  const query = useQuery({ queryKey: ["failures", period], queryFn: ({ signal }) => listFailures(period, signal) });
  usePoll(query.refetch, true, INTERVAL);
  return query;
}
