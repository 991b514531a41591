import assert from 'node:assert/strict';
import { delimiter } from 'node:path';

import { findChromium } from './chromium.ts';
import { places } from './executables.ts';

describe('finding Chromium', () => {
  const chosen = process.env['CHROME_PATH'];
  afterEach(() => {
    if (chosen === undefined) delete process.env['CHROME_PATH'];
    else process.env['CHROME_PATH'] = chosen;
  });

  it('looks for Chromium in every folder of the path before it takes another browser', () => {
    const found = places(['chromium', 'google-chrome'], ['/a', '', '/b'].join(delimiter));
    assert.deepEqual(found, ['/a/chromium', '/b/chromium', '/a/google-chrome', '/b/google-chrome']);
  });

  it('believes CHROME_PATH, and says so when it is wrong', async () => {
    process.env['CHROME_PATH'] = process.execPath;
    assert.equal(await findChromium(), process.execPath);
    process.env['CHROME_PATH'] = '/no/such/browser';
    await assert.rejects(findChromium(), /CHROME_PATH names \/no\/such\/browser, which is not a program/);
  });
});
