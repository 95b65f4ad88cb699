import { Command } from "commander";
import { appendAudit, COMMAND_LINE } from "../audit/audit-log.js";
import { findSubject, summarise } from "../audit/summaries.js";
import { systemClock, toTimestamp, toTimestampOrNull } from "../clock.js";
import { namesIn } from "../storage/names.js";
import { getSpaceOf, listAllWebhooks, setActive } from "../webhooks/all-webhooks.js";
import { getAnyWebhook, skipLeft } from "../webhooks/webhooks.js";
import { type DataOptions, inExistingInstallation, print, table, withDataOptions } from "./command.js";

/** `whatsflow webhooks …` */
export function webhooksCommand(): Command {
  const webhooks = new Command("webhooks").description("list webhooks, enable and disable them");
  const withId = (command: Command) => withDataOptions(command).argument("<id>", "the webhook's id, such as webhook_…");

  withDataOptions(webhooks.command("list")).description("list the webhooks of all accounts").action(list);

  withId(webhooks.command("enable"))
    .description("deliver to a webhook again; what was skipped meanwhile is sent by: deliveries replay")
    .action((id: string, options: DataOptions) => change(id, true, options));

  withId(webhooks.command("disable"))
    .description("deliver nothing to a webhook until it is enabled; what waits for it is skipped")
    .action((id: string, options: DataOptions) => change(id, false, options));
  return webhooks;
}

async function list(options: DataOptions): Promise<void> {
  await inExistingInstallation(options, async ({ store }) => {
    const found = await listAllWebhooks(store.read);
    const webhooks = found.map((row) => ({
      id: row.id,
      account: row.account,
      mode: row.mode,
      url: row.url,
      events: namesIn(row.events),
      is_active: row.is_active === 1,
      disabled_reason: row.disabled_reason,
      failing_since: toTimestampOrNull(row.failing_since),
      success_count: row.success_count,
      failure_count: row.failure_count,
      pending_count: row.pending_count ?? 0,
      last_triggered_at: toTimestampOrNull(row.last_triggered_at),
      created_at: toTimestamp(row.created_at),
    }));
    const rows = webhooks.map((webhook) => [
      webhook.id,
      webhook.account,
      webhook.mode,
      webhook.is_active ? (webhook.failing_since ? "yes, failing" : "yes") : `no: ${webhook.disabled_reason}`,
      String(webhook.success_count),
      String(webhook.failure_count),
      String(webhook.pending_count),
      webhook.url,
    ]);
    const head = ["ID", "ACCOUNT", "MODE", "ACTIVE", "SUCCEEDED", "FAILED", "PENDING", "URL"];
    print(options, webhooks, table([head, ...rows]));
  });
}

async function change(id: string, isActive: boolean, options: DataOptions): Promise<void> {
  await inExistingInstallation(options, async ({ store }) => {
    if (isActive) await skipLeft(store, await getAnyWebhook(store.read, id));
    await store.write(async (tx) => {
      const now = systemClock.now();
      await setActive(tx, id, isActive, now);
      const { accountId, mode } = await getSpaceOf(tx, id);
      const done = { accountId, mode, actor: COMMAND_LINE, action: "updateWebhook", subjectId: id };
      await appendAudit(tx, { ...done, summary: summarise("updateWebhook", await findSubject(tx, id)) }, now);
    });
    print(options, { id, is_active: isActive }, [`${id} is ${isActive ? "active" : "not active"}`]);
  });
}
