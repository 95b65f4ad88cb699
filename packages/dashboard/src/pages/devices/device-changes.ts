/** What can be done to a device. What the server answers is shown at once; the events that follow say how it went on. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { keys } from "../../api/query-keys.js";
import { useClient } from "../../api/use-client.js";
import type { Device, UpdateDeviceRequest } from "../../generated/resources.js";

export function useDeviceChanges() {
  const client = useClient();
  const queryClient = useQueryClient();
  const { mode } = client;
  const listKey = keys.devices(mode);
  const onSettled = useCallback(
    () =>
      Promise.all([
        queryClient.invalidateQueries({ queryKey: keys.devices(mode) }),
        queryClient.invalidateQueries({ queryKey: keys.overview(mode) }),
      ]),
    [queryClient, mode],
  );
  const onSuccess = (changed: Device) => {
    queryClient.setQueryData<Device[]>(listKey, (devices) =>
      devices?.map((device) => (device.id === changed.id ? changed : device)),
    );
  };
  const inPlace = { isShownInPlace: true };

  return {
    create: useMutation({
      mutationFn: (device_name: string) => client.devices.create({ device_name }),
      meta: inPlace,
      onSuccess: (device) => queryClient.setQueryData<Device[]>(listKey, (devices) => [...(devices ?? []), device]),
      onSettled,
    }),
    rename: useMutation({
      mutationFn: ({ id, device_name }: { id: string; device_name: string }) =>
        client.devices.update(id, { device_name }),
      meta: inPlace,
      onSuccess,
      onSettled,
    }),
    update: useMutation({
      mutationFn: ({ id, ...change }: UpdateDeviceRequest & { id: string }) => client.devices.update(id, change),
      onSettled,
    }),
    reconnect: useMutation({ mutationFn: (id: string) => client.devices.reconnect(id), onSuccess, onSettled }),
    logout: useMutation({ mutationFn: (id: string) => client.devices.logout(id), meta: inPlace, onSuccess, onSettled }),
    remove: useMutation({
      mutationFn: (id: string) => client.devices.delete(id),
      meta: inPlace,
      onSuccess: (_message, id) =>
        queryClient.setQueryData<Device[]>(listKey, (devices) => devices?.filter((device) => device.id !== id)),
      onSettled,
    }),
  };
}
