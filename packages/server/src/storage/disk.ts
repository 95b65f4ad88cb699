import { statfs } from "node:fs/promises";

/** How much this process may still write on the disk that a file is on. */
export async function freeBytes(file: string): Promise<number> {
  const { bavail, bsize } = await statfs(file);
  return bavail * bsize;
}
