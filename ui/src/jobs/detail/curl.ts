import { apiUrl } from "@/api/base";
import type { Job } from "@/api/job";
import { serverNow } from "@/api/server-clock";

/** A command of a POSIX shell that submits the job once more, with its options; times that have passed are left out. */
export function curlOf(job: Job, needsKey: boolean): string {
  return [
    `curl ${quoted(apiUrl("/jobs").href)}`,
    `-H ${quoted("Content-Type: application/json")}`,
    ...(needsKey ? [`-H "Authorization: Bearer $KEY"`] : []),
    `--data-raw ${quoted(JSON.stringify(submissionOf(job)))}`,
  ].join(" \\\n  ");
}

/** Nothing is special within single quotes, but the quote itself. */
const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;

function submissionOf({ prompt, queue, urgent, runAt, expiresAt, timeoutSeconds, retry, tags, metadata, ...job }: Job) {
  const isAhead = (time: number | null) => time !== null && time > serverNow();
  return {
    prompt,
    queue,
    ...(urgent && { priority: "high" }),
    ...(isAhead(runAt) && { runAt: iso(runAt) }),
    ...(isAhead(expiresAt) && { expiresAt: iso(expiresAt) }),
    ...(timeoutSeconds !== null && { timeoutSeconds }),
    ...(retry !== null && { retry: withoutNulls(retry) }),
    ...(metadata.length > 0 && { metadata: Object.fromEntries(metadata) }),
    ...(tags.length > 0 && { tags }),
    ...(job.webhook !== null && {
      webhook: { url: job.webhook, ...(job.webhookEvents && { events: job.webhookEvents }) },
    }),
  };
}

const iso = (time: number | null) => time !== null && new Date(time).toISOString();

const withoutNulls = (options: object) =>
  Object.fromEntries(Object.entries(options).filter(([, value]) => value !== null));
