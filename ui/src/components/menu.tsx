import * as Radix from "@radix-ui/react-dropdown-menu";
import type { ReactNode } from "react";
import { Icon } from "./icon";

/** The look of an item. */
export const MENU_ITEM = "flex items-center gap-3 rounded-control px-3 py-2 outline-none data-highlighted:bg-sunken";

type Props = { trigger: ReactNode; width: "w-48" | "w-64" | "w-72"; children: ReactNode };

/** A button of the header, and what it opens. */
export function Menu({ trigger, width, children }: Props) {
  return (
    <Radix.Root modal={false}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          align="end"
          sideOffset={6}
          className={`z-50 ${width} animate-rise rounded-panel border border-line bg-surface p-1.5 shadow-over`}
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

type CheckItemProps = { checked: boolean; onChange: (checked: boolean) => void; hint: string; children: string };

/** A switch in a menu, which stays open. */
export function CheckItem({ checked, onChange, hint, children }: CheckItemProps) {
  return (
    <Radix.CheckboxItem
      checked={checked}
      onCheckedChange={onChange}
      onSelect={(event) => event.preventDefault()}
      className={MENU_ITEM}
    >
      <span className="flex-1">
        {children}
        <span className="block text-xs text-ink-muted">{hint}</span>
      </span>
      <span className="grid size-5 place-items-center rounded-[0.25rem] border border-line-strong">
        <Radix.ItemIndicator>
          <Icon name="check" />
        </Radix.ItemIndicator>
      </span>
    </Radix.CheckboxItem>
  );
}
