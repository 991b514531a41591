import assert from 'node:assert/strict';

import { plotlyText } from '../../src/renderer/escape.ts';

describe('text in a picture', () => {
  it('has nothing left that Plotly reads as markup', () => {
    assert.equal(plotlyText('<b>a</b> & %{x} <br>'), '&lt;b&gt;a&lt;/b&gt; &amp; %&#123;x} &lt;br&gt;');
    assert.equal(plotlyText('two\nlines'), 'two lines');
  });
});
