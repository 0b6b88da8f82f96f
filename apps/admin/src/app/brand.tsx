/** The wild goose and the name. */
export function Brand({ compact = false }: { compact?: boolean }) {
  return (
    <span className="brand">
      <svg viewBox="0 0 32 32" width="28" height="28" aria-hidden="true" focusable="false">
        <rect width="32" height="32" rx="7" fill="#1554ad" />
        <path
          d="M5 11c4.5-.6 8 .9 11 5 3-4.1 6.5-5.6 11-5-3.6 1.3-5.7 3.4-7.1 6.3-1 2-2.2 3.7-3.9 3.7s-2.9-1.7-3.9-3.7C10.7 14.4 8.6 12.3 5 11z"
          fill="#fff"
        />
      </svg>
      {!compact && (
        <span className="brand-name">
          <span lang="zh-CN">鸿雁</span> <span lang="en">Hongyan</span>
        </span>
      )}
    </span>
  );
}
