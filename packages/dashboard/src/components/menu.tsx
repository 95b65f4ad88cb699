import { Menu as Base } from "@base-ui/react/menu";
import type { ReactElement } from "react";
import { Icon, type IconName } from "./icons.js";
import styles from "./menu.module.css";

export type MenuItem = {
  label: string;
  icon?: IconName;
  onSelect(): unknown;
  isDangerous?: boolean;
  isDisabled?: boolean;
  /** Of a choice: whether it is the chosen one. */
  isChosen?: boolean;
};

/** A button with what can be done. False items are left out, and a `"-"` is a line between. */
export function Menu({ trigger, items }: { trigger: ReactElement; items: readonly (MenuItem | "-" | false)[] }) {
  return (
    <Base.Root>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner className={styles.positioner} align="end" sideOffset={4}>
          <Base.Popup className={styles.popup}>
            {items.map((item, index) => {
              if (!item) return null;
              if (item === "-") return <Base.Separator key={index} className={styles.separator} />;
              return (
                <Base.Item
                  key={item.label}
                  className={styles.item}
                  data-dangerous={item.isDangerous || undefined}
                  disabled={item.isDisabled ?? false}
                  onClick={item.onSelect}
                >
                  {item.icon && <Icon name={item.icon} />}
                  <span>{item.label}</span>
                  {item.isChosen && (
                    <>
                      <span className="visually-hidden">, chosen</span>
                      <Icon name="check" size={16} />
                    </>
                  )}
                </Base.Item>
              );
            })}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
