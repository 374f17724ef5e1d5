import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';

interface Props {
  readonly title: string;
  readonly crumbs?: readonly { readonly to?: string; readonly word: ComponentChildren }[];
  readonly children?: ComponentChildren;
  readonly actions?: ComponentChildren;
  /** Before the title in the browser's tab: how far something is. */
  readonly tab?: string;
}

/** The heading says what the page is, the line under it the facts. */
export function Head({ title, crumbs, children, actions, tab }: Props) {
  useEffect(() => { document.title = `${tab ? `${tab} ` : ''}${title} · Usage`; }, [title, tab]);
  return (
    <div class="head">
      <div>
        {crumbs && (
          <nav class="crumbs" aria-label="Breadcrumb">
            <ol>
              {crumbs.map((crumb, at) => (
                <li key={at} aria-current={crumb.to ? undefined : 'page'}>{crumb.to ? <a href={crumb.to}>{crumb.word}</a> : crumb.word}</li>
              ))}
            </ol>
          </nav>
        )}
        <h1>{title}</h1>
        {children && <div class="meta">{children}</div>}
      </div>
      {actions && <div class="btns">{actions}</div>}
    </div>
  );
}
