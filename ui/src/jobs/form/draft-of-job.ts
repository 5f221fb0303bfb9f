import type { Job } from "@/api/job";
import { type Draft, NO_OPTIONS } from "./draft";
import { optionsOf } from "./submission";

/** What the form would have to hold to submit the same once more, at once: a schedule is over. */
export function draftOfJob({ prompt, queue, urgent, tags, metadata, timeoutSeconds, retry }: Job): Draft {
  const text = (number: number | null | undefined) => (number === null || number === undefined ? "" : String(number));
  return {
    ...NO_OPTIONS,
    text: prompt,
    mode: "single",
    queue,
    urgent,
    tags: tags.join(", "),
    metadata: metadata.map(([key, value]) => `${key}=${value}`).join("\n"),
    timeout: text(timeoutSeconds),
    tries: text(retry?.maxAttempts),
    retryDelay: text(retry?.delaySeconds),
    longestDelay: text(retry?.maxDelaySeconds),
    fixedDelay: retry?.backoff === "fixed",
  };
}

/** What of a job the form cannot hold, in words. */
export function lostBy(draft: Draft, { tags, metadata, webhook }: Job): string[] {
  const options = optionsOf(draft);
  return [
    ...(webhook === null ? [] : ["its webhook"]),
    ...(JSON.stringify(options.tags ?? []) === JSON.stringify(tags) ? [] : ["tags with commas"]),
    ...(JSON.stringify(Object.entries(options.metadata ?? {})) === JSON.stringify(metadata)
      ? []
      : ["metadata of several lines"]),
  ];
}
