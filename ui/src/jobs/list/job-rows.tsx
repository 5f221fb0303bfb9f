import { type RefObject, useCallback, useMemo, useRef } from "react";
import type { JobFilter } from "@/api/job-keys";
import { useReachable } from "@/api/reachability";
import { StaleNotice } from "@/components/stale-notice";
import { useSubmitted } from "../form/use-submit";
import { useUrlState } from "../url-state";
import { BulkBar } from "./bulk-bar";
import { useHeldRows } from "./held-rows";
import { JobRow } from "./job-row";
import { ListEnd } from "./list-end";
import { FilterRefused, ListFailed, ListSkeleton, ListUnreachable, NoJobs, NothingFound } from "./list-states";
import { NewJobsPill } from "./new-jobs-pill";
import { SubmittingRows } from "./submitting-rows";
import { useHeld } from "./use-held";
import { isRefused, useJobList, useLoadOlder } from "./use-job-list";
import { useListKeys } from "./use-list-keys";
import { useRefreshVisible } from "./use-refresh-visible";
import { useRowWindow } from "./use-row-window";
import { useSelection } from "./use-selection";

const NONE: never[] = [];

export function JobRows({ filter, top }: { filter: JobFilter; top: RefObject<HTMLElement | null> }) {
  const { openJob, change } = useUrlState();
  const reachable = useReachable();
  const list = useRef<HTMLUListElement>(null);
  const { data, error, refetch } = useJobList(filter);
  const older = useLoadOlder(filter);
  const order = useRef<readonly string[]>(NONE);
  const selection = useSelection(order);
  const { held, handlers } = useHeld(top);
  const still = held || selection.selected.size > 0;
  const { rows, waiting, release } = useHeldRows(
    data?.jobs ?? NONE,
    useSubmitted(),
    still,
    data?.next !== null,
    filter.oldestFirst,
  );
  order.current = useMemo(() => rows.map(({ job }) => job.id), [rows]);
  const selectedJobs = useMemo(
    () => rows.filter(({ job }) => selection.selected.has(job.id)).map(({ job }) => job),
    [rows, selection.selected],
  );
  const { placed, height, firstVisible, lastVisible, reveal } = useRowWindow(rows, list);
  useRefreshVisible(filter, data?.olderPages ?? NONE, firstVisible, lastVisible);
  useListKeys(rows, selection, reveal);
  const { mutate } = older;
  const loadOlder = useCallback(() => mutate(), [mutate]);
  const showNew = () => {
    release();
    top.current?.scrollIntoView({ block: "end" });
  };
  const clearFilter = () => change({ status: null, q: null, conditions: [] });

  if (!data && !reachable) return <ListUnreachable />;
  if (isRefused(error)) return <FilterRefused error={error} onClear={clearFilter} />;
  if (!data) return error ? <ListFailed error={error} onRetry={() => void refetch()} /> : <ListSkeleton />;
  const unfiltered = filter.status === null && filter.q === "" && filter.conditions.length === 0;
  return (
    <>
      {error && reachable && (
        <StaleNotice what="The list" error={error} className="border-b border-line px-4 py-2 lg:px-6" />
      )}
      <NewJobsPill count={waiting} onShow={showNew} />
      <div {...handlers}>
        <SubmittingRows filter={filter} />
        <ul ref={list} className="relative" style={height === null ? undefined : { height }}>
          {placed.map(({ job, gone, top }) => (
            <JobRow
              key={job.id}
              job={job}
              gone={gone}
              top={top}
              open={job.id === openJob}
              selected={selection.selected.has(job.id)}
              onToggle={selection.toggle}
            />
          ))}
        </ul>
      </div>
      {rows.length === 0 && (unfiltered ? <NoJobs /> : <NothingFound onClear={clearFilter} />)}
      {rows.length > 0 && (
        <ListEnd
          count={rows.length}
          more={data.next !== null}
          loading={older.isPending}
          failed={older.isError}
          onMore={loadOlder}
        />
      )}
      <BulkBar
        jobs={selectedJobs}
        selection={selection}
        filter={filter}
        more={data.next !== null && selectedJobs.length === rows.length}
      />
    </>
  );
}
