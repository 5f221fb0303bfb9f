import { type MouseEvent, memo } from "react";
import { Link, useLocation } from "react-router";
import { DEFAULT_QUEUE, type Job } from "@/api/job";
import { serverNow } from "@/api/server-clock";
import { Age } from "@/components/time";
import { truncate } from "@/components/truncate";
import { ConditionLink } from "../filters/condition-link";
import { HallucinatedBadge } from "../hallucinated-badge";
import { stateOf } from "../job-state";
import { StateLabel } from "../state-label";
import { StateMark } from "../state-mark";
import { MARK, Tags } from "../tags";
import { patched } from "../url-state";
import { Outcome } from "./outcome";
import { RowDuration } from "./row-duration";

const NEW = 3_000;
const SHOWN = 400;

/** A link above the one that covers the row, a little larger than it looks. */
const ABOVE = "relative z-1 after:absolute after:-inset-y-1 after:inset-x-0";

export const rowId = (id: string) => `job-${id}`;

type Props = {
  job: Job;
  gone: boolean;
  top: number | null;
  open: boolean;
  selected: boolean;
  onToggle: (id: string, range: boolean) => void;
};

export const JobRow = memo(function JobRow({ job, gone, top, open, selected, onToggle }: Props) {
  const { search } = useLocation();
  const toggle = (event: MouseEvent) => onToggle(job.id, event.shiftKey);
  const id = rowId(job.id);
  const isNew = serverNow() - job.createdAt < NEW;
  return (
    <li
      data-job-row={job.id}
      data-open={open}
      data-selected={selected}
      className={`group/row h-(--row) [content-visibility:auto] [contain-intrinsic-height:var(--row)] border-b border-line data-[open=true]:bar-end data-[selected=true]:bar-start data-[open=true]:data-[selected=true]:bar-both ${
        top === null ? "relative" : "absolute inset-x-0 top-0"
      } ${gone ? "opacity-45" : ""} ${isNew ? "arriving" : ""}`}
      style={top === null ? undefined : { transform: `translateY(${top}px)` }}
    >
      <label className="absolute inset-y-0 z-1 left-0 flex w-11 cursor-pointer items-center justify-end pr-2 lg:pr-1">
        <input
          type="checkbox"
          checked={selected}
          onClick={toggle}
          onChange={() => undefined}
          aria-label={`Select: ${truncate(job.prompt, 60)}`}
          className="tick-box"
        />
      </label>
      <div className="grid h-full grid-cols-[2.5rem_minmax(0,1fr)_auto] items-center gap-x-3 px-4 hover:bg-sunken/60 md:grid-cols-[2.5rem_6rem_minmax(0,1fr)_7rem_5.5rem] lg:px-6">
        <span className="rail flex h-full items-center justify-end pr-0.5 [--rail:1.875rem]">
          <StateMark state={stateOf(job)} className="relative" />
        </span>
        <span id={`${id}-state`} className="hidden md:block">
          <StateLabel job={job} />
        </span>
        <span className="min-w-0 md:grid md:grid-cols-[minmax(0,3fr)_minmax(0,2fr)] md:items-center md:gap-x-4">
          {/* All of the row leads there, but for what leads elsewhere itself. */}
          <Link
            id={id}
            to={{ search: patched(new URLSearchParams(search), { job: job.id }).toString() }}
            preventScrollReset
            aria-current={open || undefined}
            aria-labelledby={`${id}-state ${id} ${id}-about ${id}-ran`}
            dir="auto"
            className="block scroll-mt-28 scroll-mb-16 truncate outline-none after:absolute after:inset-0 after:-outline-offset-2 focus-visible:after:outline-2 focus-visible:after:outline-ink"
          >
            {truncate(job.prompt, SHOWN)}
          </Link>
          <span
            id={`${id}-about`}
            className="flex items-center gap-x-2 text-xs text-ink-muted max-md:max-h-9 max-md:flex-wrap max-md:overflow-hidden"
          >
            <span aria-hidden="true" className="md:hidden">
              <StateLabel job={job} />
            </span>
            {job.queue !== DEFAULT_QUEUE && (
              <ConditionLink condition={["queue", job.queue]} className={`${MARK} font-medium ${ABOVE}`}>
                {job.queue}
              </ConditionLink>
            )}
            {job.urgent && <span className="shrink-0 font-medium">High priority</span>}
            <Tags tags={job.tags} className={ABOVE} />
            {job.result?.kind === "malformed" && <HallucinatedBadge />}
            {gone ? "No longer in this list" : <Outcome job={job} />}
          </span>
        </span>
        <RowDuration id={`${id}-ran`} job={job} />
        <span className="hidden text-right text-xs text-ink-muted tabular-nums md:block">
          <Age at={job.createdAt} />
        </span>
      </div>
    </li>
  );
});
