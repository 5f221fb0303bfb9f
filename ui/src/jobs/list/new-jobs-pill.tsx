import { Icon } from "@/components/icon";
import { formatCount } from "@/components/time-format";

/** Announces jobs that would push others from under the cursor. */
export function NewJobsPill({ count, onShow }: { count: number; onShow: () => void }) {
  return (
    <div
      role="status"
      className="pointer-events-none sticky top-[calc(var(--header)+0.75rem)] z-20 flex md:top-[calc(var(--header)+var(--toolbar)+0.75rem)] h-0 justify-center"
    >
      {count > 0 && (
        <button
          type="button"
          onClick={onShow}
          className="pointer-events-auto flex h-8 animate-rise items-center gap-1.5 rounded-full bg-ink px-3.5 text-xs font-medium text-ink-inverse shadow-over hover:opacity-90"
        >
          <Icon name="up" />
          {formatCount(count)} new {count === 1 ? "job" : "jobs"}
        </button>
      )}
    </div>
  );
}
