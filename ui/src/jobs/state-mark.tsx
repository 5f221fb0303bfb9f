import type { JobState } from "./job-state";

export const STATE_LABELS: Record<JobState, string> = {
  waiting: "Pending",
  scheduled: "Scheduled",
  deferred: "Deferred",
  running: "Running",
  completed: "Completed",
  failed: "Failed",
  cancelled: "Cancelled",
};

export const STATE_COLOURS: Record<JobState, string> = {
  waiting: "text-waiting",
  scheduled: "text-waiting",
  deferred: "text-deferred",
  running: "text-running",
  completed: "text-completed",
  failed: "text-failed",
  cancelled: "text-cancelled",
};

const stroke = { fill: "none", stroke: "currentColor", strokeWidth: 1.75, strokeLinecap: "round" } as const;
const cut = {
  fill: "none",
  stroke: "var(--surface)",
  strokeWidth: 1.75,
  strokeLinecap: "round",
  strokeLinejoin: "round",
} as const;

type Props = { state: JobState; still?: boolean; className?: string };

/** A state's shape, so that no state is shown by its colour alone. */
export function StateMark({ state, still = false, className = "" }: Props) {
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 16 16"
      className={`size-4 shrink-0 ${state === "running" && !still ? "animate-turn" : ""} ${STATE_COLOURS[state]} ${className}`}
    >
      {SHAPES[state]}
    </svg>
  );
}

const SHAPES = {
  waiting: (
    <circle
      cx="8"
      cy="8"
      r="5.5"
      fill="var(--surface)"
      stroke="currentColor"
      strokeWidth="1.75"
      strokeDasharray="2.2 2.12"
    />
  ),
  scheduled: (
    <>
      <rect x="2" y="3" width="12" height="11" rx="2" fill="var(--surface)" stroke="currentColor" strokeWidth="1.75" />
      <path d="M2 6.75h12M5.25 1.5v2.75M10.75 1.5v2.75" {...stroke} />
    </>
  ),
  deferred: (
    <>
      <circle cx="8" cy="8" r="5.9" fill="var(--surface)" stroke="currentColor" strokeWidth="1.75" />
      <path d="M8 4.75V8l2.25 1.6" {...stroke} strokeLinejoin="round" />
    </>
  ),
  running: (
    <>
      <circle
        cx="8"
        cy="8"
        r="5.75"
        fill="var(--surface)"
        stroke="currentColor"
        strokeOpacity="0.25"
        strokeWidth="1.75"
      />
      <path d="M8 2.25A5.75 5.75 0 0 1 13.75 8" {...stroke} />
    </>
  ),
  completed: (
    <>
      <circle cx="8" cy="8" r="6.75" fill="currentColor" />
      <path d="M5 8.3l2.1 2.1L11 6.2" {...cut} />
    </>
  ),
  failed: (
    <>
      <path d="M5.2 1.25h5.6l3.95 3.95v5.6l-3.95 3.95H5.2L1.25 10.8V5.2z" fill="currentColor" />
      <path d="M5.8 5.8l4.4 4.4M10.2 5.8l-4.4 4.4" {...cut} />
    </>
  ),
  cancelled: (
    <>
      <circle cx="8" cy="8" r="5.9" fill="var(--surface)" stroke="currentColor" strokeWidth="1.75" />
      <path d="M4.6 11.4l6.8-6.8" {...stroke} />
    </>
  ),
} satisfies Record<JobState, React.ReactNode>;
