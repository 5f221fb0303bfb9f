import { Button } from "@/components/button";
import { Icon } from "@/components/icon";
import { useUrlState } from "../url-state";

export function FilterButton() {
  const { filter, change } = useUrlState();
  const count = filter.conditions.length;
  return (
    <Button
      aria-label={count === 0 ? "Filters" : `Filters, ${count} in force`}
      aria-haspopup="dialog"
      onClick={() => change({ panel: "filters" })}
    >
      <Icon name="filter" />
      <span className="max-[85rem]:sr-only">Filters</span>
      {count > 0 && <span className="text-ink-muted">{count}</span>}
    </Button>
  );
}
