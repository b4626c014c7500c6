// What every page of the desk draws alike: words, WhatsApp's marks, and the content of a message. The
// page's own script has `state.language` and atEnd(). All text is set as text, never as HTML.
'use strict';

const byId = (id) => document.getElementById(id);
const t = (key) => words[state.language][key] ?? key;

function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [key, value] of Object.entries(properties)) {
    if (key.startsWith('on')) element.addEventListener(key.slice(2), value);
    else if (key === 'class') element.className = value;
    else if (key in element && key !== 'role') element[key] = value;
    else element.setAttribute(key, value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

function icon(path) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  const line = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  line.setAttribute('d', path);
  svg.append(line);
  return svg;
}

async function ask(path, body) {
  const options = body === undefined ? {} : {
    method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body),
  };
  const response = await fetch(path, options);
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(answer.detail || answer.title || response.statusText);
  return answer;
}

// --- Words ---------------------------------------------------------------------------------------

function applyWords() {
  document.documentElement.lang = state.language;
  document.title = t(document.body.dataset.title ?? 'title');
  byId('language').value = state.language;
  for (const each of document.querySelectorAll('[data-text]')) each.textContent = t(each.dataset.text);
  for (const each of document.querySelectorAll('[data-label]')) {
    each.setAttribute('aria-label', t(each.dataset.label));
    if (each.tagName === 'BUTTON') each.title = t(each.dataset.label);
  }
  for (const each of document.querySelectorAll('[data-placeholder]')) {
    each.placeholder = t(each.dataset.placeholder);
  }
}

