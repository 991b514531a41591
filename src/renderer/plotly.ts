export type Plotly = typeof import('plotly.js-dist-min');

let loading: Promise<Plotly> | undefined;

/** Plotly, from the file beside this one; loaded once, by the first figure that draws. */
function loadPlotly(): Promise<Plotly> {
  loading ??= load().catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

/** The same; where it cannot be loaded, the room for the pictures says so. */
export async function loadPlotlyFor(room: HTMLElement): Promise<Plotly | undefined> {
  try {
    return await loadPlotly();
  } catch {
    room.replaceChildren('The pictures could not be loaded. Reload the window to try again.');
    return undefined;
  }
}

async function load(): Promise<Plotly> {
  const module = (await import(new URL('./plotly.js', import.meta.url).href)) as { default: Plotly };
  return module.default;
}
