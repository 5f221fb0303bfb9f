import type { Job } from "@/api/job";

/** What a person sees: a pending job waits for a worker or for its time, or runs. */
export type JobState = "waiting" | "deferred" | "running" | "completed" | "failed" | "cancelled";

export function stateOf(job: Pick<Job, "status" | "startedAt" | "nextAttemptAt">): JobState {
  switch (job.status) {
    case "PENDING":
      if (job.startedAt !== null) return "running";
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
