import { Button, type ButtonProps } from 'antd';
import { useHref, useLinkClickHandler } from 'react-router';

/** A link that looks like a button (one element, so that it can be opened in a new tab and has one tab stop). */
export function LinkButton({ to, ...button }: Omit<ButtonProps, 'href' | 'onClick'> & { to: string }) {
  const href = useHref(to);
  const follow = useLinkClickHandler<HTMLElement>(to);
  return (
    <Button {...button} href={href} onClick={(event) => follow(event as React.MouseEvent<HTMLElement, MouseEvent>)} />
  );
}
