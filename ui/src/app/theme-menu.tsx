import * as Radix from "@radix-ui/react-dropdown-menu";
import { Button } from "@/components/button";
import { Icon } from "@/components/icon";
import { MENU_ITEM, Menu } from "@/components/menu";
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
    <Menu
      width="w-48"
      trigger={
        <Button look="quiet" icon aria-label="Theme">
          <Icon name={icon} />
        </Button>
      }
    >
      <Radix.RadioGroup value={theme} onValueChange={(value) => setTheme(value as Theme)}>
        {THEMES.map(([value, label, name]) => (
          <Radix.RadioItem key={value} value={value} className={MENU_ITEM}>
            <Icon name={name} />
            <span className="flex-1">{label}</span>
            <Radix.ItemIndicator>
              <Icon name="check" />
            </Radix.ItemIndicator>
          </Radix.RadioItem>
        ))}
      </Radix.RadioGroup>
    </Menu>
  );
}
