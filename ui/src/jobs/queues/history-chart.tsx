import { useState } from "react";
import { Link, useNavigate } from "react-router";
import type { History, Slot } from "@/api/history";
import { formatCount, formatDuration, formatSpan, formatTime } from "@/components/time-format";
import { patched, useUrlState } from "../url-state";

const HEIGHT = 64;
const UP = 46;

/** What finished in each slot, and below how long jobs waited and ran; the slot that is pointed at, in words. */
export function HistoryChart({ history }: { history: History }) {
  const { slots, slotSeconds } = history;
  const [index, setIndex] = useState<number | null>(null);
  const shown = index === null ? null : (slots[index] ?? null);
  return (
    <figure className="rounded-panel border border-line bg-surface px-4 py-3" onPointerLeave={() => setIndex(null)}>
      <figcaption className="flex min-h-10 flex-wrap justify-between gap-x-4 text-xs text-ink-muted tabular-nums">
        {shown ? <SlotCaption slot={shown} seconds={slotSeconds} /> : <TotalCaption slots={slots} />}
      </figcaption>
      <Bars
        label="Finished jobs"
        slots={slots}
        up={({ completed }) => completed}
        down={({ failed }) => failed}
        shown={index}
        seconds={slotSeconds}
        onShow={setIndex}
      />
      <p className="mt-3 text-xs text-ink-muted">
        Median time: <span className="text-running">run above</span>, <span className="text-waiting">wait below</span>
      </p>
      <Bars
        label="Median times"
        slots={slots}
        up={({ runTime }) => runTime?.median ?? 0}
        down={({ waitTime }) => waitTime?.median ?? 0}
        colours={["fill-running", "fill-waiting"]}
        together
        shown={index}
        seconds={slotSeconds}
        onShow={setIndex}
      />
      <input
        type="range"
        aria-label="Part of the chart"
        aria-valuetext={shown ? formatTime(shown.start) : "None"}
        min={0}
        max={slots.length - 1}
        value={index ?? slots.length - 1}
        onChange={(event) => setIndex(Number(event.target.value))}
        className="sr-only accent-(--ink-muted) focus-visible:not-sr-only focus-visible:mt-2 focus-visible:w-full"
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
  const searchOf = useSlotSearch();
  return (
    <>
      <span>
        {formatTime(slot.start)} and {formatSpan(seconds)} more: {formatCount(slot.completed)} completed ·{" "}
        <Failed count={slot.failed} />
        {slot.waitTime && ` · waited ${times(slot.waitTime)}`}
        {slot.runTime && ` · ran ${times(slot.runTime)}`}
      </span>
      <Link to={{ search: searchOf(slot.start, seconds) }} className="underline underline-offset-2">
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

/** The address of the jobs that were submitted in a time. */
function useSlotSearch() {
  const { params, filter } = useUrlState();
  return (start: number, seconds: number) => {
    const kept = filter.conditions.filter(([name]) => !name.startsWith("created"));
    return patched(params, {
      conditions: [
        ...kept,
        ["createdAfter", new Date(start - 1).toISOString()],
        ["createdBefore", new Date(start + seconds * 1000).toISOString()],
      ],
      range: null,
      of: null,
    }).toString();
  };
}

type BarsProps = {
  label: string;
  slots: readonly Slot[];
  up: (slot: Slot) => number;
  down: (slot: Slot) => number;
  colours?: readonly [string, string];
  /** Whether both directions have one scale. */
  together?: boolean;
  shown: number | null;
  seconds: number;
  onShow: (index: number) => void;
};

function Bars({ label, slots, up, down, colours = ["fill-completed", "fill-failed"], together, ...rest }: BarsProps) {
  const { shown, seconds, onShow } = rest;
  const navigate = useNavigate();
  const searchOf = useSlotSearch();
  const width = slots.length * 6;
  const middle = together ? HEIGHT / 2 : UP;
  const most = Math.max(
    Number.EPSILON,
    ...slots.flatMap((slot) => [up(slot) / middle, down(slot) / (HEIGHT - middle)]),
  );
  const open = (slot: Slot) => void navigate({ search: searchOf(slot.start, seconds) });
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${width} ${HEIGHT}`}
      preserveAspectRatio="none"
      className="mt-1 h-16 w-full overflow-visible"
    >
      {slots.map((slot, index) => {
        const heights = [visible(up(slot) / most), visible(down(slot) / most)] as const;
        return (
          // biome-ignore lint/a11y/noStaticElementInteractions: the range below does the same by keyboard
          <g
            key={slot.start}
            onPointerEnter={() => onShow(index)}
            onClick={() => open(slot)}
            className="cursor-pointer"
          >
            <rect
              x={index * 6}
              width={6}
              height={HEIGHT}
              className={index === shown ? "fill-sunken" : "fill-transparent"}
            />
            <rect x={index * 6 + 1} y={middle - heights[0]} width={4} height={heights[0]} className={colours[0]} />
            <rect x={index * 6 + 1} y={middle} width={4} height={heights[1]} className={colours[1]} />
          </g>
        );
      })}
      <path d={`M0 ${middle}H${width}`} className="stroke-line-strong" vectorEffect="non-scaling-stroke" />
    </svg>
  );
}

const visible = (height: number) => (height > 0 ? Math.max(1.5, height) : 0);
