import type { Job } from "@/api/job";
import { serverNow } from "@/api/server-clock";

/** What a person sees: a pending job waits for a worker or for its time, or runs. */
export type JobState = "waiting" | "scheduled" | "deferred" | "running" | "completed" | "failed" | "cancelled";

type Stated = Pick<Job, "status" | "startedAt" | "nextAttemptAt" | "runAt" | "attempt">;

export function stateOf(job: Stated): JobState {
  switch (job.status) {
    case "PENDING":
      if (job.startedAt !== null) return "running";
      if (isScheduled(job)) return "scheduled";
      return job.nextAttemptAt === null ? "waiting" : "deferred";
    case "COMPLETED":
      return "completed";
    case "FAILED":
      return "failed";
    case "CANCELLED":
      return "cancelled";
  }
}

/** Whether it waits for its next try, as the last one failed. */
export const awaitsRetry = (job: Job) =>
  stateOf(job) === "deferred" && job.deferralReason === null && job.tries !== null;

/** Whether a job is held back until its time; a retried one is due at once. */
export function isScheduled({ status, startedAt, runAt, attempt }: Omit<Stated, "nextAttemptAt">): boolean {
  return status === "PENDING" && startedAt === null && attempt === 1 && runAt !== null && runAt > serverNow();
}

export type JobAction = "retry" | "cancel" | "delete";

/** The moves the API allows; it has the last word. */
export function allows({ status }: Pick<Job, "status">, action: JobAction): boolean {
  switch (action) {
    case "retry":
      return status === "FAILED" || status === "CANCELLED";
    case "cancel":
      return status === "PENDING";
    case "delete":
      return status !== "PENDING";
  }
}
