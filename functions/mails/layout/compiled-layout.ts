import { type Content, type Html, html } from '../../pages/html.ts';

// Written by `npm run mails:layout` from mail.mjml: change that.

type Values<Name extends string> = Readonly<Record<Name, Content>>;

export function nameLine({ color, name }: Values<'color' | 'name'>): Html {
  return html`<tr>
<td align="left" class="ink" style="font-size:0px;padding:0 0 14px;word-break:break-word;">
<div style="font-family:-apple-system,Segoe UI,Roboto,Helvetica,Arial,sans-serif;font-size:16px;font-weight:700;line-height:24px;text-align:start;color:${color};">${name}</div>
</td>
</tr>`;
}

export function logoLine({ logo, name }: Values<'logo' | 'name'>): Html {
  return html`<tr>
<td align="left" class="ink" style="font-size:0px;padding:0 0 14px;word-break:break-word;">
<div style="font-family:-apple-system,Segoe UI,Roboto,Helvetica,Arial,sans-serif;font-size:16px;font-weight:700;line-height:24px;text-align:start;color:#1a2230;"><img class="logo" src="${logo}" alt="${name}" height="32" style="height:32px;max-width:100%;border-radius:4px"></div>
</td>
</tr>`;
}

export function paragraph({ words }: Values<'words'>): Html {
  return html`<p dir="auto" style="margin:0 0 14px">${words}</p>`;
}

export function verbatim({ words }: Values<'words'>): Html {
  return html`<div dir="auto" style="margin:0 0 14px">${words}</div>`;
}

export function heading({ words }: Values<'words'>): Html {
  return html`<h2 dir="auto" style="font-size:16px;line-height:22px;margin:16px 0 6px">${words}</h2>`;
}

export function list({ items }: Values<'items'>): Html {
  return html`<ul style="margin:0 0 14px;padding:0;padding-inline-start:22px">${items}</ul>`;
}

export function item({ words }: Values<'words'>): Html {
  return html`<li dir="auto" style="margin:0 0 4px">${words}</li>`;
}

export function quote({ words }: Values<'words'>): Html {
  return html`<blockquote dir="auto" class="line" style="margin:0 0 14px;padding:2px 14px;border:0 solid #9aa7b8;border-inline-start-width:3px">${words}</blockquote>`;
}

export function link({ color, url, words }: Values<'color' | 'url' | 'words'>): Html {
  return html`<a href="${url}" style="color:${color}">${words}</a>`;
}

export function term({ label, words }: Values<'label' | 'words'>): Html {
  return html`<p dir="auto" style="margin:0 0 8px"><strong>${label}:</strong> <span dir="auto">${words}</span></p>`;
}

export function text({ content }: Values<'content'>): Html {
  return html`<tr>
<td align="left" class="ink" style="font-size:0px;padding:0;word-break:break-word;">
<div style="font-family:-apple-system,Segoe UI,Roboto,Helvetica,Arial,sans-serif;font-size:16px;line-height:24px;text-align:start;color:#1a2230;">${content}</div>
</td>
</tr>`;
}

export function button({ color, label, url }: Values<'color' | 'label' | 'url'>): Html {
  return html`<tr>
<td align="left" style="font-size:0px;padding:6px 0 20px;word-break:break-word;">
<table border="0" cellpadding="0" cellspacing="0" role="presentation" style="border-collapse:separate;line-height:100%;">
<tr>
<td align="center" bgcolor="${color}" role="presentation" style="border:none;border-radius:8px;cursor:auto;mso-padding-alt:13px 22px;background:${color};" valign="middle">
<a href="${url}" style="display:inline-block;background:${color};color:#ffffff;font-family:-apple-system,Segoe UI,Roboto,Helvetica,Arial,sans-serif;font-size:16px;font-weight:600;line-height:20px;margin:0;text-decoration:none;text-transform:none;padding:13px 22px;mso-padding-alt:0px;border-radius:8px;" target="_blank">${label}</a>
</td>
</tr>
</table>
</td>
</tr>`;
}

export function fact({ label, value }: Values<'label' | 'value'>): Html {
  return html`<tr class="soft"><th scope="row" align="left" valign="top" style="width:32%;padding:4px 14px 4px 0;color:#4d5a6d;font-weight:400;text-align:start">${label}</th><td dir="auto" valign="top" class="ink" style="padding:4px 0;word-break:break-word">${value}</td></tr>`;
}

