import { useRef } from "react";
import { useUrlState } from "../url-state";
import { JobRows } from "./job-rows";
import { QueueFilter } from "./queue-filter";
import { SearchField } from "./search-field";
import { StatusFilter } from "./status-filter";

/** The jobs of the filter in the address; another filter is another list. */
export function JobListPanel() {
  const { filter } = useUrlState();
  const top = useRef<HTMLDivElement>(null);
  return (
    <section aria-label="Jobs" className="min-w-0">
      <div ref={top} className="h-px" />
      <div className="z-20 border-b border-line bg-paper px-4 md:sticky md:top-(--header) md:h-(--toolbar) md:py-2 lg:px-6">
        <div className="flex h-full flex-col gap-1 py-2 md:flex-row md:items-center md:justify-between md:gap-4 md:py-0">
          <StatusFilter />
          <QueueFilter />
          <SearchField />
        </div>
      </div>
      <JobRows key={`${filter.status} ${filter.queue} ${filter.q}`} filter={filter} top={top} />
    </section>
  );
}
