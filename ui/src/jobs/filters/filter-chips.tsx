import { Icon } from "@/components/icon";
import { useUrlState } from "../url-state";
import { describe } from "./conditions";

/** The conditions that are in force, each with the way to be rid of it; nothing where there are none. */
export function FilterChips() {
  const {
    filter: { conditions },
    change,
  } = useUrlState();
  if (conditions.length === 0) return null;
  const without = (index: number) => change({ conditions: conditions.toSpliced(index, 1) });
  return (
    <ul
      aria-label="Filters"
      className="flex flex-wrap items-center gap-1.5 border-b border-line bg-paper px-4 py-2 lg:px-6"
    >
      {conditions.map((condition, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an address may name one twice
        <li key={index} className="max-w-full">
          <button
            type="button"
            onClick={() => without(index)}
            aria-label={`Remove the filter ${describe(condition)}`}
            className="flex max-w-full items-center gap-1.5 rounded-control border border-line-strong/60 bg-surface py-1 pr-1.5 pl-2.5 text-xs hover:border-ink"
          >
            <bdi className="truncate">{describe(condition)}</bdi>
            <Icon name="close" className="size-3.5 text-ink-muted" />
          </button>
        </li>
      ))}
      {conditions.length > 1 && (
        <li>
          <button
            type="button"
            onClick={() => change({ conditions: [] })}
            className="rounded-control px-2 py-1 text-xs text-ink-muted underline underline-offset-2 hover:text-ink"
          >
            Clear all
          </button>
        </li>
      )}
    </ul>
  );
}
