// The page of the phone on the desk: draws what the simulator reports and sends what the person
// taps. All text is set as text, never as HTML.
'use strict';

const places = [
  { name: 'Parque Central, Chimaltenango', address: 'Chimaltenango', latitude: 14.6611, longitude: -90.8197 },
  { name: 'Mercado de Sololá', address: 'Sololá', latitude: 14.7722, longitude: -91.1833 },
  { name: 'Terminal, Quetzaltenango', address: 'Quetzaltenango', latitude: 14.8446, longitude: -91.5231 },
];

const state = {
  language: localStorage.getItem('language') || (navigator.language.slice(0, 2) in words
    ? navigator.language.slice(0, 2) : 'es'),
  people: [], places, channels: ['whatsapp'], smsNumber: '',
  person: null, channel: 'whatsapp', messages: new Map(), next: 0, typingUntil: 0, control: {},
  hidden: new Set(),  // ids of people whose number is not shown
  groups: [], group: '', subject: '',  // the open one's id, while the channel is 'group'
};
// What can go wrong with the next send, in each provider's own numbers.
const errorsOf = {
  whatsapp: [['131056', 'pair limit'], ['130429', 'rate limit'], ['131000', 'unknown error'],
    ['131026', 'undeliverable'], ['131047', '24 h window'], ['131049', 'marketing cap'],
    ['131048', 'spam limit'], ['132015', 'template paused'], ['190', 'access token'],
    ['500', 'server error']],
  sms: [['30003', 'unreachable handset'], ['30004', 'blocked'], ['30005', 'unknown handset'],
    ['30006', 'landline'], ['30007', 'filtered'], ['30008', 'unknown error'],
    ['21610', 'unsubscribed'], ['20429', 'too many requests'], ['20003', 'credentials'],
    ['20500', 'server error']],
};
errorsOf.group = errorsOf.whatsapp;

function toast(text) {
  const place = byId('toast');
  place.replaceChildren(make('span', {}, text));
  clearTimeout(toast.timer);
  toast.timer = setTimeout(() => place.replaceChildren(), 4000);
}

// --- Messages ------------------------------------------------------------------------------------

// What she can tap under a message. Old ones stay tappable, as on a phone.
function choicesOf(shown) {
  const { message } = shown;
  const content = message[message.type] ?? {};
  const tap = (title, say) => make('button', { type: 'button', onclick: say }, title);
  if (message.type === 'template') {
    return (content.components ?? [])
      .filter((each) => each.type === 'button' && each.sub_type === 'quick_reply')
      .map((each) => {
        const payload = String(each.parameters?.[0]?.payload ?? each.index);
        const title = content.shown?.buttons?.[Number(each.index)]
          ?? `${t('button')} ${Number(each.index) + 1}`;
        return tap(title, () => say({ type: 'button', button: { payload, text: title } }, shown.id));
      });
  }
  const invited = !isGroup() && summary(message).match(inviteLink);
  if (invited) return [tap(t('join_group'), () => joinGroup(invited[0], state.person))];
  if (message.type !== 'interactive') return [];
  switch (content.type) {
    case 'button':
      return (content.action?.buttons ?? []).map(({ reply }) => tap(reply.title, () => say({
        type: 'interactive',
        interactive: { type: 'button_reply', button_reply: { id: reply.id, title: reply.title } },
      }, shown.id)));
    case 'list':
      return [tap(content.action?.button || t('list'), () => openList(shown))];
    case 'location_request_message':
      return [tap(t('share_place'), () => openPlaces(shown.id))];
    case 'request_contact_info':
      return [tap(t('share_number'), () => say({
        type: 'contacts',
        contacts: [{
          origin: 'contact_request',
          name: { formatted_name: state.person.name },
          phones: [{ phone: state.person.phone, type: 'CELL' }],
        }],
      }, shown.id))];
    case 'flow': {
      const { flow_cta: title, flow_token: token } = content.action?.parameters ?? {};
      return [tap(title, () => openForm(title, token, shown.id))];
    }
    case 'cta_url': {
      const { display_text: title, url } = content.action?.parameters ?? {};
      if (!/^https?:/.test(url ?? '')) return [];
      return [make('a', { href: url, target: '_blank', rel: 'noopener noreferrer' }, title)];
    }
    default: return [];
  }
}

function drawMeta(shown) {
  const label = shown.code ? `${t(shown.status)} · ${shown.code}` : t(shown.status);
  const time = new Date(shown.at).toLocaleTimeString(state.language, { hour: '2-digit', minute: '2-digit' });
  return make('div', { class: 'meta' },
    make('span', {}, time),
    shown.status ? make('span', { class: `ticks ${shown.status}`, role: 'img', 'aria-label': label, title: label },
      ticksOf[shown.status] ?? '') : null,
    shown.status === 'failed' ? make('span', { class: 'ticks failed' }, label) : null,
    groupReceipts(shown));
}

