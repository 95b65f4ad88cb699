/** The floor that figures are ratios of: the least that an HTTP server of Node can do. */
import { createServer } from "node:http";

const body = JSON.stringify({ success: true, data: { message: "hello" } });
const server = createServer((_, response) => {
  response.writeHead(200, { "content-type": "application/json", "content-length": Buffer.byteLength(body) });
  response.end(body);
});
server.listen(Number(process.argv[2] ?? 0), "127.0.0.1", () => console.log("listening"));
