import { type ReactNode, useState } from "react";

const HEIGHT = 64;
const UP = 46;
const STEP = 6;

/** What a chart shows of a time that begins then: a bar up and one down. */
type Bars = { start: number; up: number; down: number };

type Props = {
  label: string;
  bars: readonly Bars[];
  colours?: readonly [up: string, down: string];
  /** Whether both directions have one scale. */
  together?: boolean;
  /** The index of those that are pointed at. */
  shown: number | null;
  onShow: (index: number) => void;
  /** The first and the last of those that are dragged over, or one that is clicked. */
  onChoose: (first: number, last: number) => void;
  className: string;
};

/** Bars above a line and below it, a pair for each part of a time. */
export function BarChart({
  label,
  bars,
  colours = ["fill-completed", "fill-failed"],
  together = false,
  shown,
  onShow,
  onChoose,
  className,
}: Props) {
  const [from, setFrom] = useState<number | null>(null);
  const middle = together ? HEIGHT / 2 : UP;
  const most = Math.max(Number.EPSILON, ...bars.flatMap(({ up, down }) => [up / middle, down / (HEIGHT - middle)]));
  const [first, last] = rangeOf(from ?? shown, shown);
  const choose = (index: number) => {
    if (from !== null) onChoose(...rangeOf(from, index));
    setFrom(null);
  };
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${bars.length * STEP} ${HEIGHT}`}
      preserveAspectRatio="none"
      onPointerLeave={() => setFrom(null)}
      className={`mt-1 w-full cursor-pointer overflow-visible ${className}`}
    >
      {bars.map(({ start, up, down }, index) => {
        const [above, below] = [visible(up / most), visible(down / most)];
        return (
          <g
            key={start}
            onPointerEnter={() => onShow(index)}
            onPointerDown={() => setFrom(index)}
            onPointerUp={() => choose(index)}
          >
            <rect
              x={index * STEP}
              width={STEP}
              height={HEIGHT}
              className={index >= first && index <= last ? "fill-line" : "fill-transparent"}
            />
            <rect x={index * STEP + 1} y={middle - above} width={4} height={above} className={colours[0]} />
            <rect x={index * STEP + 1} y={middle} width={4} height={below} className={colours[1]} />
          </g>
        );
      })}
      <path d={`M0 ${middle}H${bars.length * STEP}`} className="stroke-line-strong" vectorEffect="non-scaling-stroke" />
    </svg>
  );
}

const visible = (height: number) => (height > 0 ? Math.max(1.5, height) : 0);

const rangeOf = (one: number | null, other: number | null): [number, number] =>
  one === null || other === null ? [1, 0] : [Math.min(one, other), Math.max(one, other)];

type PartProps = { count: number; shown: number | null; text: string; onShow: (index: number) => void };

/** What points at a part of a chart by keyboard: seen while it has the focus. */
export function PartOfChart({ count, shown, text, onShow }: PartProps): ReactNode {
  return (
    <input
      type="range"
      aria-label="Part of the chart"
      aria-valuetext={text}
      min={0}
      max={count - 1}
      value={shown ?? count - 1}
      onChange={(event) => onShow(Number(event.target.value))}
      className="sr-only accent-(--ink-muted) focus-visible:not-sr-only focus-visible:mt-2 focus-visible:w-full"
    />
  );
}
