import type { JobStatus } from "@/api/job";
import type { Condition, JobFilter } from "@/api/job-keys";
import { isExclusive, keyOf, MALFORMED, pairName, withCondition } from "../filters/conditions";
import { objectionToKey } from "../form/labels";
import { rangeOf, timeOf } from "./search-time";

export const OPERATORS = [
  ["status:", "pending, failed, scheduled …"],
  ["queue:", "a queue"],
  ["tag:", "a tag"],
  ["worker:", "who works it"],
  ["error:", "an error code"],
  ["result:", "malformed"],
  ["metadata.", "key:value"],
  ["after:", "14:00, 30m, 2026-11-24"],
  ["before:", "14:20, 1h, 2026-11-25"],
] as const;

export const SEARCHED_STATUSES: readonly NonNullable<JobFilter["status"]>[] = [
  "PENDING",
  "COMPLETED",
  "FAILED",
  "CANCELLED",
  "SCHEDULED",
];

const NAMES = { queue: "queue", tag: "tag", worker: "worker", error: "errorCode", result: "result" } as const;

const QUEUE = /^[a-z0-9._-]{1,64}$/;

/** What is typed: words to search for, and what the operators among them ask for. */
export type Search = {
  /** The words alone. */
  q: string;
  status: JobStatus | "SCHEDULED" | null;
  conditions: readonly Condition[];
  /** Why the operators cannot be applied; null where they can. */
  objection: string | null;
};

/** A word, or an operator with its value, which has quotes where it has spaces. */
const TOKEN = /[^\s:"]+:"[^"]*"?|\S+/g;

export function parseSearch(text: string, now: number): Search {
  let search: Search = { q: "", status: null, conditions: [], objection: null };
  for (const [token] of text.matchAll(TOKEN)) search = withToken(search, token, now);
  return { ...search, objection: search.objection ?? objectionToAll(search) };
}

export const hasOperators = ({ status, conditions, objection }: Search) =>
  status !== null || conditions.length > 0 || objection !== null;

function withToken(search: Search, token: string, now: number): Search {
  const range = rangeOf(token, now);
  if (range !== null) return withRange(search, token, range);
  const sign = token.indexOf(":");
  const name = token.slice(0, Math.max(sign, 0)).toLowerCase();
  const value = unquoted(token.slice(sign + 1));
  const added = (condition: Condition, objection: string | null = null): Search => ({
    ...search,
    conditions: [...search.conditions, condition],
    objection: search.objection ?? objection,
  });
  const missing = value === "" ? `What follows ${name}: is missing.` : null;
  if (name === "status") return withStatus(search, value);
  if (name === "after" || name === "before") return withTime(search, name, value, now);
  if (name === "queue" && value !== "" && !QUEUE.test(value))
    return added(["queue", value], `No queue can be named “${value}”.`);
  if (name === "result" && value !== "" && value !== MALFORMED)
    return added(["result", value], `Results are found as ${MALFORMED} alone.`);
  if (Object.hasOwn(NAMES, name)) return added([NAMES[name as keyof typeof NAMES], value], missing);
  const key = keyOf(token.slice(0, Math.max(sign, 0)));
  if (key !== null) return added([pairName(key), value], sentence(objectionToKey(key)));
  return { ...search, q: search.q === "" ? token : `${search.q} ${token}` };
}

const unquoted = (value: string) => (value.startsWith('"') ? value.slice(1).replace(/"$/, "") : value);

const sentence = (text: string | null) => text && text.charAt(0).toUpperCase() + text.slice(1);

function withStatus(search: Search, value: string): Search {
  const status = SEARCHED_STATUSES.find((each) => each === value.toUpperCase());
  if (status === undefined)
    return {
      ...search,
      objection:
        search.objection ?? `There is no status “${value}”: pending, completed, failed, cancelled or scheduled.`,
    };
  return { ...search, status };
}

function withTime(search: Search, name: "after" | "before", value: string, now: number): Search {
  const time = timeOf(value, now);
  if (Number.isNaN(time))
    return {
      ...search,
      objection: search.objection ?? `“${value}” is no time: write 14:00, 30m, 2026-11-24 or 2026-11-24T14:00.`,
    };
  const condition = [name === "after" ? "createdAfter" : "createdBefore", new Date(time).toISOString()] as const;
  return { ...search, conditions: withCondition(search.conditions, condition) };
}

function withRange(search: Search, token: string, [start, end]: readonly [number, number]): Search {
  if (Number.isNaN(start) || Number.isNaN(end))
    return { ...search, objection: search.objection ?? `“${token}” is no range of times.` };
  const times: Condition[] = [
    ["createdAfter", new Date(start).toISOString()],
    ["createdBefore", new Date(end).toISOString()],
  ];
  return { ...search, conditions: times.reduce<readonly Condition[]>(withCondition, search.conditions) };
}

function objectionToAll({ q, status, conditions }: Search): string | null {
  const exclusive = conditions.filter(([name]) => isExclusive(name));
  if (exclusive.length > 1) return "Jobs are found by one of tag, worker, error, result and metadata at a time.";
  if (exclusive.length === 1 && q !== "")
    return "Jobs are found by words, or by one of tag, worker, error, result and metadata.";
  if (status === "SCHEDULED" && (q !== "" || exclusive.length > 0))
    return "Scheduled jobs are found by their queue and times alone.";
  return null;
}

/** A value as an operator takes it. */
export const quoted = (value: string) => (/\s/.test(value) ? `"${value}"` : value);