export function facts({ rows }: Values<'rows'>): Html {
  return html`<tr>
<td align="left" class="facts ink" style="font-size:0px;padding:0 0 14px;word-break:break-word;">
<table cellpadding="0" cellspacing="0" width="100%" border="0" style="color:#1a2230;font-family:-apple-system,Segoe UI,Roboto,Helvetica,Arial,sans-serif;font-size:15px;line-height:21px;table-layout:fixed;width:100%;border:none;">
${rows}</table>
</td>
</tr>`;
}

export function figure({ trend, words }: Values<'trend' | 'words'>): Html {
  return html`<tr><td dir="auto" valign="top" class="figure ink line" style="padding:10px 14px 10px 0;border:0 solid #c9d1dc;border-top-width:1px">${words}</td><td align="right" valign="bottom" class="trend line" style="width:208px;padding:10px 0;border:0 solid #c9d1dc;border-top-width:1px">${trend}</td></tr>`;
}

export function figureWords({ label, value }: Values<'label' | 'value'>): Html {
  return html`<div class="soft"><div style="font-size:14px;line-height:20px;color:#4d5a6d">${label}</div></div><div style="font-size:22px;line-height:30px;font-weight:700">${value}</div>`;
}

export function figureBeside({ words }: Values<'words'>): Html {
  return html`<div class="soft"><div style="font-size:14px;line-height:20px;color:#4d5a6d">${words}</div></div>`;
}

export function trend({ bars }: Values<'bars'>): Html {
  return html`<table role="presentation" border="0" cellpadding="0" cellspacing="0" style="width:208px"><tr>${bars}</tr></table>`;
}

export function trendBar({ color, height, label, value }: Values<'color' | 'height' | 'label' | 'value'>): Html {
  return html`<td align="center" valign="bottom" style="width:52px;padding:0 4px"><table role="presentation" border="0" cellpadding="0" cellspacing="0" align="center" style="margin:0 auto"><tr><td class="bar" bgcolor="${color}" width="28" height="${height}" style="width:28px;height:${height}px;font-size:1px;line-height:1px;background-color:${color}"></td></tr></table><div style="font-size:13px;line-height:18px">${value}</div><div class="soft"><div style="font-size:12px;line-height:16px;color:#4d5a6d">${label}</div></div></td>`;
}

export function figures({ rows }: Values<'rows'>): Html {
  return html`<tr>
<td align="left" class="figures ink" style="font-size:0px;padding:0 0 14px;word-break:break-word;">
<table cellpadding="0" cellspacing="0" width="100%" border="0" style="color:#1a2230;font-family:-apple-system,Segoe UI,Roboto,Helvetica,Arial,sans-serif;font-size:15px;line-height:21px;table-layout:auto;width:100%;border:none;">
${rows}</table>
</td>
</tr>`;
}

export function bar({ color, share, words }: Values<'color' | 'share' | 'words'>): Html {
  return html`<tr><td dir="auto" class="ink" style="padding:6px 0">${words}<table role="presentation" border="0" cellpadding="0" cellspacing="0" width="100%" style="margin:3px 0 0"><tr><td class="bar" bgcolor="${color}" width="${share}%" height="10" style="width:${share}%;height:10px;font-size:1px;line-height:1px;background-color:${color}"></td><td class="track" bgcolor="#e6eaf0" height="10" style="height:10px;font-size:1px;line-height:1px;background-color:#e6eaf0"></td></tr></table></td></tr>`;
}

export function bars({ rows }: Values<'rows'>): Html {
  return html`<tr>
<td align="left" class="ink" style="font-size:0px;padding:0 0 14px;word-break:break-word;">
<table cellpadding="0" cellspacing="0" width="100%" border="0" style="color:#1a2230;font-family:-apple-system,Segoe UI,Roboto,Helvetica,Arial,sans-serif;font-size:15px;line-height:21px;table-layout:auto;width:100%;border:none;">
${rows}</table>
</td>
</tr>`;
}

export function title({ words }: Values<'words'>): Html {
  return html`<tr>
<td align="left" class="ink" style="font-size:0px;padding:0;word-break:break-word;">
<div style="font-family:-apple-system,Segoe UI,Roboto,Helvetica,Arial,sans-serif;font-size:16px;line-height:24px;text-align:start;color:#1a2230;"><h2 dir="auto" class="line" style="font-size:20px;line-height:26px;margin:10px 0 4px;padding-top:20px;border:0 solid #c9d1dc;border-top-width:1px">${words}</h2></div>
</td>
</tr>`;
}

export function foot({ lines }: Values<'lines'>): Html {
  return html`<tr>
<td align="left" class="soft" style="font-size:0px;padding:10px 0 0;word-break:break-word;">
<div style="font-family:-apple-system,Segoe UI,Roboto,Helvetica,Arial,sans-serif;font-size:13px;line-height:19px;text-align:start;color:#4d5a6d;"><div class="line" style="border:0 solid #c9d1dc;border-top-width:1px;padding:14px 0 0">${lines}</div></div>
</td>
</tr>`;
}

