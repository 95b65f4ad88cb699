/** Goes before a program whose memory is measured: on SIGUSR2 it collects its garbage, and what is left is what it keeps. */
process.on("SIGUSR2", () => globalThis.gc?.());
