import { useEffect } from "react";
import { basePath } from "@/api/base";
import { formatCount } from "@/components/time-format";
import { useUnseenEnds } from "@/notices/use-unseen-ends";
import { useAlarm } from "./use-alarm";

const NAME = "Job Processor";

/** Says in the browser's tab, and shows by its icon, what needs somebody now; or how many jobs finished unseen; and the page, where it is named. */
export function useDocumentTitle(page: string | null) {
  const unseen = useUnseenEnds();
  const alarm = useAlarm();
  useEffect(() => {
    const title = [alarm, page, NAME].filter(Boolean).join(" · ");
    document.title = unseen > 0 ? `(${formatCount(unseen)}) ${title}` : title;
  }, [alarm, page, unseen]);
  useEffect(() => {
    const icon = document.querySelector<HTMLLinkElement>("link[rel=icon]");
    if (icon) icon.href = `${basePath}${alarm === null ? "favicon.svg" : "favicon-alarm.svg"}`;
  }, [alarm]);
}
