import { type Clock, toTimestamp, toTimestampOrNull } from "../clock.js";
import { type DeviceLimit, getDevice } from "../devices/devices.js";
import { ApiError, invalid } from "../errors.js";
import type { components } from "../generated/openapi.js";
import type { Handlers } from "../http/contract.js";
import { parseTime } from "../http/validation.js";
import { namesIn } from "../storage/names.js";
import type { Mode } from "../storage/schema.js";
import type { Store } from "../storage/store.js";
import type { Caller, KeyDirectory } from "./key-directory.js";
import { type ApiKey, createKey, isScope, listKeys, newKeyText, revokeVisibleKey } from "./keys.js";

export function keyRoutes({
  store,
  clock,
  directory,
}: {
  store: Store;
  clock: Clock;
  directory: KeyDirectory;
}): Pick<Handlers, "listApiKeys" | "createApiKey" | "revokeApiKey"> {
  /** Null in the request means the maker's own devices: all, unless it is limited itself. */
  async function devicesFor(caller: Caller, asked: string[] | null | undefined): Promise<DeviceLimit> {
    if (!asked) return caller.deviceIds;
    for (const id of asked) await getDevice(store.read, caller.space, caller.deviceIds, id);
    return asked;
  }

  return {
    async listApiKeys({ caller, reply }) {
      const keys = await listKeys(store.read, caller.space, caller.deviceIds);
      return reply(200, { success: true, data: keys.map((key) => toApiKey(key, caller.space.mode)) });
    },
    async createApiKey({ caller, body, reply, write }) {
      const { mode } = caller.space;
      const now = clock.now();
      const beyond = body.scopes.filter((scope) => !caller.scopes.has(scope));
      if (beyond.length > 0)
        throw new ApiError("missing_scope", `Missing scope ${beyond.join(", ")}: a key gives only what it has itself`);
      if (body.mode !== undefined && body.mode !== mode)
        throw new ApiError("mode_not_allowed", `A ${mode} key makes ${mode} keys only`);
      const expiresAt = body.expires_at ? parseTime("expires_at", body.expires_at) : null;
      if (expiresAt !== null && expiresAt <= now) throw invalid("expires_at", "must be a time to come");
      const lasts = caller.expiresAt === null ? expiresAt : Math.min(expiresAt ?? caller.expiresAt, caller.expiresAt);
      const deviceIds = await devicesFor(caller, body.device_ids);

      const key = newKeyText(mode);
      const answer = await write(async (tx) => {
        const row = await createKey(
          tx,
          caller.space,
          key,
          { name: body.name, scopes: body.scopes, deviceIds, expiresAt: lasts },
          now,
        );
        const message = "API key created successfully. Save the key - it will not be shown again.";
        return reply(201, { success: true, data: { ...toApiKey(row, mode), key }, message });
      });
      await directory.reload();
      return answer;
    },
    async revokeApiKey({ caller, params, reply, write }) {
      const answer = await write(async (tx) => {
        await revokeVisibleKey(tx, caller.space, caller.deviceIds, params.id, clock.now());
        return reply(200, { success: true, message: "API key revoked successfully" });
      });
      await directory.reload();
      return answer;
    },
  };
}

const toApiKey = (key: ApiKey, mode: Mode): components["schemas"]["ApiKey"] => ({
  id: key.id,
  name: key.name,
  key_hint: key.key_hint,
  mode,
  scopes: namesIn(key.scopes).filter(isScope),
  device_ids: key.device_ids === null ? null : namesIn(key.device_ids),
  expires_at: toTimestampOrNull(key.expires_at),
  last_used_at: toTimestampOrNull(key.last_used_at),
  created_at: toTimestamp(key.created_at),
});