function lineClass(shown) {
  if (shown.mine) return 'line mine';
  if (shown.status === 'failed') return 'line failed';
  const away = shown.status === 'accepted' || shown.status === 'sent';
  return away && Date.now() - shown.seen > 1500 ? 'line away' : 'line';
}

function drawLine(shown) {
  if (shown.message.type === 'note') return noteLine(shown);
  const quoted = shown.reply_to && state.messages.get(shown.reply_to);
  const choices = shown.mine ? [] : choicesOf(shown);
  const line = make('div', { class: lineClass(shown), 'data-id': shown.id },
    make('div', { class: 'bubble' },
      groupSpeaker(shown),
      quoted ? make('div', { class: 'quote' }, summary(quoted.message)) : null,
      ...contentOf(shown.message), drawMeta(shown)),
    choices.length ? make('div', { class: 'choices' }, ...choices) : null);
  return line;
}

function dayOf(at) {
  const day = new Date(at);
  const today = new Date();
  const yesterday = new Date(today.getFullYear(), today.getMonth(), today.getDate() - 1);
  if (day.toDateString() === today.toDateString()) return t('today');
  if (day.toDateString() === yesterday.toDateString()) return t('yesterday');
  return day.toLocaleDateString(state.language, { weekday: 'long', day: 'numeric', month: 'long' });
}

// Changes the log and stays at its end if she was reading there.
function atEnd(change, always = false) {
  const log = byId('log');
  const near = always || log.scrollHeight - log.scrollTop - log.clientHeight < 160;
  change(log);
  if (near) log.scrollTop = log.scrollHeight;
}

function append(shown) {
  atEnd((log) => appendTo(log, shown), shown.mine);
  if (!shown.mine && (shown.status === 'accepted' || shown.status === 'sent')) {
    setTimeout(() => redraw(shown), 1600);
  }
}

function appendTo(log, shown) {
  const day = dayOf(shown.at);
  if (append.day !== day) {
    log.append(make('div', { class: 'day' }, make('span', {}, day)));
    append.day = day;
  }
  shown.line = drawLine(shown);
  log.append(shown.line);
  drawTyping();
}

function redraw(shown) {
  if (!shown.line?.isConnected || shown.message.type === 'note') return;
  atEnd(() => {
    shown.line.className = lineClass(shown);
    shown.line.querySelector('.meta').replaceWith(drawMeta(shown));
  });
}

function drawLog() {
  append.day = null;
  byId('log').replaceChildren();
  for (const shown of state.messages.values()) append(shown);
  byId('log').scrollTop = byId('log').scrollHeight;
}

function drawTyping() {
  byId('log').querySelector('.typing-line')?.remove();
  const typing = Date.now() < state.typingUntil;
  const titles = { sms: state.smsNumber, whatsapp: 'Tertulia', group: state.subject };
  byId('chat-title').textContent = titles[state.channel];
  byId('chat-state').textContent = typing ? t('typing') : `${t('you')} ${state.person?.name ?? ''}`;
  if (!typing) return;
  atEnd((log) => log.append(make('div', { class: 'line typing-line', 'aria-hidden': 'true' },
    make('div', { class: 'bubble typing' }, make('i'), make('i'), make('i')))));
}

// --- Saying --------------------------------------------------------------------------------------

async function say(message, replyTo = '') {
  const { phone } = state.person;
  try {
    if (state.channel === 'sms') await ask('sms/say', { phone, text: message.text.body });
    else if (isGroup()) await ask('say', { phone, message, reply_to: replyTo, group: state.group });
    else await ask('say', { phone, message, reply_to: replyTo, number_hidden: isHidden() });
  } catch (error) {
    toast(`${t('trouble')}: ${error.message}`);
  }
}

// The form itself is Meta's, and how it looks is not known here: its fields are written as lines.
function openForm(title, token, replyTo) {
  const lines = make('textarea', {
    id: 'form-lines', rows: 6, placeholder: t('form_example'), 'aria-describedby': 'form-hint',
  });
  openSheet(title,
    make('label', { for: 'form-lines', id: 'form-hint', class: 'about' }, t('form_answers')),
    lines,
    make('button', { type: 'button', class: 'wide', onclick: () => {
      const answers = answersOf(lines.value);
      if (!answers) { toast(t('form_line')); return; }
      closeSheet();
      fillForm({ ...answers, flow_token: token }, replyTo);
    } }, t('send')));
  lines.focus();
}

