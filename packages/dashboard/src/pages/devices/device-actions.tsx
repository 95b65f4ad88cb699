import { useState } from "react";
import { IconButton } from "../../components/button.js";
import { ConfirmDialog } from "../../components/confirm-dialog.js";
import { Menu } from "../../components/menu.js";
import { showDone } from "../../components/toast.js";
import type { Device } from "../../generated/resources.js";
import { useDeviceChanges } from "./device-changes.js";
import { DeviceNameDialog } from "./device-name-dialog.js";

type Open = "rename" | "logout" | "remove" | undefined;

/** The menu of a device, with what it asks before something is lost. */
export function DeviceActions({ device, onRemoved }: { device: Device; onRemoved?: () => void }) {
  const [open, setOpen] = useState<Open>(undefined);
  const { rename, update, reconnect, logout, remove } = useDeviceChanges();
  const { id, device_name, phone_number, status } = device;
  const close = () => {
    setOpen(undefined);
    for (const each of [rename, logout, remove]) each.reset();
  };
  const makePrimary = () =>
    update.isPending ||
    update.mutate({ id, is_primary: true }, { onSuccess: () => showDone(`${device_name} is primary now`) });
  return (
    <>
      <Menu
        trigger={<IconButton icon="more" label={`Actions for ${device_name}`} />}
        items={[
          { label: "Rename", icon: "edit", onSelect: () => setOpen("rename") },
          !device.is_primary && phone_number !== null && { label: "Make primary", icon: "star", onSelect: makePrimary },
          status !== "connected" && {
            label: "Reconnect",
            icon: "refresh",
            onSelect: () => reconnect.isPending || reconnect.mutate(id),
          },
          "-",
          phone_number !== null &&
            device.reason !== "logged_out" && {
              label: "Log out",
              icon: "logout",
              isDangerous: true,
              onSelect: () => setOpen("logout"),
            },
          { label: "Remove", icon: "trash", isDangerous: true, onSelect: () => setOpen("remove") },
        ]}
      />
      <DeviceNameDialog
        isOpen={open === "rename"}
        onClose={close}
        title="Rename the device"
        action="Rename"
        name={device_name}
        isBusy={rename.isPending}
        error={rename.error}
        onSubmit={(name) => rename.mutate({ id, device_name: name }, { onSuccess: close })}
      />
      <ConfirmDialog
        isOpen={open === "logout"}
        onClose={close}
        title={`Log ${device_name} out?`}
        action="Log out"
        isBusy={logout.isPending}
        error={logout.error}
        onConfirm={() => logout.mutate(id, { onSuccess: close })}
      >
        <p>
          The phone {phone_number} unlinks this server: nothing is sent or received with it until it is paired again.
          Stored messages and contacts stay.
        </p>
      </ConfirmDialog>
      <ConfirmDialog
        isOpen={open === "remove"}
        onClose={close}
        title={`Remove ${device_name}?`}
        action="Remove device"
        isBusy={remove.isPending}
        error={remove.error}
        onConfirm={() =>
          // Not a callback of the mutation: with the device this menu goes, too, and its callbacks with it.
          void remove.mutateAsync(id).then(
            () => {
              close();
              showDone(`${device_name} was removed`);
              onRemoved?.();
            },
            () => undefined, // Shown in the dialog.
          )
        }
      >
        <p>
          It is logged out and deleted with its keys; messages that wait to go out through it are lost. To use the phone
          again, add a new device. Stored messages and contacts stay.
        </p>
      </ConfirmDialog>
    </>
  );
}
