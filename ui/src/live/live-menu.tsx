import * as Radix from "@radix-ui/react-dropdown-menu";
import { Button } from "@/components/button";
import { Icon } from "@/components/icon";
import { MENU_ITEM, Menu } from "@/components/menu";
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
      <Radix.CheckboxItem
        checked={wanted}
        onCheckedChange={setWanted}
        onSelect={(event) => event.preventDefault()}
        className={MENU_ITEM}
      >
        <span className="flex-1">
          Instant updates
          <span className="block text-xs text-ink-muted">Over a WebSocket, besides the poll every 2 s</span>
        </span>
        <span className="grid size-5 place-items-center rounded-[0.25rem] border border-line-strong">
          <Radix.ItemIndicator>
            <Icon name="check" />
          </Radix.ItemIndicator>
        </span>
      </Radix.CheckboxItem>
    </Menu>
  );
}