// {field: value} of "field: value" lines; null: a line is none. A value in brackets is a list.
function answersOf(text) {
  const answers = {};
  for (const line of text.split('\n').map((each) => each.trim()).filter(Boolean)) {
    const [, field, value] = line.match(/^([\w.-]+)\s*:\s*(.*)$/) ?? [];
    if (!field) return null;
    const list = value.match(/^\[(.*)\]$/);
    answers[field] = list ? list[1].split(',').map((each) => each.trim()) : value;
  }
  return answers;
}

const fillForm = (answers, replyTo) => say({
  type: 'interactive',
  interactive: {
    type: 'nfm_reply',
    nfm_reply: { name: 'flow', body: 'Sent', response_json: JSON.stringify(answers) },
  },
}, replyTo);

// --- Bottom sheet --------------------------------------------------------------------------------

function openSheet(title, ...content) {
  openSheet.opener = document.activeElement;
  byId('sheet-title').textContent = title;
  byId('sheet-body').replaceChildren(...content.filter(Boolean));
  byId('sheet').hidden = byId('shade').hidden = false;
  byId('sheet-body').querySelector('button')?.focus();
}

function closeSheet() {
  if (byId('sheet').hidden) return;
  byId('sheet').hidden = byId('shade').hidden = true;
  openSheet.opener?.focus();
}

const sheetRow = (title, detail, chosen) => make('button', {
  type: 'button', onclick: () => { closeSheet(); chosen(); },
}, title, detail ? make('span', {}, detail) : null);

function openList(shown) {
  const { action } = shown.message.interactive;
  const rows = [];
  for (const section of action.sections ?? []) {
    if (section.title) rows.push(make('h3', {}, section.title));
    for (const row of section.rows ?? []) {
      rows.push(sheetRow(row.title, row.description, () => say({
        type: 'interactive',
        interactive: { type: 'list_reply', list_reply: { id: row.id, title: row.title, description: row.description } },
      }, shown.id)));
    }
  }
  openSheet(action.button || t('list'), ...rows);
}

function openPlaces(replyTo = '') {
  openSheet(t('share_place'), ...state.places.map((place) => sheetRow(place.name, place.address,
    () => say({ type: 'location', location: place }, replyTo))));
}

function openAttachments() {
  openSheet(t('attachments'),
    sheetRow(t('share_place'), '', () => openPlaces()),
    sheetRow(t('send_picture'), '', () => say({ type: 'image', image: { data: samplePicture(state.person.name), caption: '' } })),
    !isGroup() && state.groups.some((each) => !isMember(each, state.person))
      ? sheetRow(t('join_group'), '', openLinks) : null);
}

// --- People and chat -----------------------------------------------------------------------------

function drawPeople() {
  const rows = state.people.map((person) => {
    const initials = person.name.split(/\s+/).map((word) => word[0]).slice(0, 2).join('').toUpperCase();
    const detail = [person.note, person.pin_hint].filter(Boolean).join(' · ');
    return make('li', {}, make('button', { type: 'button', onclick: () => openChat(person) },
      make('div', { class: 'avatar', 'aria-hidden': 'true' }, initials),
      make('div', { class: 'text' }, make('strong', {}, person.name),
        make('span', {}, `${person.phone} · ${person.language}`),
        detail ? make('span', {}, detail) : null)));
  });
  byId('people').replaceChildren(...(rows.length ? rows : [make('li', { class: 'empty' }, t('nobody'))]));
}

async function loadPeople() {
  const answer = await ask('people');
  state.people = answer.people;
  if (answer.places.length) state.places = answer.places;
  state.channels = answer.channels;
  state.smsNumber = answer.sms_number ?? '';
  drawPeople();
}

// What the desk calls the chat on the screen, and the same person's on the other channel.
const chatOn = (channel) => ({
  sms: `sms:${state.person?.id}`, whatsapp: state.person?.id, group: `group:${state.group}`,
})[channel];

async function loadChat() {
  const chat = chatOn(state.channel);
  const answer = await ask(isGroup() ? `chat?group=${encodeURIComponent(state.group)}`
    : `chat?phone=${state.person.id}&channel=${state.channel}`);
  if (!state.person || chat !== chatOn(state.channel)) return;  // she has turned to another
  state.messages = new Map(answer.messages.map((each) => [each.id, asSeen({ ...each, seen: 0 })]));
  state.next = answer.next;
  if (isGroup()) drawPins(openGroupFacts());  // first: they take room from the log
  drawLog();
  markRead();
}

