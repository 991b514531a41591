export type Plotly = typeof import('plotly.js-dist-min');

let loading: Promise<Plotly> | undefined;

/** Plotly, from the file beside this one; loaded once, by the first figure that draws. */
export function loadPlotly(): Promise<Plotly> {
  loading ??= load().catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

async function load(): Promise<Plotly> {
  const module = (await import(new URL('./plotly.js', import.meta.url).href)) as { default: Plotly };
  return module.default;
}
