import { QueueSelect } from "../queues/queue-select";
import { useQueues } from "../queues/use-queues";
import { useUrlState } from "../url-state";

/** Which queue the list shows; nothing where there is but one. */
export function QueueFilter() {
  const { filter, change } = useUrlState();
  const several = useQueues().length > 1;
  if (!several && filter.queue === null) return null;
  return (
    <QueueSelect
      label="Show jobs of"
      value={filter.queue ?? ""}
      none="All queues"
      onChange={(queue) => change({ queue: queue || null })}
      className="h-9 max-w-40 text-ink-muted"
    />
  );
}
