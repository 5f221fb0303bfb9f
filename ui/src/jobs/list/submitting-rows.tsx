import { DEFAULT_QUEUE } from "@/api/job";
import type { JobFilter } from "@/api/job-keys";
import { serverNow } from "@/api/server-clock";
import { truncate } from "@/components/truncate";
import { meets } from "../filters/conditions";
import type { JobOptions } from "../form/submission";
import { useSubmissions } from "../form/use-submit";
import { StateMark } from "../state-mark";

const SHOWN = 5;

const newJob = ({ queue = DEFAULT_QUEUE, tags = [], metadata = {} }: JobOptions) => ({
  queue,
  tags,
  metadata: Object.entries(metadata),
  worker: null,
  errorCode: null,
  failure: null,
  result: null,
  createdAt: serverNow(),
});

/** Prompts the server has not answered for yet, at once where their jobs will stand. */
export function SubmittingRows({ filter }: { filter: JobFilter }) {
  const prompts = useSubmissions()
    .filter(({ options }) => filter.conditions.every((condition) => meets(newJob(options), condition)))
    .flatMap((submission) => submission.prompts);
  if (filter.oldestFirst) return null; // they will stand at the end
  if (filter.q !== "" || (filter.status !== null && filter.status !== "PENDING")) return null;
  if (prompts.length === 0) return null;
  const rows = prompts.slice(0, SHOWN).map((prompt, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: equal prompts are allowed, and these rows live a moment
    <li key={index} className="flex h-(--row) items-center gap-3 border-b border-line px-4 lg:px-6">
      <span className="flex w-10 justify-end pr-0.5">
        <StateMark state="waiting" />
      </span>
      <span className="hidden w-24 font-medium text-waiting md:block">Pending</span>
      <span className="min-w-0 md:flex md:items-baseline md:gap-3">
        <span dir="auto" className="block truncate">
          {truncate(prompt, 400)}
        </span>
        <span className="shrink-0 text-xs text-ink-muted">Sending…</span>
      </span>
    </li>
  ));
  return <ul aria-label="On their way">{rows}</ul>; // of their own: the jobs' rows may be placed absolutely
}
