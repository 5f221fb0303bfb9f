import { auditExportUrl } from "@/api/audit";
import { messageOf } from "@/api/problem";
import { Button } from "@/components/button";
import { Dialog } from "@/components/dialog";
import { useUrlState } from "@/jobs/url-state";
import { filterOf, textOf } from "./audit-filter";
import { AuditFilterForm } from "./audit-filter-form";
import { AuditItem } from "./audit-item";
import { useAudit } from "./use-audit";

/** Who changed what and who was refused, newest first. */
export function AuditDialog({ onClose }: { onClose: () => void }) {
  const { params, change } = useUrlState();
  const filter = filterOf(params.get("audit"));
  const { data, error, hasNextPage, isFetching, fetchNextPage } = useAudit(filter);
  const entries = data?.pages.flatMap((page) => page.entries);
  return (
    <Dialog
      open
      title="Audit log"
      description="Who changed what, and who was refused, in the last 365 days."
      onClose={onClose}
    >
      <AuditFilterForm
        key={textOf(filter)}
        initial={filter}
        onApply={(next) => change({ audit: textOf(next) }, true)}
      />
      <p role="alert" className="mt-3 text-xs text-failed empty:hidden">
        {error && messageOf(error)}
      </p>
      <ol aria-label="Entries" className="mt-3 divide-y divide-line border-t border-line">
        {entries?.map((entry) => (
          <AuditItem key={entry.id} of={entry} onFilter={(next) => change({ audit: textOf(next) })} />
        ))}
      </ol>
      {entries?.length === 0 && <p className="py-3 text-ink-muted">Nothing matches.</p>}
      <div className="mt-3 flex items-center justify-between gap-3">
        {hasNextPage ? (
          <Button disabled={isFetching} onClick={() => void fetchNextPage()}>
            Show older
          </Button>
        ) : (
          <span />
        )}
        <a href={auditExportUrl(filter)} download className="text-xs underline">
          Download all {filter && "that match "}(NDJSON)
        </a>
      </div>
    </Dialog>
  );
}
