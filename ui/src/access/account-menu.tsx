import * as Menu from "@radix-ui/react-dropdown-menu";
import { messageOf } from "@/api/problem";
import { Button } from "@/components/button";
import { Icon } from "@/components/icon";
import { toast } from "@/components/toast";
import { useUrlState } from "@/jobs/url-state";
import { useMay, useSession, useSignOut } from "./use-session";

const ITEM = "flex items-center gap-3 rounded-control px-3 py-2 outline-none data-highlighted:bg-sunken";

/** Who is signed in, and the way out; nothing where access is open. */
export function AccountMenu() {
  const session = useSession();
  const { change } = useUrlState();
  const isAdmin = useMay("admin");
  const { mutate } = useSignOut();
  if (!session?.displayName) return null;
  const { displayName, roles } = session;
  return (
    <Menu.Root modal={false}>
      <Menu.Trigger asChild>
        <Button look="quiet" className="max-w-40 max-sm:px-2.5" aria-label={`Signed in as ${displayName}`}>
          <Icon name="person" />
          <span className="truncate text-ink max-sm:sr-only">{displayName}</span>
        </Button>
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Content
          align="end"
          sideOffset={6}
          className="z-50 w-64 animate-rise rounded-panel border border-line bg-surface p-1.5 shadow-over"
        >
          <Menu.Label className="px-3 py-2">
            <span dir="auto" className="block truncate font-medium">
              {displayName}
            </span>
            <span className="block text-xs text-ink-muted">{highest(roles)}</span>
          </Menu.Label>
          {isAdmin && (
            <>
              <Menu.Item className={ITEM} onSelect={() => change({ panel: "keys" })}>
                <Icon name="key" />
                API keys
              </Menu.Item>
              <Menu.Item className={ITEM} onSelect={() => change({ panel: "audit" })}>
                <Icon name="log" />
                Audit log
              </Menu.Item>
            </>
          )}
          <Menu.Item
            className={ITEM}
            onSelect={() => mutate(undefined, { onError: (error) => toast(messageOf(error), true) })}
          >
            <Icon name="out" />
            Sign out
          </Menu.Item>
        </Menu.Content>
      </Menu.Portal>
    </Menu.Root>
  );
}

const RANKS = [
  ["admin", "Administrator"],
  ["operator", "Operator"],
  ["submitter", "Submitter"],
  ["viewer", "Viewer"],
] as const;

const highest = (roles: readonly string[]) => RANKS.find(([role]) => roles.includes(role))?.[1] ?? "";
