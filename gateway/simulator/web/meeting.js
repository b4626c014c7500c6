// A whole village bank on one page: every member and our people, each with her own small phone. Draws
// what the simulator reports and sends what is tapped or typed, as the page of one phone does.
'use strict';

const linesKept = 14;  // on each phone

const state = {
  language: localStorage.getItem('language') || (navigator.language.slice(0, 2) in words
    ? navigator.language.slice(0, 2) : 'es'),
  banks: [], bank: '', seats: [], next: 0, chosen: '',
};
// Of each seat: {name, phone, id, office, channel, chats: {whatsapp: Map, sms: Map}, parts…}.

function toast(text) {
  const place = byId('toast');
  place.replaceChildren(make('span', {}, text));
  clearTimeout(toast.timer);
  toast.timer = setTimeout(() => place.replaceChildren(), 4000);
}

// A picture that has loaded makes the log longer.
function atEnd(change) {
  change();
  for (const seat of state.seats) stayAtEnd(seat);
}

function stayAtEnd(seat) {
  const log = seat.log;
  if (log && seat.follows) log.scrollTop = log.scrollHeight;
}

// --- Saying --------------------------------------------------------------------------------------

async function say(seat, message, replyTo = '') {
  try {
    if (seat.channel === 'sms') await ask('sms/say', { phone: seat.phone, text: message.text.body });
    else await ask('say', { phone: seat.phone, message, reply_to: replyTo });
  } catch (error) {
    toast(`${t('trouble')}: ${error.message}`);
  }
}

// What she can tap under a message: buttons, the rows of a list, a template's buttons.
function choicesOf(seat, shown) {
  const { message } = shown;
  const content = message[message.type] ?? {};
  const tap = (title, said) => make('button', { type: 'button', onclick: () => say(seat, said, shown.id) }, title);
  const reply = (kind) => ({ id, title, description }) => tap(title, {
    type: 'interactive',
    interactive: { type: kind, [kind]: description ? { id, title, description } : { id, title } },
  });
  if (message.type === 'template') {
    return (content.components ?? [])
      .filter((each) => each.type === 'button' && each.sub_type === 'quick_reply')
      .map((each) => {
        const payload = String(each.parameters?.[0]?.payload ?? each.index);
        const title = content.shown?.buttons?.[Number(each.index)] ?? `${t('button')} ${Number(each.index) + 1}`;
        return tap(title, { type: 'button', button: { payload, text: title } });
      });
  }
  if (message.type !== 'interactive') return [];
  if (content.type === 'button') {
    return (content.action?.buttons ?? []).map((each) => reply('button_reply')(each.reply));
  }
  if (content.type === 'list') {
    return (content.action?.sections ?? []).flatMap((each) => (each.rows ?? []).map(reply('list_reply')));
  }
  return [];
}

function send(seat) {
  const text = seat.box.value.trim();
  if (!text) return;
  seat.box.value = '';
  seat.follows = true;
  say(seat, { type: 'text', text: { body: text } });
}

const sendPicture = (seat) => say(seat, {
  type: 'image', image: { data: samplePicture(seat.name), caption: '' },
});

// --- Drawing -------------------------------------------------------------------------------------

function drawLine(seat, shown) {
  const choices = shown.mine ? [] : choicesOf(seat, shown);
  const time = new Date(shown.at).toLocaleTimeString(state.language, { hour: '2-digit', minute: '2-digit' });
  const failed = shown.status === 'failed';
  const kind = shown.mine ? 'line mine' : failed ? 'line failed' : 'line';
  return make('div', { class: kind },
    make('div', { class: 'bubble' }, ...contentOf(shown.message),
      make('div', { class: 'meta' }, failed ? `${time} · ${t('failed')}` : time)),
    choices.length ? make('div', { class: 'choices' }, ...choices) : null);
}

function drawLog(seat) {
  const lines = [...seat.chats[seat.channel].values()].slice(-linesKept);
  seat.log.replaceChildren(...lines.map((each) => drawLine(seat, each)));
  stayAtEnd(seat);
}

