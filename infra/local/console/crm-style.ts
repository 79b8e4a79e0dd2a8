/** What only the CRM's page has. */
export const crmStyle = `
.crm .column h2 { overflow-wrap: break-word; hyphens: auto; }
.crm .handoff { cursor: grab; }
.crm .handoff h3 { margin: 0; }
.crm .move { display: flex; gap: .4rem; margin: .45rem 0 .3rem; }
.crm .move label { flex: 1; min-width: 0; }
.crm .move select { width: 100%; font-weight: 400; padding: .15rem .35rem; min-height: 2rem; font-size: .9rem; }
.crm details { margin-top: .25rem; }
.crm summary { padding: .15rem 0; }
.crm dl { display: grid; grid-template-columns: minmax(0, 1fr); gap: .1rem; margin: .2rem 0; }
.crm dl > div { display: flex; flex-wrap: wrap; gap: 0 .5rem; }
.crm dt { color: var(--soft); }
.crm dt::after { content: ":"; }
.crm dd { margin: 0; min-width: 0; white-space: pre-line; }
.crm .notes { list-style: none; margin: .2rem 0; padding: 0; display: grid; gap: .4rem; white-space: pre-line; }
.crm .revise { display: grid; gap: .45rem; justify-items: start; margin: .3rem 0 .5rem; }
.crm .revise label { display: grid; gap: .15rem; width: 100%; }
.crm .revise input, .crm .revise select { width: 100%; font-weight: 400; padding: .2rem .45rem; min-height: 2rem; }
.crm .dropping { outline: 2px dashed var(--link); outline-offset: -2px; }
.crm .dragged { opacity: .5; }
@media (min-width: 56rem) { .crm .column { align-self: stretch; } .crm .column.empty { flex: 0 1 8.2rem; } .crm .column.empty h2 { font-size: .9rem; } }
`;
