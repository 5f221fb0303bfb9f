import * as Radix from "@radix-ui/react-dropdown-menu";
import { jobsExportUrl } from "@/api/list-jobs";
import { Button } from "@/components/button";
import { Icon } from "@/components/icon";
import { MENU_ITEM, Menu } from "@/components/menu";
import { useUrlState } from "../url-state";

const FORMATS = [
  ["csv", "CSV, for spreadsheets"],
  ["ndjson", "NDJSON, a job a line"],
] as const;

/** Downloads the jobs that the list shows, and all that follow them. */
export function ExportMenu() {
  const { filter } = useUrlState();
  const all = filter.status === null && filter.q === "" && filter.conditions.length === 0;
  return (
    <Menu
      width="w-64"
      trigger={
        <Button icon aria-label="Download these jobs">
          <Icon name="download" />
        </Button>
      }
    >
      <Radix.Label className="px-3 py-2 text-xs text-ink-muted">
        {all ? "Download all jobs" : "Download all jobs that match"}
      </Radix.Label>
      {FORMATS.map(([format, label]) => (
        <Radix.Item key={format} asChild className={MENU_ITEM}>
          <a href={jobsExportUrl(filter, format)} download>
            {label}
          </a>
        </Radix.Item>
      ))}
    </Menu>
  );
}
