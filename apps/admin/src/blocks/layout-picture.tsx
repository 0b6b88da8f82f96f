/** A small drawing of the columns of a section. */
export function LayoutPicture({ widths }: { widths: readonly number[] }) {
  return (
    <span className="layout-picture" aria-hidden="true">
      {widths.map((width, index) => (
        <span key={index} style={{ flex: width }} />
      ))}
    </span>
  );
}