export function small({ words }: Values<'words'>): Html {
  return html`<tr>
<td align="left" class="soft" style="font-size:0px;padding:0 0 12px;word-break:break-word;">
<div style="font-family:-apple-system,Segoe UI,Roboto,Helvetica,Arial,sans-serif;font-size:14px;line-height:20px;text-align:start;color:#4d5a6d;"><span dir="auto">${words}</span></div>
</td>
</tr>`;
}

export function letter({
  blocks,
  color,
  language,
  preheader,
  subject,
}: Values<'blocks' | 'color' | 'language' | 'preheader' | 'subject'>): Html {
  return html`<!doctype html>
<html lang="${language}" dir="auto" xmlns="http://www.w3.org/1999/xhtml" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office">
<head>
<title>${subject}</title>
<meta http-equiv="Content-Type" content="text/html; charset=UTF-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<style type="text/css">
#outlook a { padding:0; }
body { margin:0;padding:0;-webkit-text-size-adjust:100%;-ms-text-size-adjust:100%; }
table, td { border-collapse:collapse;mso-table-lspace:0pt;mso-table-rspace:0pt; }
img { border:0;height:auto;line-height:100%; outline:none;text-decoration:none;-ms-interpolation-mode:bicubic; }
p { display:block;margin:13px 0; }
</style>
<!--[if mso]>
<noscript>
<xml>
<o:OfficeDocumentSettings>
<o:AllowPNG/>
<o:PixelsPerInch>96</o:PixelsPerInch>
</o:OfficeDocumentSettings>
</xml>
</noscript>
<![endif]-->
<style type="text/css">
:root{color-scheme:light dark}
.ground{padding:24px 0}
@media (max-width:479px){.ground{padding:0}.facts th,.facts td{display:block!important;width:auto!important;padding:0!important}.facts th{padding:7px 0 0!important}.figures .figure,.figures .trend{display:block!important;width:auto!important;text-align:start!important}.figures .trend{padding:0 0 12px!important;border-top:0!important}}
@media (prefers-color-scheme:dark){
body,.ground,.ground>div{background-color:#10151d!important}
.card,.card>table{background:#18202b!important}
.ink,.ink div,.ink a,.ink td{color:#e8edf4!important}
.soft,.soft div,.soft a,.soft th{color:#a9b5c6!important}
.line{border-color:#3a4759!important}
.logo{background:#ffffff!important}
.bar{background-color:#7da2ff!important}
.track{background-color:#2a3646!important}
}
</style>
<!--[if mso]><style>*{font-family:Arial,sans-serif!important}</style><![endif]-->
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
</head>
<body class="ground" style="word-spacing:normal;background-color:#f3f5f8;">
<div style="display:none;font-size:1px;color:#ffffff;line-height:1px;max-height:0px;max-width:0px;opacity:0;overflow:hidden;">${preheader}</div>
<div aria-label="${subject}" aria-roledescription="email" role="article" lang="${language}" dir="auto" style="word-spacing:normal;background-color:#f3f5f8;">
<!--[if mso | IE]><table align="center" border="0" cellpadding="0" cellspacing="0" class="card-outlook" role="presentation" style="width:600px;" width="600" bgcolor="#ffffff"><tr><td style="line-height:0px;font-size:0px;mso-line-height-rule:exactly;"><![endif]-->
<div class="card" style="background:#ffffff;background-color:#ffffff;margin:0px auto;max-width:600px;">
<table align="center" border="0" cellpadding="0" cellspacing="0" role="presentation" style="background:#ffffff;background-color:#ffffff;width:100%;">
<tr>
<td style="border-top:4px solid ${color};direction:ltr;font-size:0px;padding:22px 24px 12px;text-align:center;">
<!--[if mso | IE]><table role="presentation" border="0" cellpadding="0" cellspacing="0"><tr><td style="vertical-align:top;width:552px;"><![endif]-->
<div style="font-size:0px;text-align:start;direction:ltr;display:inline-block;vertical-align:top;width:100%;">
<table border="0" cellpadding="0" cellspacing="0" role="presentation" width="100%">
<tr>
<td style="vertical-align:top;padding:0;">
<table border="0" cellpadding="0" cellspacing="0" role="presentation" width="100%">
${blocks}
</table>
</td>
</tr>
</table>
</div>
<!--[if mso | IE]></td></tr></table><![endif]-->
</td>
</tr>
</table>
</div>
<!--[if mso | IE]></td></tr></table><![endif]-->
</div>
</body>
</html>`;
}
