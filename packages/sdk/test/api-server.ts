/** For tests: a real HTTP server that answers from a list and keeps what it was asked. */
import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

export type Asked = { method: string; url: string; headers: IncomingHttpHeaders; body: string };
export type Answer =
  | { status?: number; headers?: Record<string, string>; json?: unknown; text?: string }
  | ((response: ServerResponse, asked: Asked) => void);

export type ApiServer = { url: string; asked: Asked[] };

/** Each request gets the next answer; the last one is repeated. The server ends with the test. */
export async function startServer(...answers: Answer[]): Promise<ApiServer> {
  const asked: Asked[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { method = "", url = "", headers } = request;
    const question = { method, url, headers, body: Buffer.concat(chunks).toString() };
    const answer = answers[Math.min(asked.push(question), answers.length) - 1];
    if (typeof answer === "function") return answer(response, question);
    const { status = 200, headers: given = {}, json, text } = answer ?? {};
    response.writeHead(status, { "Content-Type": text === undefined ? "application/json" : "text/html", ...given });
    response.end(text ?? JSON.stringify(json));
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port }: AddressInfo = addressOf(server.address());
  return { url: `http://127.0.0.1:${port}`, asked };
}

function addressOf(address: AddressInfo | string | null): AddressInfo {
  if (typeof address !== "object" || address === null) throw new Error("the server does not listen");
  return address;
}

/** An error as the API answers it. */
export const failure = (status: number, code: string, more: object = {}): Answer => {
  const retryable = status === 429 || code === "idempotency_in_flight";
  return {
    status,
    json: { success: false, error: "Error", message: "It failed", code, request_id: "req_1", retryable, ...more },
  };
};

export const success = (data: unknown): Answer => ({ json: { success: true, data } });

/** Breaks the connection without an answer. */
export const hangUp: Answer = (response) => response.destroy();
