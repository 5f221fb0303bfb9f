import * as Radix from "@radix-ui/react-dropdown-menu";
import { Link, useNavigate } from "react-router";
import { Button } from "@/components/button";
import { Icon } from "@/components/icon";
import { MENU_ITEM, Menu } from "@/components/menu";
import { formatCount } from "@/components/time-format";
import { useShortcuts } from "@/components/use-shortcuts";
import type { View } from "@/jobs/url-state";
import { useDeadLetterCount } from "@/system/use-system";
import { usePages } from "./use-pages";

/** The pages: links beside each other where there is room, a menu where there is not, and keys. */
export function PageNav() {
  usePageKeys();
  return (
    <>
      <PageLinks />
      <PageMenu />
    </>
  );
}

function PageLinks() {
  const { pages, page } = usePages();
  return (
    <nav aria-label="Pages" className="mr-auto flex gap-0.5 max-lg:hidden">
      {pages.map(({ view, label }) => (
        <Link
          key={view}
          to={{ search: searchOf(view) }}
          aria-current={view === page.view ? "page" : undefined}
          className="rounded-control px-2.5 py-1.5 whitespace-nowrap text-ink-muted hover:bg-sunken hover:text-ink aria-[current=page]:bg-sunken aria-[current=page]:font-medium aria-[current=page]:text-ink"
        >
          {label}
          {view === "dead-letters" && <DeadLetterCount />}
        </Link>
      ))}
    </nav>
  );
}

function PageMenu() {
  const { pages, page } = usePages();
  return (
    <div className="mr-auto min-w-0 lg:hidden">
      <Menu
        width="w-48"
        trigger={
          <Button look="quiet" aria-label={`Pages: ${page.label}`} className="max-w-full shrink! gap-1 px-2">
            <span className="truncate font-semibold text-ink">{page.label}</span>
            <Icon name="down" />
          </Button>
        }
      >
        {pages.map(({ view, label }) => (
          <Radix.Item key={view} asChild className={MENU_ITEM}>
            <Link to={{ search: searchOf(view) }} aria-current={view === page.view ? "page" : undefined}>
              <span className="flex-1">
                {label}
                {view === "dead-letters" && <DeadLetterCount />}
              </span>
              {view === page.view && <Icon name="check" />}
            </Link>
          </Radix.Item>
        ))}
      </Menu>
    </div>
  );
}

/** Says, in the entry of their page, how many there are; nothing where there are none. */
function DeadLetterCount() {
  const count = useDeadLetterCount();
  if (count === 0) return null;
  return (
    <>
      {" "}
      <span className="ml-1 rounded-full bg-failed px-1.5 text-xs font-medium text-ink-inverse tabular-nums">
        {formatCount(count)}
      </span>
    </>
  );
}

function usePageKeys() {
  const { pages } = usePages();
  const navigate = useNavigate();
  const open = (view: View) => () => void navigate({ search: searchOf(view) });
  useShortcuts({
    q: open("queues"),
    ...Object.fromEntries(pages.map(({ view, key }) => [`g ${key}`, open(view)])),
  });
}

const searchOf = (view: View) => (view === "jobs" ? "" : `?view=${view}`);
