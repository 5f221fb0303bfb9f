import { Icon } from "@/components/icon";

const SHOWN = 5;

export function FormErrors({ errors }: { errors: readonly string[] }) {
  return (
    <div id="form-errors" role="alert" className="text-failed empty:hidden">
      {errors.length > 0 && (
        <ul className="space-y-1 rounded-control bg-failed-wash px-3 py-2">
          {errors.slice(0, SHOWN).map((error) => (
            <li key={error} className="flex gap-2">
              <Icon name="alert" className="mt-1" />
              {error}
            </li>
          ))}
          {errors.length > SHOWN && <li>…and {errors.length - SHOWN} more.</li>}
        </ul>
      )}
    </div>
  );
}
