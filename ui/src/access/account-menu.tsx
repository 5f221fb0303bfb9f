import * as Radix from "@radix-ui/react-dropdown-menu";
import { messageOf } from "@/api/problem";
import { Button } from "@/components/button";
import { Icon } from "@/components/icon";
import { MENU_ITEM, Menu } from "@/components/menu";
import { toast } from "@/components/toast";
import { useUrlState } from "@/jobs/url-state";
import { useMay, useSession, useSignOut } from "./use-session";

/** Who is signed in, and the way out; nothing where access is open. */
export function AccountMenu() {
  const session = useSession();
  const { change } = useUrlState();
  const isAdmin = useMay("admin");
  const isSubmitter = useMay("submitter");
  const { mutate } = useSignOut();
  if (!session?.displayName) return null;
  const { displayName, roles } = session;
  return (
    <Menu
      width="w-64"
      trigger={
        <Button look="quiet" className="max-w-40 max-sm:px-2.5" aria-label={`Signed in as ${displayName}`}>
          <Icon name="person" />
          <span className="truncate text-ink max-sm:sr-only">{displayName}</span>
        </Button>
      }
    >
      <Radix.Label className="px-3 py-2">
        <span dir="auto" className="block truncate font-medium">
          {displayName}
        </span>
        <span className="block text-xs text-ink-muted">{highest(roles)}</span>
      </Radix.Label>
      {isSubmitter && (
        <Radix.Item className={MENU_ITEM} onSelect={() => change({ panel: "webhooks" })}>
          <Icon name="webhook" />
          Webhooks
        </Radix.Item>
      )}
      {isAdmin && (
        <>
          <Radix.Item className={MENU_ITEM} onSelect={() => change({ panel: "keys" })}>
            <Icon name="key" />
            API keys
          </Radix.Item>
          <Radix.Item className={MENU_ITEM} onSelect={() => change({ panel: "audit" })}>
            <Icon name="log" />
            Audit log
          </Radix.Item>
        </>
      )}
      <Radix.Item
        className={MENU_ITEM}
        onSelect={() => mutate(undefined, { onError: (error) => toast(messageOf(error), true) })}
      >
        <Icon name="out" />
        Sign out
      </Radix.Item>
    </Menu>
  );
}

const RANKS = [
  ["admin", "Administrator"],
  ["operator", "Operator"],
  ["submitter", "Submitter"],
  ["viewer", "Viewer"],
] as const;

const highest = (roles: readonly string[]) => RANKS.find(([role]) => roles.includes(role))?.[1] ?? "";
