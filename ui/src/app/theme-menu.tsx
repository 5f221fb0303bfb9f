import * as Menu from "@radix-ui/react-dropdown-menu";
import { Button } from "@/components/button";
import { Icon } from "@/components/icon";
import { type Theme, useTheme } from "./theme";

const THEMES = [
  ["system", "System", "system"],
  ["light", "Light", "sun"],
  ["dark", "Dark", "moon"],
] as const;

export function ThemeMenu() {
  const [theme, setTheme] = useTheme();
  const icon = THEMES.find(([value]) => value === theme)?.[2] ?? "system";
  return (
    <Menu.Root modal={false}>
      <Menu.Trigger asChild>
        <Button look="quiet" icon aria-label="Theme">
          <Icon name={icon} />
        </Button>
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Content
          align="end"
          sideOffset={6}
          className="z-50 w-48 animate-rise rounded-panel border border-line bg-surface p-1.5 shadow-over"
        >
          <Menu.RadioGroup value={theme} onValueChange={(value) => setTheme(value as Theme)}>
            {THEMES.map(([value, label, name]) => (
              <Menu.RadioItem
                key={value}
                value={value}
                className="flex items-center gap-3 rounded-control px-3 py-2 outline-none data-highlighted:bg-sunken"
              >
                <Icon name={name} />
                <span className="flex-1">{label}</span>
                <Menu.ItemIndicator>
                  <Icon name="check" />
                </Menu.ItemIndicator>
              </Menu.RadioItem>
            ))}
          </Menu.RadioGroup>
        </Menu.Content>
      </Menu.Portal>
    </Menu.Root>
  );
}
