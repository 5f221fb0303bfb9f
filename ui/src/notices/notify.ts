import type { Job } from "@/api/job";
import { formatCount } from "@/components/time-format";
import { truncate } from "@/components/truncate";
import { isNotifying } from "./notify-preference";

const LONGEST_BODY = 120;

const OUTCOMES = { COMPLETED: "completed", FAILED: "failed", CANCELLED: "cancelled" } as const;

/** Shows one notification of all that finished while nobody looked, if this browser wants that. */
export function notify(latest: readonly Job[], total: number) {
  const [job] = latest;
  if (!job || job.status === "PENDING" || !isNotifying()) return;
  const title = total === 1 ? `Job ${OUTCOMES[job.status]}` : `${formatCount(total)} jobs finished`;
  const notification = new Notification(title, { body: truncate(job.prompt, LONGEST_BODY), tag: "finished-jobs" });
  notification.onclick = () => {
    window.focus();
    notification.close();
  };
}
