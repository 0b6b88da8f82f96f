/** A tracked request as the rules see it. Header names are lower case. */
export interface TrackedRequest {
  method: string;
  /** What would be counted: the pixel or a link. */
  type: 'opened' | 'clicked';
  headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** How one kind of machine is known. */
export interface MachineRule {
  /** Stands in the event's detail, so it never changes. */
  id: string;
  /** A request as such a machine makes it; the rule has to recognise it before any other does. */
  sample: TrackedRequest;
  matches: (request: TrackedRequest, agent: string) => boolean;
}

const get = (agent: string, type: TrackedRequest['type'] = 'clicked'): TrackedRequest => ({
  method: 'GET',
  type,
  headers: { 'user-agent': agent },
});
const CHROME =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36';

/** Headers by which a browser says that it only looks ahead. */
const PREFETCH_HEADERS = ['purpose', 'x-purpose', 'sec-purpose', 'x-moz'] as const;

/**
 * Who is not a person, in the order of trying. Only what names itself or can't be a reader: an unlisted scanner that
 * poses as a browser counts as human here and is caught by its timing, or not at all. Agents are read up to 300
 * characters.
 */
export const MACHINE_RULES: readonly MachineRule[] = [
  // A browser looking ahead: Chrome's speculation rules, Safari's top-hit preview, Firefox' link prefetching.
  {
    id: 'prefetch',
    sample: { method: 'GET', type: 'clicked', headers: { 'user-agent': CHROME, 'sec-purpose': 'prefetch;prerender' } },
    matches: ({ headers }) =>
      PREFETCH_HEADERS.some((name) => /prefetch|preview|prerender/i.test(String(headers[name] ?? '').slice(0, 100))),
  },
  // Nobody reads by HEAD: gateways and chat previews ask for a link's headers first.
  {
    id: 'head-request',
    sample: { method: 'HEAD', type: 'clicked', headers: { 'user-agent': CHROME } },
    matches: ({ method }) => method === 'HEAD',
  },
  // Every browser and mail app names itself.
  {
    id: 'no-agent',
    sample: { method: 'GET', type: 'clicked', headers: {} },
    matches: (_request, agent) => agent === '',
  },
  // Apple Mail Privacy Protection fetches all pictures when the mail arrives, whether or not anyone reads it.
  {
    id: 'apple-privacy-proxy',
    sample: get('Mozilla/5.0', 'opened'),
    matches: (_request, agent) => agent === 'Mozilla/5.0',
  },
  // Google looks at pictures of a mail that is still unread; the reader's own fetch comes as GoogleImageProxy.
  {
    id: 'google-prefetch',
    sample: get(
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/42.0.2311.135 Safari/537.36 Edge/12.246 Mozilla/5.0',
      'opened',
    ),
    matches: (_request, agent) => agent.endsWith('Edge/12.246 Mozilla/5.0'),
  },
  // Mail security that names itself; each follows every link before the mail is delivered, or again when it is read.
  {
    id: 'security-gateway',
    sample: get('Barracuda Sentinel (EE)'),
    matches: (_request, agent) =>
      /barracuda|proofpoint|mimecast|messagelabs|symantec|trendmicro|fireeye|trellix|forcepoint|ironport|zscaler|sophos|fortimail|hornetsecurity|cloudmark|avanan|spamtitan|vadesecure|safelinks|(?:mail|email) security|link ?scan|url ?scan|virustotal/i.test(
        agent,
      ),
  },
  // Office asks what a link is before it opens the browser, which then makes the reader's own request.
  {
    id: 'office-discovery',
    sample: get('Microsoft Office Existence Discovery'),
    matches: (_request, agent) => /Microsoft Office (?:Existence|Protocol) Discovery|Microsoft-WebDAV/i.test(agent),
  },
  // Previews of a link somebody passed on in a chat or a network.
  {
    id: 'link-preview',
    sample: get('facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)'),
    matches: (_request, agent) =>
      /facebookexternalhit|facebookcatalog|Slack-ImgProxy|SkypeUriPreview|BingPreview|WhatsApp\/|Google-PageRenderer|Google-Read-Aloud|Iframely|Embedly|URL ?Preview/i.test(
        agent,
      ),
  },
  // Crawlers; a telephone is called CUBOT.
  {
    id: 'crawler',
    sample: get('Mozilla/5.0 (compatible; Baiduspider/2.0; +http://www.baidu.com/search/spider.html)'),
    matches: (_request, agent) => /(?<!cu)bot(?![a-z])|crawler|spider|slurp|Mediapartners-Google/i.test(agent),
  },
  // Browsers without a screen.
  {
    id: 'headless-browser',
    sample: get(
      'Mozilla/5.0 (X11; Linux x64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/141.0.0.0 Safari/537.36',
    ),
    matches: (_request, agent) =>
      /Headless(?:Chrome|Firefox|Shell)|PhantomJS|Puppeteer|Playwright|Selenium/i.test(agent),
  },
  // HTTP libraries of scripts.
  {
    id: 'http-library',
    sample: get('python-requests/2.32.3'),
    matches: (_request, agent) =>
      /^(?:curl|wget|python|python-requests|python-urllib|python-httpx|aiohttp|go-http-client|java|apache-httpclient|jakarta|libwww-perl|lwp|ruby|faraday|axios|node|node-fetch|undici|got|ahc|guzzlehttp|php|restsharp|lua-resty-http|httpie|postmanruntime|powershell|winhttp|reqwest|scrapy)\b/i.test(
        agent,
      ),
  },
  // Apps on Android load a mail's pictures with these libraries, for a reader; nobody follows a link with them.
  {
    id: 'app-library',
    sample: get('okhttp/4.12.0'),
    matches: ({ type }, agent) => type === 'clicked' && /^(?:okhttp|Dalvik)\b/i.test(agent),
  },
];

const AGENT_LENGTH = 300;

/** The agent as the rules read it. */
export function agentOf(request: Pick<TrackedRequest, 'headers'>): string {
  return String(request.headers['user-agent'] ?? '')
    .slice(0, AGENT_LENGTH)
    .trim();
}

/** The rule that recognises a machine, or null for a person, as far as one request tells. */
export function recogniseMachine(request: TrackedRequest): string | null {
  const agent = agentOf(request);
  return MACHINE_RULES.find((rule) => rule.matches(request, agent))?.id ?? null;
}

/**
 * Proxies that fetch a mail's pictures for a reader, as they open it: `Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko
 * Firefox/11.0 (via ggpht.com GoogleImageProxy)`, `YahooMailProxy; https://help.yahoo.com/kb/…`. At the moment of
 * delivery they look ahead (timing.ts).
 */
export function isImageProxy(agent: string): boolean {
  return /GoogleImageProxy|YahooMailProxy/i.test(agent);
}
