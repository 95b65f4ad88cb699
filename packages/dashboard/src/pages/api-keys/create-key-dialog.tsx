import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useId, useState } from "react";
import { fieldProblem } from "../../api/errors.js";
import { devicesQuery } from "../../api/queries.js";
import { keys } from "../../api/query-keys.js";
import { useClient } from "../../api/use-client.js";
import { Badge } from "../../components/badge.js";
import { Button } from "../../components/button.js";
import { Code } from "../../components/code.js";
import { Checkbox, Field, Select } from "../../components/field.js";
import { Notice, ProblemNotice } from "../../components/notice.js";
import { OnceDialog } from "../../components/once-dialog.js";
import type { CreateApiKeyRequest, Mode, Scope } from "../../generated/resources.js";
import styles from "./api-keys.module.css";
import { EXPIRIES, type Expiry, expiresAt, isPreset, PRESETS, SCOPES } from "./scopes.js";

/** Asks what the key is for; then shows it, this once. */
export function CreateKeyDialog({ isOpen, onClose }: { isOpen: boolean; onClose(): void }) {
  const client = useClient();
  const { mode } = client;
  const queryClient = useQueryClient();
  const form = useId();
  const create = useMutation({
    mutationFn: (body: CreateApiKeyRequest) => client.apiKeys.create(body),
    meta: { isShownInPlace: true },
    // What is shown once is not kept for longer than its dialog.
    gcTime: 0,
    onSettled: () => queryClient.invalidateQueries({ queryKey: keys.apiKeys(mode) }),
  });
  const close = () => {
    create.reset();
    onClose();
  };
  const created = create.data;
  return (
    <OnceDialog
      isOpen={isOpen}
      onClose={close}
      isBusy={create.isPending}
      isMade={created !== undefined}
      size="l"
      title={created ? `${created.name}, shown this once` : `Create a ${mode} key`}
      action={
        <Button type="submit" form={form} kind="primary" isBusy={create.isPending}>
          Create {mode} key
        </Button>
      }
    >
      {created ? (
        <div role="status" className={styles.form}>
          <Notice tone="warn" title="Save it now">
            The server keeps only a hash of it, so nobody can show it again. Put it where the program reads its secrets,
            never into its code.
          </Notice>
          <Code label="The API key" text={created.key} isWrapped />
        </div>
      ) : (
        <KeyForm
          id={form}
          mode={mode}
          error={create.error}
          onSubmit={(body) => create.isPending || create.mutate(body)}
        />
      )}
    </OnceDialog>
  );
}

function KeyForm(props: { id: string; mode: Mode; error: unknown; onSubmit(body: CreateApiKeyRequest): void }) {
  const { id, mode, error, onSubmit } = props;
  const { data: devices = [] } = useQuery(devicesQuery(useClient()));
  const [name, setName] = useState("");
  const [scopes, setScopes] = useState<readonly Scope[]>(["messages:send"]);
  const [expiry, setExpiry] = useState<Expiry>("never");
  const [deviceIds, setDeviceIds] = useState<readonly string[] | undefined>(undefined);
  const [wasTried, setTried] = useState(false);
  const noName = name.trim() === "";
  const noDevice = deviceIds?.length === 0;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (noName || scopes.length === 0 || noDevice) return;
    onSubmit({
      name: name.trim(),
      mode,
      scopes: [...scopes],
      expires_at: expiresAt(expiry, Date.now()),
      device_ids: deviceIds ? [...deviceIds] : null,
    });
  };
  const nameError = fieldProblem(error, "name");
  return (
    <form id={id} onSubmit={submit} className={styles.form}>
      {error != null && !nameError && <ProblemNotice error={error} />}
      <p className={styles.mode}>
        <Badge tone="accent">{mode === "live" ? "Live" : "Test"}</Badge>
        {mode === "live"
          ? "It works on real devices. For a key of the sandbox, switch to test at the top of the page."
          : "It works in the sandbox only. For real messages, switch to live at the top of the page."}
      </p>
      <Field
        label="Name"
        maxLength={100}
        autoComplete="off"
        placeholder="For example Accounting"
        hint="Which program uses it."
        value={name}
        error={nameError ?? (wasTried && noName ? "Say which program uses it." : undefined)}
        onChange={(event) => setName(event.target.value)}
      />
      <fieldset className={styles.group}>
        <legend>What it may do</legend>
        <div className={styles.presets}>
          {PRESETS.map((preset) => (
            <Button
              key={preset.label}
              size="s"
              aria-pressed={isPreset(scopes, preset.scopes)}
              icon={isPreset(scopes, preset.scopes) ? "check" : undefined}
              onClick={() => setScopes(preset.scopes)}
            >
              {preset.label}
            </Button>
          ))}
        </div>
        <div className={styles.scopes}>
          {SCOPES.map(({ scope, allows }) => (
            <Checkbox
              key={scope}
              label={scope}
              hint={allows}
              checked={scopes.includes(scope)}
              onChange={({ target }) =>
                setScopes(target.checked ? [...scopes, scope] : scopes.filter((each) => each !== scope))
              }
            />
          ))}
        </div>
        {wasTried && scopes.length === 0 && (
          <p role="alert" className={styles.error}>
            Choose at least one.
          </p>
        )}
      </fieldset>
      <Select<Expiry>
        label="Expires"
        options={EXPIRIES}
        value={expiry}
        onChange={setExpiry}
        hint="A key that ends by itself cannot be forgotten."
      />
      {devices.length > 0 && (
        <fieldset className={styles.group}>
          <legend>Devices</legend>
          <Checkbox
            label="Only some devices"
            hint="It then sees these, their messages and contacts, and sends from them alone."
            checked={deviceIds !== undefined}
            onChange={({ target }) => setDeviceIds(target.checked ? [] : undefined)}
          />
          {deviceIds && (
            <div className={styles.scopes}>
              {devices.map((device) => (
                <Checkbox
                  key={device.id}
                  label={device.device_name}
                  hint={device.phone_number ?? "not paired yet"}
                  checked={deviceIds.includes(device.id)}
                  onChange={({ target }) =>
                    setDeviceIds(
                      target.checked ? [...deviceIds, device.id] : deviceIds.filter((each) => each !== device.id),
                    )
                  }
                />
              ))}
            </div>
          )}
          {wasTried && noDevice && (
            <p role="alert" className={styles.error}>
              Choose at least one device.
            </p>
          )}
        </fieldset>
      )}
    </form>
  );
}