// WhatsApp's marks: *bold*, _italic_, ~strike~, `code`. Builds nodes, one mark deep.
function formatted(text) {
  const all = document.createDocumentFragment();
  const marks = /(?<![\p{L}\p{N}])([*_~`])(?=\S)([^\n]*?\S)\1(?![\p{L}\p{N}])/gu;
  const tags = { '*': 'strong', _: 'em', '~': 's', '`': 'code' };
  let last = 0;
  for (const found of text.matchAll(marks)) {
    all.append(text.slice(last, found.index), make(tags[found[1]], {}, found[2]));
    last = found.index + found[0].length;
  }
  all.append(text.slice(last));
  return all;
}

// --- Messages ------------------------------------------------------------------------------------

const ticksOf = { accepted: '✓', sent: '✓', delivered: '✓✓', read: '✓✓', failed: '!' };

function summary(message) {
  const content = message[message.type] ?? {};
  if (message.type === 'text' || message.type === 'sms') return content.body ?? '';
  if (message.type === 'interactive') {
    if (content.nfm_reply) return t('form_sent');
    return (content.button_reply ?? content.list_reply)?.title ?? content.body?.text ?? '';
  }
  if (message.type === 'button') return content.text ?? '';
  if (message.type === 'template') return content.shown?.body ?? `${t('template')} ${content.name}`;
  if (message.type === 'location') return `${t('location')} ${content.name ?? ''}`;
  if (message.type === 'image') return content.caption || t('picture');
  if (message.type === 'contacts') return content[0]?.phones?.[0]?.phone ?? '';
  if (message.type === 'note') return '';
  return message.type;
}

// Where the page may fetch what is shown: what was uploaded, or the gateway's own /media/, by
// whichever of its names this page was opened. Anything else is only named.
function mediaSource(content) {
  if (content.id) return `picture/${encodeURIComponent(content.id)}`;
  try {
    const { pathname } = new URL(content.link);
    return pathname.startsWith('/media/') ? pathname : null;
  } catch {
    return null;
  }
}

function mediaContent(type, content) {
  const parts = [];
  const source = mediaSource(content);
  if (type === 'image' && source) {
    parts.push(make('img', {
      src: source, alt: content.caption || t('picture'), onload: () => atEnd(() => {}),
    }));
  } else if (type === 'audio' && source) {
    parts.push(make('audio', { src: source, controls: true, preload: 'metadata' }));
  } else if (type === 'document' && source) {
    const name = content.filename || source.slice(source.lastIndexOf('/') + 1);
    parts.push(make('a', { href: source, target: '_blank', rel: 'noopener' }, name));
  } else {
    const name = content.filename || content.link || content.id || '';
    parts.push(make('span', { class: 'tag' }, `${type}: ${name}`));
  }
  if (content.caption) parts.push(make('div', { class: 'body' }, formatted(content.caption)));
  return parts;
}

function placeContent(content) {
  const pin = 'M12 21s-6-6-6-11a6 6 0 0 1 12 0c0 5-6 11-6 11zM12 8v4';
  const where = `${Number(content.latitude).toFixed(4)}, ${Number(content.longitude).toFixed(4)}`;
  return [make('div', { class: 'place' }, icon(pin), make('div', {},
    make('span', { class: 'head' }, content.name || t('location')),
    make('span', { class: 'tag' }, content.address ? `${content.address} · ${where}` : where)))];
}

function templateContent(content) {
  const { shown } = content;
  if (shown) {
    return [
      make('span', { class: 'tag' }, `${t('template')} · ${content.name ?? ''}`),
      shown.header ? make('span', { class: 'head' }, shown.header) : null,
      make('div', { class: 'body' }, formatted(shown.body ?? '')),
    ];
  }
  const body = (content.components ?? []).find((each) => each.type === 'body');
  const parameters = (body?.parameters ?? []).map((each) => make('li', {},
    each.parameter_name ? make('span', { class: 'tag' }, each.parameter_name) : null,
    each.text ?? each.currency?.fallback_value ?? each.date_time?.fallback_value ?? each.type));
  return [
    make('span', { class: 'tag' }, `${t('template')} · ${content.language?.code ?? ''}`),
    make('span', { class: 'head' }, content.name ?? ''),
    parameters.length ? make('ol', {}, ...parameters) : null,
  ];
}

function interactiveContent(content) {
  const reply = content.button_reply ?? content.list_reply;
  if (reply) {
    return [make('div', { class: 'body' }, reply.title),
      reply.description ? make('span', { class: 'foot' }, reply.description) : null];
  }
  if (content.nfm_reply) return filledForm(content.nfm_reply);
  const header = content.header;
  return [
    header?.type === 'text' ? make('span', { class: 'head' }, header.text) : null,
    ...(header && header.type !== 'text' ? mediaContent(header.type, header[header.type] ?? {}) : []),
    make('div', { class: 'body' }, formatted(content.body?.text ?? '')),
    content.footer?.text ? make('span', { class: 'foot' }, formatted(content.footer.text)) : null,
  ];
}

// What she filled in, without the token that only the gateway needs.
function filledForm(reply) {
  const { flow_token: token, ...answers } = JSON.parse(reply.response_json);
  return [make('span', { class: 'head' }, t('form_sent')),
    make('ul', {}, ...Object.entries(answers).map(([field, value]) => make('li', {},
      make('span', { class: 'tag' }, field), ` ${Array.isArray(value) ? value.join(', ') : value}`)))];
}

function cardContent([card]) {
  return [make('span', { class: 'head' }, card?.name?.formatted_name ?? ''),
    ...(card?.phones ?? []).map((each) => make('div', { class: 'body' }, each.phone))];
}

function contentOf(message) {
  const content = message[message.type] ?? {};
  switch (message.type) {
    case 'text': return [make('div', { class: 'body' }, formatted(content.body ?? ''))];
    case 'interactive': return interactiveContent(content);
    case 'button': return [make('div', { class: 'body' }, content.text ?? '')];
    case 'template': return templateContent(content);
    case 'location': return placeContent(content);
    case 'contacts': return cardContent(content);
    case 'sms': return smsContent(content);
    case 'reaction': return [make('div', { class: 'body' }, content.emoji ?? '')];
    case 'image': case 'video': case 'audio': case 'document': case 'sticker':
      return mediaContent(message.type, content);
    default: return [make('span', { class: 'tag' }, `${t('unknown')} ${message.type}`)];
  }
}

// A drawn receipt stands in for her camera.
function samplePicture(name) {
  const canvas = make('canvas', { width: 300, height: 200 });
  const pen = canvas.getContext('2d');
  pen.fillStyle = '#fbf7e9';
  pen.fillRect(0, 0, 300, 200);
  pen.strokeStyle = '#8a7d55';
  pen.strokeRect(8, 8, 284, 184);
  pen.fillStyle = '#2b2a24';
  pen.font = 'bold 20px sans-serif';
  pen.fillText(t('receipt'), 24, 44);
  pen.font = '16px sans-serif';
  pen.fillText(name, 24, 80);
  pen.fillText(new Date().toLocaleDateString(state.language), 24, 106);
  pen.fillText('Q 150.00', 24, 132);
  return canvas.toDataURL('image/png').split(',')[1];
}
