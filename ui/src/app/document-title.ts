import { useEffect } from "react";
import { useReachable } from "@/api/reachability";
import { formatCount } from "@/components/time-format";
import { useStats } from "@/jobs/stats/use-stats";

const NAME = "Job Processor";

/** Says in the browser's tab what needs somebody: that the backend is unreachable, or how many jobs failed lately. */
export function useDocumentTitle() {
  const reachable = useReachable();
  const { data } = useStats();
  const failed = data?.perMinute.reduce((sum, minute) => sum + minute.failed, 0) ?? 0;
  const news = reachable ? failed > 0 && `${formatCount(failed)} failed in the last hour` : "Unreachable";
  useEffect(() => {
    document.title = news ? `${news} · ${NAME}` : NAME;
  }, [news]);
}
