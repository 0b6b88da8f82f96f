/** Entry of the render threads: piscina calls the default export with one task. */
export { renderSlice as default } from './render-slice.js';
