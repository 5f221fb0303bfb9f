import { cancelJob } from "@/api/cancel-job";
import { deleteJob } from "@/api/delete-job";
import type { Job } from "@/api/job";
import { messageOf } from "@/api/problem";
import { retryJob } from "@/api/retry-job";
import type { JobAction } from "../job-state";

const AT_ONCE = 6;

export type Outcome = { job: Job; done: boolean; message: string; changed: Job | null };

export const DONE: Record<JobAction, string> = { retry: "Retried", cancel: "Cancelled", delete: "Deleted" };

/** Does the same to each job, a few at a time, and tells what came of each; never throws. */
export async function runAction(
  action: JobAction,
  jobs: readonly Job[],
  onOutcome: (outcome: Outcome) => void,
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  const queue = jobs.map((job, index) => ({ job, index }));
  const work = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const outcome = await outcomeOf(action, next.job);
      outcomes[next.index] = outcome;
      onOutcome(outcome);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return outcomes;
}

async function outcomeOf(action: JobAction, job: Job): Promise<Outcome> {
  try {
    const changed = await perform(action, job.id);
    return { job, done: true, message: DONE[action], changed };
  } catch (error) {
    return { job, done: false, message: messageOf(error), changed: null };
  }
}

async function perform(action: JobAction, id: string): Promise<Job | null> {
  if (action === "retry") return retryJob(id);
  if (action === "cancel") return cancelJob(id);
  await deleteJob(id);
  return null;
}
