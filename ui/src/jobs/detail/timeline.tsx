import type { ReactNode } from "react";
import { formatClock, formatDuration, formatUtc, formatZone } from "@/components/time-format";
import { Section } from "./section";
import type { TimelineEntry } from "./timeline-entries";

const COLOURS: Record<TimelineEntry["type"], string> = {
  CREATED: "bg-waiting",
  PUBLISHED: "bg-waiting",
  STARTED: "bg-running",
  PROGRESS: "bg-running",
  DEFERRED: "bg-deferred",
  COMPLETED: "bg-completed",
  ATTEMPT_FAILED: "bg-deferred",
  FAILED: "bg-failed",
  CALLBACK_REFUSED: "bg-odd",
  RETRIED: "bg-waiting",
  CANCELLED: "bg-cancelled",
};

/** What has an error as its detail. */
const ERRORS: readonly TimelineEntry["type"][] = ["ATTEMPT_FAILED", "FAILED", "CALLBACK_REFUSED"];

/** Everything that happened to a job, attempt by attempt. */
export function Timeline({ entries, tools }: { entries: readonly TimelineEntry[]; tools: ReactNode }) {
  const attempts = Math.max(1, ...entries.map(({ attempt }) => attempt));
  return (
    <Section
      title={attempts > 1 ? `Timeline, ${attempts} attempts` : "Timeline"}
      tools={
        <>
          {tools}
          {entries[0] && <span className="text-xs text-ink-muted">{formatZone(entries[0].at)}</span>}
        </>
      }
    >
      <ol className="rail [--rail:0.4375rem]">
        {entries.map((entry, index) => (
          <Line
            // biome-ignore lint/suspicious/noArrayIndexKey: history only grows
            key={index}
            entry={entry}
            previous={entries[index - 1]}
            showAttempt={attempts > 1 && entry.attempt !== entries[index - 1]?.attempt}
          />
        ))}
      </ol>
    </Section>
  );
}

type LineProps = { entry: TimelineEntry; previous: TimelineEntry | undefined; showAttempt: boolean };

function Line({ entry, previous, showAttempt }: LineProps) {
  const { type, text, at, attempt, detail } = entry;
  return (
    <li className="relative py-1.5 pl-7">
      {showAttempt && <p className="pb-1 text-2xs font-semibold text-ink-muted">Attempt {attempt}</p>}
      <div className="relative flex items-baseline gap-3">
        <span
          className={`absolute top-1.5 -left-6.5 size-2.5 rounded-full ring-3 ring-surface ${COLOURS[type] ?? "bg-waiting"}`}
        />
        <span className="min-w-0 flex-1 break-words">
          {text}
          {detail && (
            <span dir="auto" className={`block text-xs text-ink-muted ${ERRORS.includes(type) ? "font-mono" : ""}`}>
              {detail}
            </span>
          )}
        </span>
        <span className="shrink-0 text-right text-xs text-ink-muted">
          <time dateTime={new Date(at).toISOString()} title={formatUtc(at)}>
            {formatClock(at)}
          </time>
          {previous && <span className="ml-2 inline-block w-16">+{formatDuration(at - previous.at)}</span>}
        </span>
      </div>
    </li>
  );
}
