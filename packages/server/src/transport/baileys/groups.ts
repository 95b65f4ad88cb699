import type { GroupMetadata, WASocket } from "baileys";

/** A message of a group does not wait longer than this for the group's name. */
const NAME_TIMEOUT_MS = 3_000;
const MOST_GROUPS = 500;

/** What a device knows of its groups. Asked for once, then kept up to date by what WhatsApp tells. */
export interface Groups {
  cached(jid: string): GroupMetadata | undefined;
  nameOf(socket: WASocket | undefined, jid: string): Promise<string | null>;
  /** Names that changed, or that came with the history. */
  rename(jid: string, name: string): void;
  /** Its members changed: asked for anew when it is needed. */
  outdated(jid: string): void;
}

export function createGroups(): Groups {
  const metadata = new Map<string, GroupMetadata>();
  const names = new Map<string, string>();

  async function ask(socket: WASocket, jid: string): Promise<string | null> {
    const asked = socket.groupMetadata(jid).then((group) => {
      if (metadata.size >= MOST_GROUPS) metadata.clear();
      metadata.set(jid, group);
      names.set(jid, group.subject);
      return group.subject;
    });
    const tooLate = new Promise<null>((resolve) => setTimeout(resolve, NAME_TIMEOUT_MS, null).unref());
    return Promise.race([asked.catch(() => null), tooLate]);
  }

  return {
    cached: (jid) => metadata.get(jid),
    async nameOf(socket, jid) {
      const name = names.get(jid);
      if (name !== undefined) return name;
      return socket ? ask(socket, jid) : null;
    },
    rename(jid, name) {
      names.set(jid, name);
      const group = metadata.get(jid);
      if (group) group.subject = name;
    },
    outdated(jid) {
      metadata.delete(jid);
    },
  };
}
