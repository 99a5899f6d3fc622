export async function runDemoClinic(): Promise<void> {}
