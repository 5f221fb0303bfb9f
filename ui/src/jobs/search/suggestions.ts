import type { Job } from "@/api/job";
import { MALFORMED } from "../filters/conditions";
import { OPERATORS, quoted, SEARCHED_STATUSES } from "./search-text";

/** What may follow; `complete` where nothing does, so that it can be applied. */
export type Suggestion = { text: string; hint: string; complete: boolean };

const MOST = 8;

const TIMES = [
  ["15m", "15 minutes ago"],
  ["1h", "an hour ago"],
  ["24h", "a day ago"],
  ["7d", "a week ago"],
] as const;

/** What the last word of a text may become: an operator, or its value of those that are known here. */
export function suggestionsFor(text: string, jobs: readonly Job[], queues: readonly string[]): readonly Suggestion[] {
  const word = lastWord(text);
  const sign = word.indexOf(":");
  if (sign !== -1) return valuesOf(word.slice(0, sign), word.slice(sign + 1).replace(/^"/, ""), jobs, queues);
  if (word.startsWith("metadata.")) return keys(word.slice("metadata.".length), jobs);
  return OPERATORS.filter(([name]) => name.startsWith(word.toLowerCase())).map(([name, hint]) => ({
    text: name,
    hint,
    complete: false,
  }));
}

/** The text with its last word replaced. */
export const withSuggestion = (text: string, suggestion: Suggestion) =>
  text.slice(0, text.length - lastWord(text).length) + suggestion.text;

const lastWord = (text: string) => /(?:[^\s:"]+:"[^"]*|\S*)$/.exec(text)?.[0] ?? "";

function keys(typed: string, jobs: readonly Job[]): readonly Suggestion[] {
  const known = jobs.flatMap(({ metadata }) => metadata.map(([key]) => key));
  return beginning(known, typed).map((key) => ({ text: `metadata.${key}:`, hint: "metadata", complete: false }));
}

function valuesOf(name: string, typed: string, jobs: readonly Job[], queues: readonly string[]): readonly Suggestion[] {
  const suggest = (values: readonly string[], hint = "") =>
    beginning(values, typed).map((value) => ({ text: `${name}:${quoted(value)}`, hint, complete: true }));
  switch (name.toLowerCase()) {
    case "status":
      return suggest(SEARCHED_STATUSES.map((status) => status.toLowerCase()));
    case "queue":
      return suggest(queues);
    case "tag":
      return suggest(jobs.flatMap(({ tags }) => tags));
    case "worker":
      return suggest(jobs.flatMap(({ worker }) => worker ?? []));
    case "error":
      return suggest(jobs.flatMap(({ errorCode }) => errorCode ?? []));
    case "result":
      return suggest([MALFORMED], "hallucinated: holds no JSON");
    case "after":
    case "before":
      return TIMES.filter(([time]) => time.startsWith(typed)).map(([time, hint]) => ({
        text: `${name}:${time}`,
        hint,
        complete: true,
      }));
    default:
      return suggest(
        jobs.flatMap(({ metadata }) => metadata.flatMap(([key, value]) => (`metadata.${key}` === name ? value : []))),
      );
  }
}

function beginning(values: readonly string[], typed: string): readonly string[] {
  const wanted = typed.toLowerCase();
  return [...new Set(values)].filter((value) => value.toLowerCase().startsWith(wanted)).slice(0, MOST);
}
