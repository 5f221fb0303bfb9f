import { lastAnswerAt, useReachable } from "@/api/reachability";
import { Icon } from "@/components/icon";
import { formatMinute } from "@/components/time-format";

/** Takes the header's place, so that nothing below it moves. */
export function UnreachableBanner() {
  const reachable = useReachable();
  const since = lastAnswerAt();
  return (
    <div role="alert">
      {!reachable && (
        <p className="absolute inset-y-0 left-0 flex w-[calc(100%-13rem)] items-center gap-2.5 overflow-hidden bg-failed px-4 text-ink-inverse max-md:w-[calc(100%-11.25rem)] lg:px-6">
          <Icon name="alert" className="max-[22.5rem]:hidden" />
          <strong className="leading-tight font-semibold md:whitespace-nowrap">Backend unreachable</strong>
          <span className="truncate max-md:hidden">
            Retrying every 2 s.{since !== null && ` Last updated ${formatMinute(since)}.`}
          </span>
        </p>
      )}
    </div>
  );
}
