import { useQuery } from "@tanstack/react-query";
import { useMay } from "@/access/use-session";
import { getSystem } from "@/api/system";
import { usePoll } from "@/jobs/use-poll";

/** Among the checks: messages that no worker could handle. */
export const DEAD_LETTERS = "dead letters";

/** How often it is asked for where it is not what the page is about. */
export const GLANCE = 30_000;

/** Whether all parts work, asked for again and again while it is enabled. */
export function useSystem(interval: number, enabled = true) {
  const query = useQuery({ queryKey: ["system"], queryFn: ({ signal }) => getSystem(signal), enabled });
  usePoll(query.refetch, enabled, interval);
  return query;
}

/** How many dead letters wait for somebody, as far as the caller may know. */
export function useDeadLetterCount(): number {
  const { data } = useSystem(GLANCE, useMay("operator"));
  return data?.checks.find(({ name }) => name === DEAD_LETTERS)?.count ?? 0;
}
