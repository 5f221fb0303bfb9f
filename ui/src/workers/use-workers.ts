import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { changeWorker, listWorkers, type Worker, type WorkerAction } from "@/api/workers";
import { toast } from "@/components/toast";
import { usePoll } from "@/jobs/use-poll";

const KEY = ["workers"] as const;

/** The workers that were heard of lately, polled where the caller may see them. */
export function useWorkers(enabled = true) {
  const { data, error, refetch } = useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => listWorkers(signal),
    enabled,
  });
  usePoll(refetch, enabled);
  return { workers: data, error };
}

export type WorkerChange = { name: string; action: WorkerAction };

/** Drains and resumes; what the API answered shows at once. */
export function useChangeWorker() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ name, action }: WorkerChange) => changeWorker(name, action),
    onSuccess: async (changed, { action }) => {
      await client.cancelQueries({ queryKey: KEY }); // a poll in flight may be older
      client.setQueryData<readonly Worker[]>(KEY, (workers) =>
        workers?.map((worker) => (worker.name === changed.name ? changed : worker)),
      );
      toast(`${changed.name} is ${action === "drain" ? "drained" : "resumed"}.`);
    },
  });
}
