import type { zh } from '../zh.js';

export const portal: typeof zh.portal = {};
