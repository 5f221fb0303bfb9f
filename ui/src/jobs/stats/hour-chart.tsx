import { useState } from "react";
import { Link, useNavigate } from "react-router";
import type { Minute } from "@/api/get-stats";
import { formatCount, formatMinute } from "@/components/time-format";
import { BarChart, PartOfChart } from "../bar-chart";
import { useTimeSearch } from "../filters/use-time-search";

const MINUTE = 60_000;
const NONE: readonly Minute[] = [];

/** Completed above the line, failed below it, a bar a minute for the last hour; minutes lead to the jobs submitted then. */
export function HourChart({ minutes = NONE }: { minutes: readonly Minute[] | undefined }) {
  const [start, setStart] = useState<number | null>(null);
  const navigate = useNavigate();
  const searchOf = useTimeSearch();
  const index = minutes.findIndex(({ minute }) => minute === start);
  const shown = minutes[index];
  const totals = sum(minutes);
  const { completed, failed } = shown ?? totals;
  const open = (first: number, last: number) => {
    const [from, to] = [minutes[first]?.minute, minutes[last]?.minute];
    if (from !== undefined && to !== undefined) void navigate({ search: searchOf(from, to + MINUTE) });
  };
  return (
    <figure className="col-span-3 min-w-60 flex-1" onPointerLeave={() => setStart(null)}>
      <figcaption className="flex justify-between gap-4 text-xs text-ink-muted">
        {shown ? (
          <Link
            to={{ search: searchOf(shown.minute, shown.minute + MINUTE) }}
            aria-label={`${formatMinute(shown.minute)}: jobs submitted then`}
            className="underline underline-offset-2"
          >
            {formatMinute(shown.minute)}
          </Link>
        ) : (
          <span>{peakOf(minutes)}</span>
        )}
        <span>
          <span>{formatCount(completed)} completed</span>
          {" · "}
          <span className={failed > 0 ? "text-failed" : ""}>{formatCount(failed)} failed</span>
        </span>
      </figcaption>
      <BarChart
        label={`Last hour: ${formatCount(totals.completed)} jobs completed, ${formatCount(totals.failed)} failed`}
        bars={minutes.map((each) => ({ start: each.minute, up: each.completed, down: each.failed }))}
        shown={index === -1 ? null : index}
        onShow={(next) => setStart(minutes[next]?.minute ?? null)}
        onChoose={open}
        className="h-10 sm:h-12"
      />
      <PartOfChart
        count={Math.max(1, minutes.length)}
        shown={index === -1 ? null : index}
        text={shown ? formatMinute(shown.minute) : "None"}
        onShow={(next) => setStart(minutes[next]?.minute ?? null)}
      />
    </figure>
  );
}

function peakOf(minutes: readonly Minute[]): string {
  const busiest = Math.max(0, ...minutes.map(({ completed }) => completed));
  return busiest > 0 ? `Last hour, peak ${formatCount(busiest)}/min` : "Last hour";
}

function sum(minutes: readonly Minute[]) {
  return {
    completed: minutes.reduce((total, { completed }) => total + completed, 0),
    failed: minutes.reduce((total, { failed }) => total + failed, 0),
  };
}
