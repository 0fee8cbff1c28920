import type { VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';

/** A whole page as text: the same for Nest, for the engine's callbacks and for the demonstration sites. */
// oxlint-disable-next-line typescript/no-explicit-any -- any component's node renders
export const render = (node: VNode<any>): string => `<!doctype html>\n${renderToString(node)}`;
