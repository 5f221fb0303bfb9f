import type { Job, JobEvent, JobEventType } from "@/api/job";

/** A line of a job's history in words; `detail` is the worker's or workflow's own text. */
export type TimelineEntry = {
  type: JobEventType | "PROGRESS";
  text: string;
  at: number;
  attempt: number;
  detail: string | null;
};

const TEXTS: Record<JobEventType, string> = {
  CREATED: "Accepted and stored",
  PUBLISHED: "Queued",
  STARTED: "Started",
  DEFERRED: "Deferred, to be tried again later",
  COMPLETED: "Completed",
  ATTEMPT_FAILED: "Failed, to be tried again",
  FAILED: "Failed",
  CALLBACK_REFUSED: "Late, conflicting or invalid result rejected",
  RETRIED: "Retried",
  CANCELLED: "Cancelled",
};

/** The history with the last report of progress among it, oldest first. */
export function entriesOf(job: Job, history: readonly JobEvent[]): TimelineEntry[] {
  const entries = history.map((event, index) => entryOf(event, history[index - 1]));
  const progress = progressOf(job);
  if (progress === null) return entries;
  const after = entries.findLastIndex(({ at }) => at <= progress.at) + 1;
  return entries.toSpliced(after, 0, progress);
}

function entryOf(event: JobEvent, previous: JobEvent | undefined): TimelineEntry {
  if (event.type === "STARTED" && event.detail !== null)
    return { ...event, text: `Started by ${event.detail}`, detail: null };
  if (event.type === "PUBLISHED" && (previous?.type === "DEFERRED" || previous?.type === "ATTEMPT_FAILED"))
    return { ...event, text: "Queued again" };
  return { ...event, text: TEXTS[event.type] ?? event.type };
}

function progressOf({ progress, attempt }: Job): TimelineEntry | null {
  if (progress === null) return null;
  const { percent, message, at } = progress;
  const text = percent === null ? "Reported progress" : `Reported ${Math.floor(percent)} % done`;
  return { type: "PROGRESS", text, at, attempt, detail: message };
}
