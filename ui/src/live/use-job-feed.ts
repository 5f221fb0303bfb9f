import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useMay } from "@/access/use-session";
import { reportPushes, usePushes } from "@/api/pushes";
import { useReachable } from "@/api/reachability";
import { usePageVisible } from "@/components/use-page-visible";
import { openJobFeed } from "./job-feed";
import { useLivePreference } from "./live-preference";

export type Liveness = "live" | "polling" | "offline";

/** Keeps the feed open while it is wanted and somebody looks; says how fresh the page is. */
export function useJobFeed(): Liveness {
  const client = useQueryClient();
  const [preferred] = useLivePreference();
  const wanted = useMay("viewer") && preferred; // whoever sees their own jobs alone is pushed none
  const visible = usePageVisible();
  const reachable = useReachable();
  const connected = usePushes();
  useEffect(() => {
    if (!wanted || !visible || !reachable) return; // once there is an answer again, it connects without any delay
    const feed = openJobFeed(client, reportPushes);
    return () => {
      feed.close();
      reportPushes(false);
    };
  }, [client, wanted, visible, reachable]);
  if (!reachable) return "offline";
  return connected ? "live" : "polling";
}
