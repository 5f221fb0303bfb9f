import { useEffect } from "react";
import { useMay } from "@/access/use-session";
import { useReachable } from "@/api/reachability";
import { formatCount } from "@/components/time-format";
import { useStats } from "@/jobs/stats/use-stats";
import { usePoll } from "@/jobs/use-poll";
import { useUnseenEnds } from "@/notices/use-unseen-ends";

const NAME = "Job Processor";

/** Says in the browser's tab what needs somebody: that the backend is unreachable, or how many jobs failed lately, or finished unseen; and the page, where it is named. */
export function useDocumentTitle(page: string | null) {
  const unseen = useUnseenEnds();
  const reachable = useReachable();
  const { data, refetch } = useStats();
  usePoll(refetch, useMay("viewer"));
  const failed = data?.perMinute.reduce((sum, minute) => sum + minute.failed, 0) ?? 0;
  const news = reachable ? failed > 0 && `${formatCount(failed)} failed in the last hour` : "Unreachable";
  useEffect(() => {
    const title = [news, page, NAME].filter(Boolean).join(" · ");
    document.title = unseen > 0 ? `(${formatCount(unseen)}) ${title}` : title;
  }, [news, page, unseen]);
}
