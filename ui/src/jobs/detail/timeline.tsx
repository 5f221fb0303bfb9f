import type { JobEvent, JobEventType } from "@/api/job";
import { formatClock, formatDuration, formatUtc, formatZone } from "@/components/time-format";
import { Section } from "./section";

const LOOKS: Record<JobEventType, readonly [text: string, colour: string]> = {
  CREATED: ["Accepted and stored", "bg-waiting"],
  PUBLISHED: ["Queued", "bg-waiting"],
  STARTED: ["Started", "bg-running"],
  DEFERRED: ["Deferred", "bg-waiting"],
  COMPLETED: ["Completed", "bg-completed"],
  FAILED: ["Failed", "bg-failed"],
  CALLBACK_REFUSED: ["Late or conflicting result rejected", "bg-odd"],
  RETRIED: ["Retried", "bg-waiting"],
  CANCELLED: ["Cancelled", "bg-cancelled"],
};

/** Everything that happened to a job, attempt by attempt. */
export function Timeline({ history }: { history: readonly JobEvent[] }) {
  const attempts = Math.max(1, ...history.map(({ attempt }) => attempt));
  return (
    <Section
      title={attempts > 1 ? `Timeline, ${attempts} attempts` : "Timeline"}
      tools={history[0] && <span className="text-xs text-ink-muted">{formatZone(history[0].at)}</span>}
    >
      <ol className="rail [--rail:0.4375rem]">
        {history.map((event, index) => (
          <TimelineEntry
            // biome-ignore lint/suspicious/noArrayIndexKey: history only grows
            key={index}
            event={event}
            previous={history[index - 1]}
            showAttempt={attempts > 1 && event.attempt !== history[index - 1]?.attempt}
          />
        ))}
      </ol>
    </Section>
  );
}

type EntryProps = { event: JobEvent; previous: JobEvent | undefined; showAttempt: boolean };

function TimelineEntry({ event, previous, showAttempt }: EntryProps) {
  const [text, colour] = LOOKS[event.type] ?? [event.type, "bg-waiting"];
  const startedBy = event.type === "STARTED" ? event.detail : null;
  return (
    <li className="relative py-1.5 pl-7">
      {showAttempt && <p className="pb-1 text-2xs font-semibold text-ink-muted">Attempt {event.attempt}</p>}
      <div className="relative flex items-baseline gap-3">
        <span className={`absolute top-1.5 -left-6.5 size-2.5 rounded-full ring-3 ring-surface ${colour}`} />
        <span className="min-w-0 flex-1 break-words">
          {startedBy === null ? text : `Started by ${startedBy}`}
          {event.detail && startedBy === null && (
            <span dir="auto" className="block text-xs text-ink-muted">
              {event.detail}
            </span>
          )}
        </span>
        <span className="shrink-0 text-right text-xs text-ink-muted">
          <time dateTime={new Date(event.at).toISOString()} title={formatUtc(event.at)}>
            {formatClock(event.at)}
          </time>
          {previous && <span className="ml-2 inline-block w-16">+{formatDuration(event.at - previous.at)}</span>}
        </span>
      </div>
    </li>
  );
}
