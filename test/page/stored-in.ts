import type { Page } from 'playwright-core';

/** What the editor for the browser keeps in one of its databases under a key. */
export async function storedIn(page: Page, key: string): Promise<string> {
  return page.evaluate(async (wanted) => {
    const result = async <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => {
          resolve(request.result);
        };
        request.onerror = () => {
          reject(request.error ?? new Error('The database cannot be read.'));
        };
      });
    for (const { name = '' } of await indexedDB.databases()) {
      const database = await result(indexedDB.open(name));
      try {
        for (const store of database.objectStoreNames) {
          const found: unknown = await result(database.transaction(store).objectStore(store).get(wanted));
          if (typeof found === 'string') return found;
        }
      } finally {
        database.close();
      }
    }
    throw new Error(`Nothing is kept under ${wanted}.`);
  }, key);
}