function markRead() {
  if (document.hidden || !state.person || state.channel === 'sms') return;
  const unread = [...state.messages.values()].some((each) => !each.mine && each.status === 'delivered');
  const where = isGroup() ? { group: state.group } : {};
  if (unread) ask('open', { phone: state.person.phone, ...where }).catch(() => {});
}

async function openChat(person, channel = 'whatsapp') {
  const isSame = state.person?.id === person.id && !isGroup();
  state.group = '';
  state.person = person;
  state.channel = state.channels.includes(channel) ? channel : 'whatsapp';
  state.typingUntil = 0;
  if (!isSame) markNews('whatsapp', false);
  if (!isSame) markNews('sms', false);
  location.hash = state.channel === 'sms' ? `${person.id}/sms` : person.id;
  byId('people-screen').hidden = true;
  byId('chat-screen').hidden = false;
  drawChannel();
  drawTyping();
  await Promise.all([loadChat(), loadControl()]).catch((error) => toast(error.message));
  byId('text').focus();
}

function openPeople() {
  state.person = null;
  state.group = '';
  state.channel = 'whatsapp';
  drawChannel();
  loadControl().catch(() => {});
  history.replaceState(null, '', location.pathname);
  byId('chat-screen').hidden = true;
  byId('people-screen').hidden = false;
  byId('people').querySelector('button')?.focus();
}

function hear(event) {
  if (event.kind === 'group') loadGroups().catch((error) => toast(error.message));
  if (!state.person || event.kind === 'group') return;
  if (event.phone !== chatOn(state.channel)) {
    const other = state.channel === 'sms' ? 'whatsapp' : 'sms';
    if (event.phone === chatOn(other) && event.kind === 'message') markNews(other, true);
    return;
  }
  if (event.kind === 'message') {
    if (state.messages.has(event.message.id)) return;
    const shown = asSeen({ ...event.message, seen: Date.now() });
    state.messages.set(shown.id, shown);
    if (!shown.mine) state.typingUntil = 0;
    append(shown);
  } else if (event.kind === 'status' && event.member) {
    hearOfMember(event);
  } else if (event.kind === 'status') {
    const shown = state.messages.get(event.id);
    if (!shown) return;
    shown.status = event.status;
    shown.code = event.code;
    redraw(shown);
    if (event.status === 'delivered') markRead();
  } else if (event.kind === 'typing') {
    state.typingUntil = Date.now() + 25000;
    drawTyping();
    setTimeout(drawTyping, 25100);
  }
}

async function follow() {
  for (let failures = 0; ;) {
    try {
      const news = await ask(`events?since=${state.next}`);
      if (news.reset && state.person) await loadChat();
      else state.next = Math.max(state.next, news.next);
      for (const event of news.events ?? []) hear(event);
      if (news.reset || failures > 0) await loadGroups();
      if (failures > 0) {
        byId('toast').replaceChildren();
        if (state.person) await loadChat();
      }
      failures = 0;
    } catch {
      failures += 1;
      if (failures > 1) toast(t('offline'));
      if (failures > 1) state.next = 0;
      await new Promise((done) => setTimeout(done, Math.min(1000 * failures, 5000)));
    }
  }
}

// --- Controls ------------------------------------------------------------------------------------

function drawControls() {
  const { control } = state;
  const off = control.phone_off;
  byId('phone-off').checked = off === true || (Array.isArray(off) && !!state.person && off.includes(state.person.id));
  byId('phone-off').disabled = !state.person;
  byId('number-hidden').checked = isHidden();
  byId('number-hidden').disabled = !state.person;
  byId('duplicates').checked = control.duplicates > 0;
  byId('reorder').checked = !!control.reorder;
  byId('window').checked = !!control.window;
  byId('delay').value = String(control.webhook_delay_ms ?? 0);
  drawErrors(control.errors?.[0]?.code ?? 0);
  const names = t('counters');
  byId('counters').replaceChildren(...Object.keys(names).flatMap((key) => [
    make('dt', {}, names[key]), make('dd', {}, String(control.counters?.[key] ?? 0))]));
}

const controlDoor = () => (state.channel === 'sms' ? 'sms/control' : 'control');

async function loadControl() {
  const door = controlDoor();
  const answer = await ask(door);
  if (door !== controlDoor()) return;
  state.control = answer;
  drawControls();
}

function drawErrors(chosen) {
  const options = [['0', t('error_none')], ...errorsOf[state.channel]];
  byId('error').replaceChildren(...options.map(([code, name]) => make(
    'option', { value: code }, code === '0' ? name : `${code} · ${name}`)));
  byId('error').value = String(chosen);
}

