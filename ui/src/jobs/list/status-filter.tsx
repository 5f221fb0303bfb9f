import { Link } from "react-router";
import { type JobStatus, STATUSES } from "@/api/job";
import type { JobFilter } from "@/api/job-keys";
import { formatCount } from "@/components/time-format";
import { useStats } from "../stats/use-stats";
import { patched, useUrlState } from "../url-state";

const LABELS: Record<JobStatus, string> = {
  PENDING: "Pending",
  COMPLETED: "Completed",
  FAILED: "Failed",
  CANCELLED: "Cancelled",
};

export function StatusFilter() {
  const { data } = useStats();
  const { filter } = useUrlState();
  // They count every job: beside another filter they would say what it found.
  const counts = filter.q === "" && filter.conditions.length === 0 ? data?.counts : undefined;
  const total = counts && STATUSES.reduce((sum, status) => sum + counts[status], 0);
  return (
    <nav
      aria-label="Status"
      className="-mx-1 flex flex-wrap gap-1 p-1 md:flex-nowrap md:overflow-x-auto md:[scrollbar-width:none]"
    >
      <FilterLink status={null} label="All" count={total} />
      {STATUSES.map((status) => (
        <FilterLink key={status} status={status} label={LABELS[status]} count={counts?.[status]} />
      ))}
      <FilterLink status="SCHEDULED" label="Scheduled" count={undefined} />
    </nav>
  );
}

function FilterLink({
  status,
  label,
  count,
}: {
  status: JobFilter["status"];
  label: string;
  count: number | undefined;
}) {
  const { filter, params } = useUrlState();
  return (
    <Link
      to={{ search: patched(params, { status }).toString() }}
      preventScrollReset
      aria-current={filter.status === status ? "page" : undefined}
      className="flex shrink-0 items-center gap-1.5 rounded-control px-2.5 py-1.5 text-ink-muted hover:bg-sunken hover:text-ink aria-[current=page]:bg-ink aria-[current=page]:font-medium aria-[current=page]:text-ink-inverse"
    >
      {label}
      <span className="min-w-[2ch] text-xs max-[119.99rem]:in-[.beside-drawer]:hidden">
        {count === undefined ? "" : formatCount(count)}
      </span>
    </Link>
  );
}
