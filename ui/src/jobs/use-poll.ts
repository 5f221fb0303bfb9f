import type { QueryObserverResult } from "@tanstack/react-query";
import { useEffect } from "react";
import { usePageVisible } from "@/components/use-page-visible";

export const POLL_INTERVAL = 2_000;

/**
 * Refetches every two seconds, or as often as it says, while the page is visible, whatever is pushed meanwhile: a query's own interval starts over
 * with each write into its cache.
 */
export function usePoll(refetch: QueryObserverResult["refetch"], enabled = true, interval = POLL_INTERVAL) {
  const wanted = usePageVisible() && enabled;
  useEffect(() => {
    if (!wanted) return;
    const timer = setInterval(() => void refetch({ cancelRefetch: false }), interval);
    return () => clearInterval(timer);
  }, [refetch, wanted, interval]);
}
