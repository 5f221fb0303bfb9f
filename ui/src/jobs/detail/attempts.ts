import type { Job, JobEvent, JobEventType, JobUsage } from "@/api/job";
import { formatClock, formatCount, formatDuration } from "@/components/time-format";
import { stateOf } from "../job-state";
import { STATE_LABELS } from "../state-mark";

/** What is known of an attempt, by what it is called; null where nothing was. */
export type Attempt = { number: number; facts: readonly (readonly [name: FactName, value: string | null])[] };

type FactName = (typeof FACTS)[number];

const FACTS = [
  "Outcome",
  "Error",
  "Error code",
  "Result",
  "Worker",
  "Asked for",
  "Started",
  "Waited",
  "Ran",
  "Deferred",
  "Reports refused",
  "Tokens",
] as const;

/** Texts that a person wrote or a program, not the dashboard. */
export const isVerbatim = (name: FactName) => name === "Error" || name === "Result";

const OUTCOMES: Partial<Record<JobEventType, string>> = {
  COMPLETED: "Completed",
  FAILED: "Failed",
  ATTEMPT_FAILED: "Failed, tried again",
  CANCELLED: "Cancelled",
};

/** The attempts that the history tells of, oldest first. */
export function attemptsOf(job: Job, history: readonly JobEvent[]): Attempt[] {
  const numbers = [...new Set(history.map(({ attempt }) => attempt))].sort((a, b) => a - b);
  return numbers.map((number) => {
    const events = history.filter(({ attempt }) => attempt === number);
    const values = { ...valuesOf(events), ...(number === job.attempt ? lastOf(job) : null) };
    return { number, facts: FACTS.map((name) => [name, values[name] ?? null] as const) };
  });
}

function valuesOf(events: readonly JobEvent[]): Partial<Record<FactName, string | null>> {
  const [first] = events;
  const started = events.findLast(({ type }) => type === "STARTED");
  const end = events.findLast(({ type }) => OUTCOMES[type] !== undefined);
  const count = (type: JobEventType) => events.filter((event) => event.type === type).length;
  const times = (number: number) => (number === 0 ? null : formatCount(number));
  const hasFailed = end?.type === "FAILED" || end?.type === "ATTEMPT_FAILED";
  return {
    Outcome: end ? (OUTCOMES[end.type] ?? null) : null,
    Error: hasFailed ? end.detail : null,
    "Error code": end?.errorCode ?? null,
    Worker: started?.detail ?? null,
    "Asked for": first ? formatClock(first.at) : null,
    Started: started ? formatClock(started.at) : null,
    Waited: first && started ? formatDuration(started.at - first.at) : null,
    Ran: started && end ? formatDuration(end.at - started.at) : null,
    Deferred: times(count("DEFERRED")),
    "Reports refused": times(count("CALLBACK_REFUSED")),
    Tokens: tokensOf(end?.usage ?? null),
  };
}

function lastOf(job: Job): Partial<Record<FactName, string | null>> {
  return {
    ...(job.status === "PENDING" && { Outcome: STATE_LABELS[stateOf(job)] }),
    ...(job.error !== null && { Error: job.error }),
    "Error code": job.errorCode,
    Result: job.result?.text ?? null,
    Tokens: tokensOf(job.usage),
  };
}

const tokensOf = (usage: JobUsage | null) =>
  usage && `${formatCount(usage.inputTokens)} in, ${formatCount(usage.outputTokens)} out · ${usage.model}`;

/** Where two texts differ: what they begin and end with alike, and what each has between. */
export function differenceOf(one: string, other: string) {
  const shorter = Math.min(one.length, other.length);
  let start = 0;
  while (start < shorter && one[start] === other[start]) start++;
  let end = 0;
  while (end < shorter - start && one.at(-1 - end) === other.at(-1 - end)) end++;
  const split = (text: string) =>
    [text.slice(0, start), text.slice(start, text.length - end), text.slice(text.length - end)] as const;
  return [split(one), split(other)] as const;
}
