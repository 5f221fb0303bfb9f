import type { JobAction } from "../job-state";

export const VERBS: Record<JobAction, string> = { retry: "Retry", cancel: "Cancel", delete: "Delete" };

export const CONSEQUENCES: Record<JobAction, string> = {
  retry: "Each is queued again, as its next attempt.",
  cancel: "Work in progress is thrown away. A cancelled job can be retried later.",
  delete: "The prompt, the result and the history are gone for good.",
};
