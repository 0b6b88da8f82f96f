import type { ApiClient } from '../../test/support/api-client.js';
import { setUp, startProduct } from '../../test/support/product.js';
import type { Product, ProductOptions } from '../../test/support/product.js';
import { addFields, addList, addReaders } from './audience.js';
import { startSink } from './sink.js';
import type { Sink } from './sink.js';

/** A running product with readers in one list, and a sink. */
export interface Workbench {
  product: Product;
  api: ApiClient;
  sink: Sink;
  /** The list of all readers. */
  list: string;
}

/** Starts a product and a sink, puts `readers` readers into a list, and ends everything when the work is done. */
export async function withWorkbench<T>(
  readers: number,
  options: ProductOptions,
  work: (bench: Workbench) => Promise<T>,
): Promise<T> {
  const sink = await startSink();
  try {
    const product = await startProduct(options);
    try {
      const api = await setUp(product);
      await addFields(api);
      const list = await addList(api, 'readers');
      await addReaders(product, readers, () => [{ list }]);
      return await work({ product, api, sink, list });
    } finally {
      await product.stop();
    }
  } finally {
    await sink.close();
  }
}
