import { RANGES, type Range } from "@/api/history";
import { useReachable } from "@/api/reachability";
import { Segments } from "@/components/segments";
import { StaleNotice } from "@/components/stale-notice";
import { useUrlState } from "../url-state";
import { HistoryChart } from "./history-chart";
import { QueueSelect } from "./queue-select";
import { useHistory } from "./use-queue-stats";

const LABELS = { hour: "Hour", day: "Day", week: "Week" } as const;

/** What finished lately; of which queue and since when is in the address. */
export function HistoryPanel() {
  const { params, change } = useUrlState();
  const range = RANGES.find((each) => each === params.get("range")) ?? "hour";
  const queue = params.get("of");
  const { history, error } = useHistory(range, queue);
  const reachable = useReachable();
  return (
    <section aria-label="History" className="mb-5">
      <div className="mb-2 flex flex-wrap items-center justify-between gap-2">
        <Segments
          label="The last"
          value={range}
          options={RANGES.map((each) => [each, LABELS[each]] as const)}
          onChange={(next: Range) => change({ range: next === "hour" ? null : next }, true)}
        />
        <QueueSelect
          label="Queue of the chart"
          value={queue ?? ""}
          none="All queues"
          onChange={(next) => change({ of: next || null }, true)}
          className="h-8 max-w-48 text-xs"
        />
      </div>
      {error && reachable && <StaleNotice what="The chart" error={error} className="mb-2" />}
      {history ? <HistoryChart history={history} /> : <div className="h-64" />}
    </section>
  );
}
