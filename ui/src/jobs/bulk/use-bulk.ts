import { type QueryClient, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { type BulkAction, type BulkOperation, cancelBulk, countMatching, listBulk, requestBulk } from "@/api/bulk";
import { type JobFilter, jobKeys } from "@/api/job-keys";
import { formatCount } from "@/components/time-format";
import { toast } from "@/components/toast";
import { DONE } from "../actions/run-action";
import { POLL_INTERVAL, usePoll } from "../use-poll";

const KEY = ["bulk"] as const;
const IDLE_INTERVAL = 15_000;
const NONE: readonly BulkOperation[] = [];

/** The operations that run, oldest first, polled; says when one that was seen running has ended. */
export function useRunningBulk(): readonly BulkOperation[] {
  const client = useQueryClient();
  const { data = NONE, refetch } = useQuery({ queryKey: KEY, queryFn: ({ signal }) => listBulk(signal) });
  const running = data.filter(({ state }) => state === "running").toReversed();
  const seen = useRef<ReadonlySet<string>>(new Set());
  usePoll(refetch, true, running.length > 0 ? POLL_INTERVAL : IDLE_INTERVAL);
  useEffect(() => {
    const ended = data.filter(({ id, state }) => state !== "running" && seen.current.has(id));
    for (const operation of ended) toast(outcomeOf(operation));
    if (ended.length > 0) void client.invalidateQueries({ queryKey: jobKeys.all });
    seen.current = new Set(data.filter(({ state }) => state === "running").map(({ id }) => id));
  }, [data, client]);
  return running;
}

function outcomeOf({ action, done, skipped, state }: BulkOperation): string {
  const left = skipped > 0 ? `, ${formatCount(skipped)} had changed before` : "";
  return `${state === "cancelled" ? "Cancelled: " : ""}${DONE[action]} ${formatCount(done)} jobs${left}.`;
}

/** How many jobs an action would concern; never an older count. */
export const useMatching = (action: BulkAction, filter: JobFilter) =>
  useQuery({
    queryKey: [...KEY, "matching", action, filter],
    queryFn: ({ signal }) => countMatching(action, filter, signal),
    gcTime: 0,
    refetchOnWindowFocus: false,
    retry: false,
  });

export function useRequestBulk(action: BulkAction, filter: JobFilter) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => requestBulk(action, filter),
    onSuccess: (operation) => put(client, operation),
  });
}

export function useCancelBulk() {
  const client = useQueryClient();
  return useMutation({ mutationFn: cancelBulk, onSuccess: (operation) => put(client, operation) });
}

async function put(client: QueryClient, operation: BulkOperation) {
  await client.cancelQueries({ queryKey: KEY, exact: true }); // a poll in flight may be older
  client.setQueryData<readonly BulkOperation[]>(KEY, (all = NONE) =>
    all.some(({ id }) => id === operation.id)
      ? all.map((each) => (each.id === operation.id ? operation : each))
      : [operation, ...all],
  );
}
