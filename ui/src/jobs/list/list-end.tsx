import { useEffect, useRef } from "react";
import { Button } from "@/components/button";
import { formatCount } from "@/components/time-format";

type Props = { count: number; more: boolean; loading: boolean; failed: boolean; onMore: () => void };

/** Loads more when it comes near, and says where the list ends. */
export function ListEnd({ count, more, loading, failed, onMore }: Props) {
  const end = useRef<HTMLDivElement>(null);
  const waiting = more && !loading && !failed;
  useEffect(() => {
    if (end.current === null || !waiting) return;
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && onMore(), { rootMargin: "600px" });
    observer.observe(end.current);
    return () => observer.disconnect();
  }, [waiting, onMore]);
  return (
    <div ref={end} className="flex h-16 items-center justify-center gap-3 text-xs text-ink-muted">
      {more ? (
        <Button look="quiet" onClick={onMore} disabled={loading}>
          {loading ? "Loading…" : "Load more"}
        </Button>
      ) : (
        `End of list · ${formatCount(count)} ${count === 1 ? "job" : "jobs"}`
      )}
      {failed && <span className="text-failed">Could not be loaded.</span>}
    </div>
  );
}
