/** Loads a module that is known by its URL alone. */
export async function loadModule(url: string): Promise<unknown> {
  return await import(url);
}
