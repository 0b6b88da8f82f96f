// `node compare-pictures.mjs KEPT FOUND DIFF`: prints the part of the pixels that differ, and draws where. A process of
// its own: Jest's sandbox makes a loop over a million pixels take seconds.
import { readFileSync, writeFileSync } from 'node:fs';
import pixelmatch from 'pixelmatch';
import { PNG } from 'pngjs';

/** Distance of two colours, 0 to 1, below which an eye sees none: pixelmatch's own default. */
const SAME_COLOUR = 0.1;

const [kept, found] = process.argv.slice(2, 4).map((file) => PNG.sync.read(readFileSync(file)));
const { width, height } = kept;
if (found.width === width && found.height === height) {
  const diff = new PNG({ width, height });
  const pixels = pixelmatch(kept.data, found.data, diff.data, width, height, { threshold: SAME_COLOUR });
  if (pixels > 0) writeFileSync(process.argv[4], PNG.sync.write(diff));
  console.log(pixels / (width * height));
} else {
  console.log(1);
}
