import { useRef } from "react";
import { FilterButton } from "../filters/filter-button";
import { FilterChips } from "../filters/filter-chips";
import { FilterPanel } from "../filters/filter-panel";
import { SearchField } from "../search/search-field";
import { useUrlState } from "../url-state";
import { ViewsPanel } from "../views/views-panel";
import { ExportMenu } from "./export-menu";
import { JobRows } from "./job-rows";
import { OrderButton } from "./order-button";
import { StatusFilter } from "./status-filter";

/** The jobs of the filter in the address; another filter is another list. */
export function JobListPanel() {
  const { filter } = useUrlState();
  const top = useRef<HTMLDivElement>(null);
  return (
    <section aria-label="Jobs" className="min-w-0 two-rows:[--toolbar:6rem]">
      <div ref={top} className="h-px" />
      <div className="z-20 border-b border-line bg-paper px-4 md:sticky md:top-(--header) md:h-(--toolbar) md:py-2 lg:px-6">
        <div className="flex h-full flex-col gap-1 py-2 md:flex-row md:items-center md:justify-between md:gap-4 md:py-0 two-rows:flex-col two-rows:items-stretch two-rows:gap-1">
          <StatusFilter />
          <div className="flex min-w-0 flex-1 items-center justify-end gap-2 md:min-w-44">
            <SearchField />
            <FilterButton />
            <OrderButton />
            <ExportMenu />
          </div>
        </div>
      </div>
      <FilterChips />
      <JobRows key={JSON.stringify(filter)} filter={filter} top={top} />
      <FilterPanel />
      <ViewsPanel />
    </section>
  );
}
