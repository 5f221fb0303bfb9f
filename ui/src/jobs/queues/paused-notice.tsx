import { Link } from "react-router";
import { Icon } from "@/components/icon";
import { usePolledQueues } from "./use-queues";

const SHOWN = 3;

/** Which queues are paused, where one looks when jobs do not start; nothing where none is. */
export function PausedNotice() {
  const { queues } = usePolledQueues();
  const paused = queues.filter((queue) => queue.paused).map(({ name }) => name);
  return (
    <div role="status">
      {paused.length > 0 && (
        <div className="flex items-center gap-x-3 border-b border-line bg-deferred-wash px-4 py-1.5 text-deferred lg:px-6">
          <Icon name="pause" />
          <p className="min-w-0 flex-1 break-words">
            {paused.length === 1 ? "Queue " : "Queues "}
            <strong className="font-semibold">{listed(paused)}</strong>{" "}
            {paused.length === 1 ? "is paused: its jobs wait." : "are paused: their jobs wait."}
          </p>
          <Link
            to="?view=queues"
            className="shrink-0 rounded-control px-2 py-1 font-medium underline underline-offset-2"
          >
            Resume…
          </Link>
        </div>
      )}
    </div>
  );
}

/** "a", "a and b", "a, b, c and 2 more" */
function listed(names: readonly string[]): string {
  if (names.length > SHOWN) return `${names.slice(0, SHOWN).join(", ")} and ${names.length - SHOWN} more`;
  return [names.slice(0, -1).join(", "), ...names.slice(-1)].filter((part) => part !== "").join(" and ");
}