async function control(orders) {
  try {
    state.control = await ask(controlDoor(), orders);
  } catch (error) {
    toast(error.message);
  }
  drawControls();
}

// With a user name WhatsApp tells nobody the number: each person's own wish, while the page is open.
const isHidden = () => !!state.person && state.hidden.has(state.person.id);

function setHidden(hides) {
  if (hides) state.hidden.add(state.person.id);
  else state.hidden.delete(state.person.id);
}

function setPhoneOff(isOff) {
  const before = Array.isArray(state.control.phone_off) ? state.control.phone_off : [];
  const others = before.filter((each) => each !== state.person.id);
  control({ phone_off: isOff ? [...others, state.person.id] : others });
}

// --- Wiring --------------------------------------------------------------------------------------

const actions = {
  'group-info': openGroupInfo,
  back: openPeople,
  attach: openAttachments,
  close: closeSheet,
  panel: () => { byId('panel').classList.add('open'); byId('panel').querySelector('button').focus(); },
  'panel-close': () => byId('panel').classList.remove('open'),
  drop: async () => { await control({ drop_responses: 1 }); toast(t('dropped')); },
  lose: async () => { await control({ lose_statuses: 1 }); toast(t('lost')); },
};

function send() {
  const box = byId('text');
  const text = box.value.trim();
  if (!text) return;
  box.value = '';
  grow();
  say({ type: 'text', text: { body: text } });
}

function grow() {
  const box = byId('text');
  box.style.height = 'auto';
  box.style.height = `${Math.min(box.scrollHeight + 2, 120)}px`;
  drawCounter();
}

// Tab stays within the open sheet.
function keepFocus(event) {
  const inside = [...byId('sheet').querySelectorAll('button')];
  const edge = event.shiftKey ? inside[0] : inside[inside.length - 1];
  if (document.activeElement !== edge) return;
  event.preventDefault();
  (event.shiftKey ? inside[inside.length - 1] : inside[0]).focus();
}

document.addEventListener('click', (event) => {
  const action = event.target.closest('[data-action]')?.dataset.action;
  if (action) actions[action]();
});
document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape') { closeSheet(); actions['panel-close'](); }
  if (event.key === 'Tab' && !byId('sheet').hidden) keepFocus(event);
});
document.addEventListener('visibilitychange', markRead);

document.addEventListener('DOMContentLoaded', async () => {
  applyWords();
  byId('shade').addEventListener('click', closeSheet);
  for (const each of byId('channels').children) {
    each.addEventListener('click', () => openChat(state.person, each.value));
  }
  byId('composer').addEventListener('submit', (event) => { event.preventDefault(); send(); });
  byId('text').addEventListener('input', grow);
  byId('text').addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) { event.preventDefault(); send(); }
  });
  byId('language').addEventListener('change', (event) => {
    state.language = event.target.value;
    localStorage.setItem('language', state.language);
    applyWords();
    drawPeople();
    drawGroups();
    drawControls();
    drawChannel();
    if (isGroup()) drawGroupScreen();
    if (state.person) drawLog();
  });
  byId('phone-off').addEventListener('change', (event) => setPhoneOff(event.target.checked));
  byId('number-hidden').addEventListener('change', (event) => setHidden(event.target.checked));
  byId('duplicates').addEventListener('change', (event) => control({ duplicates: event.target.checked ? 1 : 0 }));
  byId('reorder').addEventListener('change', (event) => control({ reorder: event.target.checked }));
  byId('window').addEventListener('change', (event) => control({ window: event.target.checked }));
  byId('delay').addEventListener('change', (event) => control({ webhook_delay_ms: Number(event.target.value) }));
  byId('error').addEventListener('change', (event) => {
    const code = Number(event.target.value);
    control({ errors: code ? [{ code, times: 1 }] : [] });
  });
  try {
    await loadPeople();
    await loadGroups();
    await loadControl();
  } catch (error) {
    toast(error.message);
  }
  setInterval(() => {
    const isChoosing = document.activeElement === byId('error');  // a list redrawn would close
    if (!document.hidden && !isChoosing) loadControl().catch(() => { /* follow() tells */ });
  }, 3000);
  const [id, channel, groupId] = location.hash.slice(1).split('/');
  const wanted = state.people.find((each) => each.id === id);
  const group = groupId && state.groups.find((each) => each.id === decodeURIComponent(groupId));
  if (wanted && isMember(group, wanted)) await openGroup(group, wanted);
  else if (wanted) await openChat(wanted, channel);
  else state.next = (await ask('chat?phone=0').catch(() => ({ next: 0 }))).next;
  follow();
});
