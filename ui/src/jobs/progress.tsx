import type { JobProgress } from "@/api/job";

/** How far a running job is, in one line. */
export function ProgressLine({ progress: { percent, message } }: { progress: JobProgress }) {
  return (
    <span className="flex min-w-0 items-center gap-2">
      {percent !== null && <ProgressBar percent={percent} />}
      {message !== null && (
        <span dir="auto" className="min-w-0 truncate">
          {message}
        </span>
      )}
      {percent === null && message === null && "In progress"}
    </span>
  );
}

/** A bar with its percent, 0 to 100. */
export function ProgressBar({ percent }: { percent: number }) {
  const whole = Math.floor(percent); // 100 % is done, and nothing else is
  return (
    <>
      <span
        role="progressbar"
        aria-label="Progress"
        aria-valuenow={whole}
        aria-valuemin={0}
        aria-valuemax={100}
        className="h-1.5 w-16 shrink-0 overflow-hidden rounded-full bg-running-wash ring-1 ring-running/30 sm:w-24"
      >
        <span
          className="block h-full w-full origin-left bg-running"
          style={{ transform: `scaleX(${percent / 100})` }}
        />
      </span>
      <span className="shrink-0 text-running tabular-nums">{whole} %</span>
    </>
  );
}
