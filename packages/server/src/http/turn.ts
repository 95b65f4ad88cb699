let ending: Promise<void> | undefined;

/**
 * Resolves at the end of this turn of the event loop, for all who ask in it at once. Answers that leave together wake the client once,
 * which under load costs as much as answering. When there is only one request, its turn ends at once.
 */
export function endOfTurn(): Promise<void> {
  ending ??= new Promise((resolve) =>
    setImmediate(() => {
      ending = undefined;
      resolve();
    }),
  );
  return ending;
}
