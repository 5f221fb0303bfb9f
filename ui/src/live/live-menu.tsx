import * as Menu from "@radix-ui/react-dropdown-menu";
import { Button } from "@/components/button";
import { Icon } from "@/components/icon";
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
    <Menu.Root modal={false}>
      <Menu.Trigger asChild>
        <Button look="quiet" className="px-2.5" aria-label={`Updates: ${text}`}>
          <span className={`size-2 rounded-full ${dot} ${liveness === "live" ? "animate-breathe" : ""}`} />
          <span className="text-ink">{text}</span>
        </Button>
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Content
          align="end"
          sideOffset={6}
          className="z-50 w-72 animate-rise rounded-panel border border-line bg-surface p-1.5 shadow-over"
        >
          <Menu.Label className="px-3 py-2 text-xs text-ink-muted">{meaning}</Menu.Label>
          <Menu.CheckboxItem
            checked={wanted}
            onCheckedChange={setWanted}
            onSelect={(event) => event.preventDefault()}
            className="flex items-center gap-3 rounded-control px-3 py-2 outline-none data-highlighted:bg-sunken"
          >
            <span className="flex-1">
              Instant updates
              <span className="block text-xs text-ink-muted">Over a WebSocket, besides the poll every 2 s</span>
            </span>
            <span className="grid size-5 place-items-center rounded-[0.25rem] border border-line-strong">
              <Menu.ItemIndicator>
                <Icon name="check" />
              </Menu.ItemIndicator>
            </span>
          </Menu.CheckboxItem>
        </Menu.Content>
      </Menu.Portal>
    </Menu.Root>
  );
}
