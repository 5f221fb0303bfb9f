import { useQuery } from "@tanstack/react-query";
import { getSystem } from "@/api/system";
import { usePoll } from "@/jobs/use-poll";

/** Whether all parts work, asked for again and again while it is enabled. */
export function useSystem(interval: number, enabled = true) {
  const query = useQuery({ queryKey: ["system"], queryFn: ({ signal }) => getSystem(signal), enabled });
  usePoll(query.refetch, enabled, interval);
  return query;
}
