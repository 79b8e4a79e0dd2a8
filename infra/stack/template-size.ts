/** What CloudFormation takes at most. */
const limits = { bytes: 1024 * 1024, resources: 500 };

/** One line about a template: how large it is beside what CloudFormation takes, and how many resources it has. */
export function sizeOf(template: { readonly Resources?: object }): string {
  const bytes = new TextEncoder().encode(JSON.stringify(template)).length;
  const resources = Object.keys(template.Resources ?? {}).length;
  const count = (number: number) => number.toLocaleString('en');
  return `Template: ${count(bytes)} bytes of ${count(limits.bytes)}, ${resources} resources of ${limits.resources}.`;
}
