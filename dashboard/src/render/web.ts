/**
 * Solid's web runtime with one change: compiled templates pass the page's only Trusted Types policy.
 *
 * Solid builds static markup with `template(html)`, whose argument the compiler writes and no data ever
 * reaches. Under `require-trusted-types-for 'script'` such a string needs a policy; every other attempt to
 * set markup, ours or a library's, stays forbidden by the browser.
 */
import { template as solidTemplate } from 'solid-js/web';

export * from 'solid-js/web';

interface TemplatePolicy {
  createHTML(html: string): string;
}

interface PolicyFactory {
  createPolicy(name: string, rules: TemplatePolicy): TemplatePolicy;
}

declare global {
  interface Window {
    readonly trustedTypes?: PolicyFactory;
  }
}

const asIs: TemplatePolicy = { createHTML: (html) => html };
const policy = window.trustedTypes?.createPolicy('dlogs-template', asIs) ?? asIs;

/** The compiler passes the fourth argument to Solid's own template; its types know only three. */
type Template = (html: string, isImportNode?: boolean, isSvg?: boolean, isMathMl?: boolean) => () => Element;

export const template: Template = (html, ...flags) =>
  (solidTemplate as Template)(policy.createHTML(html), ...flags);
