import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { getOutput, type OutputPart } from "@/api/get-output";
import type { Job } from "@/api/job";
import { openJobEvents } from "@/api/job-events";
import { jobKeys } from "@/api/job-keys";
import { usePageVisible } from "@/components/use-page-visible";
import { usePoll } from "../use-poll";
import { joined } from "./output-text";

const INTERVAL = 1_000;

/** What a running attempt has written so far: pushed, and polled for what follows where nothing is. */
export function useOutput({ id, attempt }: Job): OutputPart | null {
  const client = useQueryClient();
  const queryKey = jobKeys.output(id, attempt);
  const pushed = usePushedOutput(id, attempt);
  const { data, refetch } = useQuery({
    queryKey,
    queryFn: async ({ signal }) => {
      const known = client.getQueryData<OutputPart>(queryKey);
      return joined(known, await getOutput(id, known?.next ?? 0, signal));
    },
    enabled: false,
    gcTime: 0,
  });
  usePoll(refetch, !pushed, INTERVAL);
  return data ?? null;
}

/** Whether it is pushed; a hidden page has no connection, of which a browser has few. */
function usePushedOutput(id: string, attempt: number): boolean {
  const client = useQueryClient();
  const visible = usePageVisible();
  const [pushed, setPushed] = useState(false);
  useEffect(() => {
    if (!visible) return;
    const close = openJobEvents(id, setPushed, (part) => {
      if (part.attempt === attempt) {
        client.setQueryData<OutputPart>(jobKeys.output(id, attempt), (known) => joined(known, part));
      }
    });
    return () => {
      close();
      setPushed(false);
    };
  }, [client, id, attempt, visible]);
  return pushed;
}
