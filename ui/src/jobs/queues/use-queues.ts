import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { changeQueue, listQueues, type Queue, type QueueAction } from "@/api/queues";
import { toast } from "@/components/toast";
import { usePoll } from "../use-poll";

const KEY = ["queues"] as const;
const NONE: readonly Queue[] = [];

function useQueueQuery<T>(select: (queues: readonly Queue[]) => T) {
  return useQuery({ queryKey: KEY, queryFn: ({ signal }) => listQueues(signal), staleTime: 60_000, select });
}

const all = (queues: readonly Queue[]) => queues;

/** The queues that there are; none until they are known. */
export const useQueues = (): readonly Queue[] => useQueueQuery(all).data ?? NONE;

/** The same, polled. */
export function usePolledQueues() {
  const { data, error, refetch } = useQueueQuery(all);
  usePoll(refetch);
  return { queues: data ?? NONE, error };
}

/** Whether no job of the queue starts. */
export const useIsPaused = (name: string): boolean =>
  useQueueQuery((queues) => queues.some((queue) => queue.name === name && queue.paused)).data ?? false;

export type QueueChange = { name: string; action: QueueAction };

/** Pauses and resumes; what the API answered shows at once. */
export function useChangeQueue() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ name, action }: QueueChange) => changeQueue(name, action),
    onSuccess: async (changed) => {
      await client.cancelQueries({ queryKey: KEY }); // a poll in flight may be older
      client.setQueryData<readonly Queue[]>(KEY, (queues) =>
        queues?.map((queue) => (queue.name === changed.name ? changed : queue)),
      );
      toast(`${changed.name} is ${changed.paused ? "paused" : "resumed"}.`);
    },
  });
}
