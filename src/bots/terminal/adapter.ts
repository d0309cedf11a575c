export function createTerminal(_: unknown): { run(): Promise<void> } {
  return { run: async () => undefined }
}
