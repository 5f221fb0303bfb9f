import { useEffect, useState } from "react";
import { getJob } from "@/api/get-job";
import type { Job } from "@/api/job";
import { serverNow } from "@/api/server-clock";
import { usePageVisible } from "@/components/use-page-visible";
import { useSubmitted } from "@/jobs/form/use-submit";
import { notify } from "./notify";

const INTERVAL = 5_000;

/* Each is asked for by itself, as a hidden tab is pushed nothing. */
const MOST = 50;

/** Counts the jobs that were submitted here and have finished since the tab was hidden, of the newest 50; notifies of them. */
export function useUnseenEnds(): number {
  const visible = usePageVisible();
  const open = useOpenJobs();
  const [count, setCount] = useState(0);
  useEffect(() => {
    if (visible) {
      setCount(0);
      return;
    }
    const since = serverNow();
    let total = 0;
    let shown = false;
    const look = async () => {
      const ended = await open.takeFinished();
      const unseen = ended.filter(({ completedAt }) => completedAt !== null && completedAt >= since);
      if (shown || unseen.length === 0) return;
      total += unseen.length;
      setCount(total);
      notify(unseen, total);
    };
    const timer = setInterval(() => void look(), INTERVAL);
    return () => {
      shown = true;
      clearInterval(timer);
    };
  }, [visible, open]);
  return count;
}

/** What was submitted here and is not known to have finished. */
class OpenJobs {
  private readonly finished = new Set<string>();
  private submitted = new Set<string>();

  add(ids: Iterable<string>) {
    this.submitted = new Set([...this.submitted, ...ids].filter((id) => !this.finished.has(id)).slice(-MOST));
  }

  /** Returns those that have finished meanwhile; whatever cannot be read is asked for again. */
  async takeFinished(): Promise<Job[]> {
    const jobs = await Promise.all([...this.submitted].map((id) => getJob(id, null).catch(() => null)));
    const finished = jobs.filter((job) => job !== null && job.status !== "PENDING") as Job[];
    for (const { id } of finished) {
      this.finished.add(id);
      this.submitted.delete(id);
    }
    return finished;
  }
}

function useOpenJobs(): OpenJobs {
  const [open] = useState(() => new OpenJobs());
  const submitted = useSubmitted();
  useEffect(() => open.add(submitted), [open, submitted]);
  return open;
}
