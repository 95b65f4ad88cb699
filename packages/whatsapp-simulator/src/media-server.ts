import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer, type Server as HttpsServer } from "node:https";
import { listenOnLoopback } from "./listening.js";
import { encryptMedia, type MediaKind, type StoredMedia } from "./media.js";
import { createMediaCertificate } from "./media-certificate.js";

/** WhatsApp's media hosts: encrypted files are posted to `/mms/<kind>/…` and fetched from their direct path. */
export interface MediaServer {
  /** `127.0.0.1:port`, as clients are told it. */
  readonly host: string;
  /** PEM; whoever uploads or downloads must trust it (`NODE_EXTRA_CA_CERTS`). */
  readonly certificate: string;
  /** Encrypts a file as a sending phone does, and keeps it for download. */
  store(bytes: Uint8Array, kind: MediaKind): StoredMedia;
  /** Keeps bytes as they are, for profile pictures. Returns the URL. */
  publish(bytes: Uint8Array): string;
  find(directPath: string): Buffer | undefined;
  /** Uploads so far, as `<kind>` of their path. */
  readonly uploads: string[];
  /** While true, uploads and downloads fail with 500. */
  broken: boolean;
  close(): Promise<void>;
}

export async function startMediaServer(): Promise<MediaServer> {
  const { certificate, privateKey } = createMediaCertificate();
  const files = new Map<string, Buffer>();
  const uploads: string[] = [];
  const keep = (bytes: Uint8Array): string => {
    const directPath = `/v/${randomBytes(12).toString("hex")}`;
    files.set(directPath, Buffer.from(bytes));
    return directPath;
  };

  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const path = (request.url ?? "").split("?")[0] ?? "";
    if (media.broken) {
      response.writeHead(500).end();
    } else if (request.method === "POST") {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(Buffer.from(chunk));
      const directPath = keep(Buffer.concat(chunks));
      uploads.push(path.split("/")[2] ?? "unknown");
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify({ url: `https://${media.host}${directPath}`, direct_path: directPath }));
    } else {
      const file = files.get(path);
      response.writeHead(file ? 200 : 404).end(file);
    }
  };
  const server: HttpsServer = createServer({ key: privateKey, cert: certificate }, (request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  const host = await listenOnLoopback(server, 0);

  const media: MediaServer = {
    host,
    certificate,
    uploads,
    broken: false,
    store: (bytes, kind) => {
      const { file, ...described } = encryptMedia(bytes, kind);
      const directPath = keep(file);
      const mediaKeyTimestamp = Math.floor(Date.now() / 1000);
      return { url: `https://${media.host}${directPath}`, directPath, mediaKeyTimestamp, ...described };
    },
    publish: (bytes) => `https://${media.host}${keep(bytes)}`,
    find: (directPath) => files.get(directPath.split("?")[0] ?? directPath),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return media;
}
