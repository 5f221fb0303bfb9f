import * as Radix from "@radix-ui/react-dropdown-menu";
import { Button } from "@/components/button";
import { CheckItem, Menu } from "@/components/menu";
import { NotifyItem } from "@/notices/notify-item";
import { useLivePreference } from "./live-preference";
import type { Liveness } from "./use-job-feed";

const LOOKS: Record<Liveness, readonly [text: string, dot: string, meaning: string]> = {
  live: ["Live", "bg-completed", "Changes show the moment they happen."],
  polling: ["Polling", "bg-running", "Changes show within 2 s."],
  offline: ["Offline", "bg-failed", "The backend is unreachable. Retrying every 2 s."],
};

/** How fresh the page is, and the switch between push and polling. */
export function LiveMenu({ liveness }: { liveness: Liveness }) {
  const [wanted, setWanted] = useLivePreference();
  const [text, dot, meaning] = LOOKS[liveness];
  return (
    <Menu
      width="w-72"
      trigger={
        <Button look="quiet" className="px-2.5" aria-label={`Updates: ${text}`}>
          <span className={`size-2 rounded-full ${dot} ${liveness === "live" ? "animate-breathe" : ""}`} />
          <span className="text-ink">{text}</span>
        </Button>
      }
    >
      <Radix.Label className="px-3 py-2 text-xs text-ink-muted">{meaning}</Radix.Label>
      <CheckItem checked={wanted} onChange={setWanted} hint="Over a WebSocket, besides the poll every 2 s">
        Instant updates
      </CheckItem>
      <NotifyItem />
    </Menu>
  );
}
