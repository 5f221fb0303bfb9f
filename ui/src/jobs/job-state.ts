import type { Job } from "@/api/job";

/** What a person sees: a pending job either waits or runs. */
export type JobState = "waiting" | "running" | "completed" | "failed" | "cancelled";

export function stateOf(job: Pick<Job, "status" | "startedAt">): JobState {
  switch (job.status) {
    case "PENDING":
      return job.startedAt === null ? "waiting" : "running";
    case "COMPLETED":
      return "completed";
    case "FAILED":
      return "failed";
    case "CANCELLED":
      return "cancelled";
  }
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
