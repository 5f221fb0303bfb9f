import type { JobFilter } from "@/api/job-keys";
import { truncate } from "@/components/truncate";
import { useSubmissions } from "../form/use-submit";
import { StateMark } from "../state-mark";

const SHOWN = 5;

/** Prompts the server has not answered for yet, at once where their jobs will stand. */
export function SubmittingRows({ filter }: { filter: JobFilter }) {
  const prompts = useSubmissions().flatMap((submission) => submission.prompts);
  if (filter.q !== "" || (filter.status !== null && filter.status !== "PENDING")) return null;
  if (prompts.length === 0) return null;
  const rows = prompts.slice(0, SHOWN).map((prompt, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: equal prompts are allowed, and these rows live a moment
    <li key={index} className="flex h-(--row) items-center gap-3 border-b border-line px-4 lg:px-6">
      <span className="flex w-10 justify-end pr-0.5">
        <StateMark state="waiting" />
      </span>
      <span className="hidden w-24 font-medium text-waiting md:block">Pending</span>
      <span className="min-w-0">
        <span dir="auto" className="block truncate">
          {truncate(prompt, 400)}
        </span>
        <span className="text-xs text-ink-muted">Sending…</span>
      </span>
    </li>
  ));
  return <ul aria-label="On their way">{rows}</ul>; // of their own: the jobs' rows may be placed absolutely
}
