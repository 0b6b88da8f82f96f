import type { ApiClient } from './api-client.js';
import { addAccount } from './campaigns.js';
import { setUp, startProduct } from './product.js';
import type { Product, ProductOptions } from './product.js';
import { startRecordingSink } from './recording-sink.js';
import type { RecordingSink } from './recording-sink.js';
import { until } from './until.js';

/** A running product with an account at a recording sink: where most faults happen. */
export interface Scene {
  product: Product;
  api: ApiClient;
  sink: RecordingSink;
  /** Waits until so many more messages are at the sink, or so many altogether. */
  more(count: number): Promise<void>;
}

export interface SceneOptions extends ProductOptions {
  /** A reply takes so long, so that a campaign lasts long enough for a fault to meet it. */
  replyDelayMs?: number;
  /** Further fields of the account. */
  account?: Record<string, unknown>;
}

/** Sets the scene before the tests of a file and clears it away after them. */
export function setScene(options: SceneOptions = {}): Scene {
  const { replyDelayMs = 0, account = {}, ...product } = options;
  const scene = { more } as Scene;
  beforeAll(async () => {
    scene.sink = await startRecordingSink({ replyDelayMs });
    scene.product = await startProduct(product);
    scene.api = await setUp(scene.product);
    await addAccount(scene.api, scene.sink.port, account);
  });
  afterAll(async () => {
    await scene.product?.stop();
    await scene.sink?.close();
  });
  async function more(count: number): Promise<void> {
    const goal = scene.sink.messages().length + count;
    await until(() => scene.sink.messages().length >= goal, {
      what: `message ${goal} at the sink`,
      timeoutMs: 60_000,
      detail: () => scene.product.output(),
    });
  }
  return scene;
}
