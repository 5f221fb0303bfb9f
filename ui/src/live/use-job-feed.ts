import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useReachable } from "@/api/reachability";
import { usePageVisible } from "@/components/use-page-visible";
import { openJobFeed } from "./job-feed";
import { useLivePreference } from "./live-preference";

export type Liveness = "live" | "polling" | "offline";

/** Keeps the feed open while it is wanted and somebody looks; says how fresh the page is. */
export function useJobFeed(): Liveness {
  const client = useQueryClient();
  const [wanted] = useLivePreference();
  const visible = usePageVisible();
  const reachable = useReachable();
  const [connected, setConnected] = useState(false);
  useEffect(() => {
    if (!wanted || !visible) return;
    const feed = openJobFeed(client, setConnected);
    return () => {
      feed.close();
      setConnected(false);
    };
  }, [client, wanted, visible]);
  if (!reachable) return "offline";
  return connected ? "live" : "polling";
}
