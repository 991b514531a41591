import { onBackend } from './tensorflow.mjs';

export const contestant = onBackend('cpu');
