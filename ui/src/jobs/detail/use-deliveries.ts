import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { listDeliveries, redeliver } from "@/api/deliveries";
import type { Job } from "@/api/job";
import { jobKeys } from "@/api/job-keys";
import { messageOf } from "@/api/problem";
import { toast } from "@/components/toast";

const INTERVAL = 5_000;

/** The deliveries of a job: read again when it ends, and for as long as one is expected or pending. */
export function useDeliveries({ id, status, attempt }: Job) {
  const client = useQueryClient();
  const all = [...jobKeys.detail(id), "deliveries"];
  const { data, error } = useQuery({
    queryKey: [...all, attempt, status],
    queryFn: ({ signal }) => listDeliveries(id, signal),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => {
      const isExpected = status !== "PENDING" && state.data?.length === 0;
      return isExpected || state.data?.some((delivery) => delivery.status === "pending") ? INTERVAL : false;
    },
  });
  const { mutate, isPending } = useMutation({
    mutationFn: (delivery: string) => redeliver(id, delivery),
    onError: (refusal) => toast(messageOf(refusal), true),
    onSettled: () => client.invalidateQueries({ queryKey: all }),
  });
  return { deliveries: data, error, redeliver: mutate, running: isPending };
}