function drawChannel(seat) {
  const isSms = seat.channel === 'sms';
  seat.place.classList.toggle('sms', isSms);
  const other = isSms ? 'WhatsApp' : 'SMS';
  seat.turn.textContent = isSms ? 'SMS' : 'WhatsApp';
  seat.turn.classList.toggle('news', !!seat.news);
  const label = t('turn_to').replace('{channel}', other).replace('{name}', seat.name);
  seat.turn.setAttribute('aria-label', `${seat.turn.textContent}. ${label}${seat.news ? `: ${t('news')}` : ''}`);
  seat.turn.title = label;
  seat.camera.hidden = isSms;
  seat.box.maxLength = isSms ? 1600 : 4096;
  drawLog(seat);
}

function turn(seat) {
  seat.channel = seat.channel === 'sms' ? 'whatsapp' : 'sms';
  seat.news = false;
  seat.follows = true;
  drawChannel(seat);
}

function drawSeat(seat) {
  const of = (key) => t(key).replace('{name}', seat.name);
  seat.turn = make('button', { type: 'button', onclick: () => turn(seat) });
  seat.log = make('div', {
    class: 'log', role: 'log', 'aria-live': 'off', tabIndex: 0, 'aria-label': of('chat_of'),
    onscroll: () => { seat.follows = seat.log.scrollHeight - seat.log.scrollTop - seat.log.clientHeight < 60; },
  });
  seat.box = make('input', {
    type: 'text', autocomplete: 'off', placeholder: t('write'), 'aria-label': of('write_as'),
  });
  seat.camera = make('button', {
    type: 'button', class: 'icon', 'aria-label': of('send_picture_as'), title: t('send_picture'),
    onclick: () => sendPicture(seat),
  }, icon('M4 8h3l2-3h6l2 3h3v11H4zM12 10a3.5 3.5 0 1 0 .01 0'));
  const composer = make('form', { class: 'seat-composer', onsubmit: (event) => { event.preventDefault(); send(seat); } },
    seat.camera, seat.box,
    make('button', { type: 'submit', class: 'send', 'aria-label': of('send_as'), title: t('send') },
      icon('M4 12l16-8-5 16-3-6z')));
  const isOurs = ['agent', 'backup', 'supervisor'].includes(seat.office);
  seat.place = make('article', { class: isOurs ? 'seat ours' : 'seat', 'aria-label': seat.name },
    make('div', { class: 'seat-head' },
      make('div', { class: 'who' }, make('h2', {}, seat.name),
        make('p', {}, t('offices')[seat.office || 'member'])),
      seat.turn),
    seat.log, composer);
  seat.row = make('li', {}, seat.place);
  drawChannel(seat);
  return seat.row;
}

function drawSeats() {
  const rows = state.seats.map(drawSeat);
  byId('seats').replaceChildren(...(rows.length ? rows : [make('li', { class: 'nobody chosen' }, t('no_banks'))]));
  byId('who').replaceChildren(...state.seats.map((seat) => make('option', { value: seat.id },
    seat.office ? `${seat.name} (${t('offices')[seat.office]})` : seat.name)));
  choose(state.chosen || state.seats[0]?.id || '');
  for (const seat of state.seats) stayAtEnd(seat);
}

// The one phone a narrow screen shows.
function choose(id) {
  state.chosen = id;
  byId('who').value = id;
  for (const seat of state.seats) {
    seat.row.classList.toggle('chosen', seat.id === id);
    if (seat.id === id) stayAtEnd(seat);
  }
}

function drawStanding(meeting) {
  const part = (text) => make('span', {}, text);
  const fill = (key, values) => Object.entries(values)
    .reduce((text, [name, value]) => text.replace(`{${name}}`, value), t(key));
  const parts = meeting ? [
    make('strong', {}, t('meeting_states')[meeting.state] ?? meeting.state),
    part(fill('of_present', meeting)), part(fill('of_payments', meeting)),
  ] : [part(t('no_meeting'))];
  const drawn = parts.map((each) => each.textContent).join();
  if (drawStanding.drawn === drawn) return;
  drawStanding.drawn = drawn;
  byId('standing').replaceChildren(...parts);
}

