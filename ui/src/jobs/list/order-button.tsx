import { Button } from "@/components/button";
import { Icon } from "@/components/icon";
import { useShortcuts } from "@/components/use-shortcuts";
import { useUrlState } from "../url-state";

/** Turns the list round; says so where it does not begin with the newest. */
export function OrderButton() {
  const { filter, change } = useUrlState();
  const oldestFirst = filter.oldestFirst === true;
  const toggle = () => change({ order: oldestFirst ? null : "oldest" });
  useShortcuts({ o: toggle });
  return (
    <Button
      look={oldestFirst ? "solid" : "outline"}
      aria-label="Oldest first"
      aria-pressed={oldestFirst}
      title={oldestFirst ? "Show the newest first" : "Show the oldest first"}
      onClick={toggle}
    >
      <Icon name="oldest" />
      {oldestFirst && <span className="max-[96rem]:sr-only">Oldest first</span>}
    </Button>
  );
}
