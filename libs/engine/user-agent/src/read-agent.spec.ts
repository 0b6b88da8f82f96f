import { CLIENT_RULES } from './client-rules.js';
import { readAgent } from './index.js';

describe('readAgent', () => {
  it.each(CLIENT_RULES)('knows $client by its sample', ({ client, sample }) => {
    expect(readAgent(sample).client).toBe(client);
  });

  it('tells devices apart, and what it does not know', () => {
    expect(readAgent('Mozilla/5.0 (iPad; CPU OS 17_5 like Mac OS X) AppleWebKit/605.1.15').device).toBe('tablet');
    expect(readAgent('Mozilla/5.0 (Linux; Android 14; Pixel 8) Chrome/121.0 Mobile Safari/537.36')).toEqual({
      client: 'chrome',
      device: 'mobile',
    });
    expect(readAgent('Mozilla/5.0 (Windows NT 10.0) Firefox/140.0').device).toBe('desktop');
    expect(readAgent('via GoogleImageProxy on Windows').device).toBe('unknown');
    expect(readAgent('')).toEqual({ client: 'other', device: 'unknown' });
  });
});