// --- What there is, and what comes ---------------------------------------------------------------

async function loadSeat(seat) {
  for (const channel of ['whatsapp', 'sms']) {
    const answer = await ask(`chat?phone=${seat.id}&channel=${channel}`);
    seat.chats[channel] = new Map(answer.messages.map((each) => [each.id, each]));
    if (channel === 'whatsapp') seat.next = answer.next;
  }
  const [last, lastSms] = ['whatsapp', 'sms'].map((each) => [...seat.chats[each].values()].at(-1)?.at ?? 0);
  if (lastSms > last) seat.channel = 'sms';
}

async function loadChats() {
  await Promise.all(state.seats.filter((each) => each.id).map(loadSeat));
  state.next = Math.min(...state.seats.map((each) => each.next ?? Infinity));
  if (!Number.isFinite(state.next)) state.next = 0;
}

async function openBank(id) {
  state.bank = id;
  state.chosen = '';
  history.replaceState(null, '', `#${encodeURIComponent(id)}`);
  byId('bank').value = id;
  const { seats } = await ask(`bank?id=${encodeURIComponent(id)}`);
  if (state.bank !== id) return;
  state.seats = seats.map((each) => ({
    ...each, channel: 'whatsapp', follows: true, chats: { whatsapp: new Map(), sms: new Map() },
  }));
  drawSeats();  // empty, while the chats come
  loadStanding().catch((error) => toast(error.message));
  await loadChats();
  for (const seat of state.seats) drawChannel(seat);
}

async function loadStanding() {
  if (!state.bank) return;
  drawStanding((await ask(`standing?bank=${encodeURIComponent(state.bank)}`)).meeting);
}

function hear(event) {
  const isSms = String(event.phone ?? '').startsWith('sms:');
  const seat = state.seats.find((each) => each.id === String(event.phone).replace('sms:', ''));
  if (!seat) return;
  const channel = isSms ? 'sms' : 'whatsapp';
  const chat = seat.chats[channel];
  if (event.kind === 'message') {
    if (chat.has(event.message.id)) return;
    chat.set(event.message.id, event.message);
    if (seat.channel !== channel) seat.news = true;
  } else if (event.kind === 'status' && chat.has(event.id) && event.status === 'failed') {
    chat.get(event.id).status = event.status;
  } else {
    return;
  }
  if (seat.channel === channel) drawLog(seat);
  else drawChannel(seat);
}

async function follow() {
  for (let failures = 0; ;) {
    try {
      const news = await ask(`events?since=${state.next}`);
      if (news.reset || failures > 1) {
        await loadChats();
        for (const seat of state.seats) drawChannel(seat);
      } else {
        state.next = Math.max(state.next, news.next);
      }
      for (const event of news.events ?? []) hear(event);
      failures = 0;
    } catch {
      failures += 1;
      if (failures > 1) toast(t('offline'));
      await new Promise((done) => setTimeout(done, Math.min(1000 * failures, 5000)));
    }
  }
}

document.addEventListener('DOMContentLoaded', async () => {
  applyWords();
  byId('bank').addEventListener('change', (event) => openBank(event.target.value).catch((error) => toast(error.message)));
  byId('who').addEventListener('change', (event) => choose(event.target.value));
  byId('language').addEventListener('change', (event) => {
    state.language = event.target.value;
    localStorage.setItem('language', state.language);
    applyWords();
    drawSeats();
    drawStanding.drawn = '';
    loadStanding().catch(() => { /* follow() tells */ });
  });
  try {
    state.banks = (await ask('banks')).banks;
    byId('bank').replaceChildren(...state.banks.map((each) => make('option', { value: each.id }, each.name)));
    const wanted = decodeURIComponent(location.hash.slice(1));
    const first = state.banks.find((each) => each.id === wanted) ?? state.banks[0];
    if (first) await openBank(first.id);
    else drawSeats();
  } catch (error) {
    toast(error.message);
  }
  setInterval(() => {
    if (!document.hidden) loadStanding().catch(() => { /* follow() tells */ });
  }, 2000);
  follow();
});
