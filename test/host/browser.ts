import { chromium, type Browser } from 'playwright-core';

import { findChromium } from './chromium.ts';
import { onShutdown } from './shutdown.ts';

/** Starts a headless Chromium that ends with this process. The caller closes it. */
export async function startBrowser(): Promise<Browser> {
  const browser = await chromium.launch({
    executablePath: await findChromium(),
    // Signals are for `onShutdown`, which also ends what playwright does not know.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      // Nothing that is tested may need the network.
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
    ],
  });
  const forget = onShutdown(async () => browser.close());
  browser.once('disconnected', forget);
  return browser;
}
