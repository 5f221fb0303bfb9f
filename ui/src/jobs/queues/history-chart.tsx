import { useState } from "react";
import { Link, useNavigate } from "react-router";
import type { History, Slot } from "@/api/history";
import { formatCount, formatDuration, formatSpan, formatTime } from "@/components/time-format";
import { BarChart, PartOfChart } from "../bar-chart";
import { useTimeSearch } from "../filters/use-time-search";

/** What finished in each slot, and below how long jobs waited and ran; the slot that is pointed at, in words. */
export function HistoryChart({ history }: { history: History }) {
  const { slots, slotSeconds } = history;
  const [index, setIndex] = useState<number | null>(null);
  const shown = index === null ? null : (slots[index] ?? null);
  const navigate = useNavigate();
  const searchOf = useTimeSearch();
  const open = (first: number, last: number) => {
    const [start, end] = [slots[first]?.start, slots[last]?.start];
    if (start !== undefined && end !== undefined) void navigate({ search: searchOf(start, end + slotSeconds * 1000) });
  };
  return (
    <figure className="rounded-panel border border-line bg-surface px-4 py-3" onPointerLeave={() => setIndex(null)}>
      <figcaption className="flex min-h-10 flex-wrap justify-between gap-x-4 text-xs text-ink-muted tabular-nums">
        {shown ? <SlotCaption slot={shown} seconds={slotSeconds} /> : <TotalCaption slots={slots} />}
      </figcaption>
      <BarChart
        label="Finished jobs"
        bars={slots.map(({ start, completed, failed }) => ({ start, up: completed, down: failed }))}
        shown={index}
        onShow={setIndex}
        onChoose={open}
        className="h-16"
      />
      <p className="mt-3 text-xs text-ink-muted">
        Median time: <span className="text-running">run above</span>, <span className="text-waiting">wait below</span>
      </p>
      <BarChart
        label="Median times"
        bars={slots.map(({ start, runTime, waitTime }) => ({
          start,
          up: runTime?.median ?? 0,
          down: waitTime?.median ?? 0,
        }))}
        colours={["fill-running", "fill-waiting"]}
        together
        shown={index}
        onShow={setIndex}
        onChoose={open}
        className="h-16"
      />
      <PartOfChart
        count={slots.length}
        shown={index}
        text={shown ? formatTime(shown.start) : "None"}
        onShow={setIndex}
      />
    </figure>
  );
}

function TotalCaption({ slots }: { slots: readonly Slot[] }) {
  const completed = slots.reduce((sum, slot) => sum + slot.completed, 0);
  const failed = slots.reduce((sum, slot) => sum + slot.failed, 0);
  return (
    <span>
      {formatCount(completed)} completed · <Failed count={failed} />
    </span>
  );
}

function SlotCaption({ slot, seconds }: { slot: Slot; seconds: number }) {
  const searchOf = useTimeSearch();
  return (
    <>
      <span>
        {formatTime(slot.start)} and {formatSpan(seconds)} more: {formatCount(slot.completed)} completed ·{" "}
        <Failed count={slot.failed} />
        {slot.waitTime && ` · waited ${times(slot.waitTime)}`}
        {slot.runTime && ` · ran ${times(slot.runTime)}`}
      </span>
      <Link to={{ search: searchOf(slot.start, slot.start + seconds * 1000) }} className="underline underline-offset-2">
        Jobs submitted then
      </Link>
    </>
  );
}

const times = ({ median, p95 }: { median: number; p95: number }) =>
  `${formatDuration(median * 1000)} (p95 ${formatDuration(p95 * 1000)})`;

const Failed = ({ count }: { count: number }) => (
  <span className={count > 0 ? "text-failed" : ""}>{formatCount(count)} failed</span>
);
