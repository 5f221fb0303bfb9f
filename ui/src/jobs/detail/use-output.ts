import { useQuery, useQueryClient } from "@tanstack/react-query";
import { getOutput, type OutputPart } from "@/api/get-output";
import type { Job } from "@/api/job";
import { jobKeys } from "@/api/job-keys";
import { usePoll } from "../use-poll";
import { joined } from "./output-text";

const INTERVAL = 1_000;

/** What a running attempt has written so far; polled for what follows. */
export function useOutput({ id, attempt }: Job): OutputPart | null {
  const client = useQueryClient();
  const queryKey = jobKeys.output(id, attempt);
  const { data, refetch } = useQuery({
    queryKey,
    queryFn: async ({ signal }) => {
      const known = client.getQueryData<OutputPart>(queryKey);
      return joined(known, await getOutput(id, known?.next ?? 0, signal));
    },
    gcTime: 0,
  });
  usePoll(refetch, true, INTERVAL);
  return data ?? null;
}
