import { useQuery } from "@tanstack/react-query";
import { listQueues, type Queue } from "@/api/list-queues";

const NONE: readonly Queue[] = [];

/** The queues that there are; none until they are known. */
export function useQueues(): readonly Queue[] {
  const { data } = useQuery({
    queryKey: ["queues"],
    queryFn: ({ signal }) => listQueues(signal),
    staleTime: 60_000,
  });
  return data ?? NONE;
}
