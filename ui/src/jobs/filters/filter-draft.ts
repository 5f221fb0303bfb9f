import type { Condition, ConditionName } from "@/api/job-keys";
import { instantOf, localOf } from "@/components/local-time";
import { objectionToKey } from "../form/labels";
import { isExclusive, keyOf, MALFORMED, pairName } from "./conditions";

/** By what one index of the API finds jobs; none for all of them. */
export type Kind = "none" | "tag" | "metadata" | "worker" | "errorCode" | "failure" | "result";

/** The filters as they are typed; times are local ones. */
export type FilterDraft = { queue: string; kind: Kind; key: string; value: string; after: string; before: string };

export function draftOf(conditions: readonly Condition[]): FilterDraft {
  const value = (name: ConditionName) => conditions.find(([each]) => each === name)?.[1] ?? "";
  const [name, text] = conditions.find(([each]) => isExclusive(each)) ?? ["none", ""];
  const key = keyOf(name);
  return {
    queue: value("queue"),
    kind: key === null ? (name as Kind) : "metadata",
    key: key ?? "",
    value: text,
    after: localOf(value("createdAfter")),
    before: localOf(value("createdBefore")),
  };
}

/** Why the filters cannot be applied, or null. */
export function objectionToFilters({ kind, key, value, after, before }: FilterDraft): FilterObjection | null {
  const ofKey = kind === "metadata" ? objectionToKey(key.trim()) : null;
  if (ofKey !== null) return { field: "match", sentence: `${ofKey.charAt(0).toUpperCase()}${ofKey.slice(1)}` };
  if (kind !== "none" && kind !== "metadata" && kind !== "result" && value.trim() === "")
    return { field: "match", sentence: "Write what to look for." };
  if (after !== "" && before !== "" && after >= before)
    return { field: "times", sentence: "The second time must be after the first." };
  return null;
}

export type FilterObjection = { field: "match" | "times"; sentence: string };

export function conditionsOf({ queue, kind, key, value, after, before }: FilterDraft): Condition[] {
  const [start, end] = [instantOf(after), instantOf(before)];
  const match = kind === "metadata" ? pairName(key.trim()) : kind;
  return [
    ...(queue === "" ? [] : [["queue", queue] as const]),
    ...(match === "none" ? [] : [[match, match === "result" ? MALFORMED : value.trim()] as const]),
    ...(start === null ? [] : [["createdAfter", start] as const]),
    ...(end === null ? [] : [["createdBefore", end] as const]),
  ];
}
