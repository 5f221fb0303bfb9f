import type { Job } from "@/api/job";
import type { Condition, ConditionName } from "@/api/job-keys";
import { formatTime } from "@/components/time-format";

const NAMES: readonly string[] = [
  "queue",
  "tag",
  "worker",
  "errorCode",
  "failure",
  "result",
  "createdAfter",
  "createdBefore",
];
const METADATA = "metadata.";
const EXCLUSIVE: readonly string[] = ["tag", "worker", "errorCode", "failure", "result"];

/** The one thing that the API finds results by: they hold no JSON. */
export const MALFORMED = "malformed";

export const pairName = (key: string): ConditionName => `${METADATA}${key}`;

/** The key of the metadata that a condition is about, or null. */
export const keyOf = (name: string) => (name.startsWith(METADATA) ? name.slice(METADATA.length) : null);

export const isConditionName = (name: string): name is ConditionName => NAMES.includes(name) || keyOf(name) !== null;

/** Whether it is served by an index of its own: the API takes one of these at a time, and none beside a search. */
export const isExclusive = (name: string) => EXCLUSIVE.includes(name) || keyOf(name) !== null;

/** The conditions with one more, which takes the place of those it cannot be combined with. */
export const withCondition = (conditions: readonly Condition[], added: Condition): Condition[] => [
  ...conditions.filter(([name]) => name !== added[0] && !(isExclusive(name) && isExclusive(added[0]))),
  added,
];

type Filtered = Pick<Job, "queue" | "tags" | "metadata" | "worker" | "errorCode" | "failure" | "result" | "createdAt">;

/** Whether the API would find the job by the condition. */
export function meets(job: Filtered, [name, value]: Condition): boolean {
  switch (name) {
    case "queue":
      return job.queue === value;
    case "tag":
      return job.tags.includes(value);
    case "worker":
      return job.worker === value;
    case "errorCode":
      return job.errorCode === value;
    case "failure":
      return job.failure === value;
    case "result":
      return job.result?.kind === value;
    case "createdAfter":
      return job.createdAt > Date.parse(value);
    case "createdBefore":
      return job.createdAt < Date.parse(value);
    default:
      return job.metadata.some(([key, text]) => key === keyOf(name) && text === value);
  }
}

const LABELS: Record<string, string> = {
  queue: "Queue",
  tag: "Tag",
  worker: "Worker",
  errorCode: "Error code",
  failure: "Failure",
  result: "Result",
  createdAfter: "After",
  createdBefore: "Before",
};

/** "Tag: urgent", "customer = 17", "Hallucinated", "After Nov 24, 9:30:00 AM" */
export function describe([name, value]: Condition): string {
  const key = keyOf(name);
  if (key !== null) return `${key} = ${value}`;
  if (name === "result" && value === MALFORMED) return "Hallucinated";
  const time = name.startsWith("created") ? Date.parse(value) : Number.NaN;
  return Number.isNaN(time) ? `${LABELS[name]}: ${value}` : `${LABELS[name]} ${formatTime(time)}`;
}
