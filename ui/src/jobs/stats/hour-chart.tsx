import { useState } from "react";
import type { Minute } from "@/api/get-stats";
import { formatCount, formatMinute } from "@/components/time-format";

const STEP = 6;
const BAR = 4;
const UP = 34;
const DOWN = 14;
const WIDTH = 60 * STEP;

/** Completed above the line, failed below it, a bar a minute for the last hour. */
export function HourChart({ minutes }: { minutes: readonly Minute[] | undefined }) {
  const [shown, setShown] = useState<Minute | null>(null);
  const totals = sum(minutes ?? []);
  const most = Math.max(1, ...(minutes ?? []).flatMap(({ completed, failed }) => [completed, failed * (UP / DOWN)]));
  const busiest = Math.max(0, ...(minutes ?? []).map(({ completed }) => completed));
  const { completed, failed } = shown ?? totals;
  const hour = busiest > 0 ? `Last hour, peak ${formatCount(busiest)}/min` : "Last hour";
  const when = shown ? formatMinute(shown.minute) : hour;
  return (
    <figure className="col-span-3 min-w-60 flex-1" onPointerLeave={() => setShown(null)}>
      <figcaption className="flex justify-between gap-4 text-xs text-ink-muted">
        <span>{when}</span>
        <span>
          <span>{formatCount(completed)} completed</span>
          {" · "}
          <span className={failed > 0 ? "text-failed" : ""}>{formatCount(failed)} failed</span>
        </span>
      </figcaption>
      <svg
        role="img"
        aria-label={`Last hour: ${formatCount(totals.completed)} jobs completed, ${formatCount(totals.failed)} failed`}
        viewBox={`0 0 ${WIDTH} ${UP + DOWN}`}
        preserveAspectRatio="none"
        className="mt-1 h-10 w-full sm:h-12 overflow-visible"
      >
        {minutes?.map((minute, index) => (
          <MinuteBar
            key={minute.minute}
            x={index * STEP}
            minute={minute}
            scale={UP / most}
            shown={minute.minute === shown?.minute}
            onShow={setShown}
          />
        ))}
        <path
          d={`M0 ${UP}H${WIDTH}`}
          className="stroke-line-strong"
          strokeWidth="1"
          vectorEffect="non-scaling-stroke"
        />
      </svg>
    </figure>
  );
}

type BarProps = { x: number; minute: Minute; scale: number; shown: boolean; onShow: (minute: Minute) => void };

function MinuteBar({ x, minute, scale, shown, onShow }: BarProps) {
  const up = visible(minute.completed * scale);
  const down = visible(minute.failed * scale);
  return (
    <g onPointerEnter={() => onShow(minute)}>
      <rect x={x} width={STEP} height={UP + DOWN} className={shown ? "fill-sunken" : "fill-transparent"} />
      <rect x={x + 1} y={UP - up} width={BAR} height={up} className="fill-completed" />
      <rect x={x + 1} y={UP} width={BAR} height={down} className="fill-failed" />
    </g>
  );
}

const visible = (height: number) => (height > 0 ? Math.max(1.5, height) : 0);

function sum(minutes: readonly Minute[]) {
  return {
    completed: minutes.reduce((total, { completed }) => total + completed, 0),
    failed: minutes.reduce((total, { failed }) => total + failed, 0),
  };
}
