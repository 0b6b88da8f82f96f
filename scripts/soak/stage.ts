import type { RedisServer } from '../../libs/platform/testing/src/redis.js';
import type { ApiClient } from '../../test/support/api-client.js';
import type { Product } from '../../test/support/product.js';
import type { RecordingSink } from '../../test/support/recording-sink.js';
import type { Random } from './random.js';

/** What faults happen to. */
export interface Stage {
  product: Product;
  api: ApiClient;
  sink: RecordingSink;
  /** Another one after a fault that killed it. */
  redis: RedisServer;
  random: Random;
  /** Connections of one sender. */
  connections: number;
}
