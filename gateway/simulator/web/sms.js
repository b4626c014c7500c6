// What is particular to SMS on the page: the alphabet and parts of a text, while it is typed and
// under what was said, and the switch between the two channels of one telephone.
'use strict';

// The default table of GSM 03.38 and, behind ESC, its extension: two septets each.
const gsmBasic = new Set('@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?'
  + '¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà');
const gsmExtension = new Set('\f^{}\\[~]|€');

// {alphabet, units, segments, room of those segments, outside}, as the network counts.
function smsLength(written) {
  const text = written.normalize('NFC');
  const outside = [...new Set(text)].filter((each) => !gsmBasic.has(each) && !gsmExtension.has(each));
  const isGsm = outside.length === 0;
  const width = (letters) => (isGsm
    ? [...letters].reduce((sum, each) => sum + (gsmExtension.has(each) ? 2 : 1), 0) : letters.length);
  const units = width(text);
  const [alone, each] = isGsm ? [160, 153] : [70, 67];
  const alphabet = isGsm ? 'gsm7' : 'ucs2';
  if (units <= alone) return { alphabet, units, segments: 1, room: alone, outside };
  let [segments, used] = [1, 0];
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    const wide = width(segment);
    if (used + wide > each) [segments, used] = [segments + 1, 0];
    used += wide;
  }
  return { alphabet, units, segments, room: segments * each, outside };
}

const alphabetNames = { gsm7: 'GSM-7', ucs2: 'UCS-2' };

// "UCS-2 because of á, ó"
function alphabetText({ alphabet, outside }) {
  const some = outside.slice(0, 4).join(' ');
  return outside.length ? `${alphabetNames[alphabet]} ${t('because')} ${some}` : alphabetNames[alphabet];
}

function smsContent(content) {
  return [
    make('div', { class: 'body' }, content.body),
    make('span', { class: 'foot parts' }, `${content.segments} SMS · ${alphabetText(content)}`),
  ];
}

function drawCounter() {
  const isSms = state.channel === 'sms';
  byId('counter').hidden = !isSms;
  if (!isSms) return;
  const length = smsLength(byId('text').value);
  byId('counter').textContent = `${length.units} ${t('of_sms')} ${length.room} · `
    + `${length.segments} SMS · ${alphabetText(length)}`;
}

function markNews(channel, isNew) {
  const button = [...byId('channels').children].find((each) => each.value === channel);
  button.classList.toggle('news', isNew);
  button.setAttribute('aria-label', isNew ? `${button.textContent}: ${t('news')}` : button.textContent);
}

// The screen as the chosen channel has it.
function drawChannel() {
  const { channel, channels } = state;
  const isInGroup = channel === 'group';
  byId('channels').hidden = channels.length < 2 || isInGroup;
  byId('members').hidden = !isInGroup;
  byId('pins').hidden = byId('group-info').hidden = true;  // drawGroupScreen() shows them
  byId('text').disabled = byId('attach').disabled = false;
  byId('text').placeholder = t('write');
  byId('chat-avatar').replaceChildren(isInGroup ? icon(groupIcon) : 'T');
  byId('chat-avatar').classList.toggle('group', isInGroup);
  for (const each of byId('channels').children) {
    each.hidden = !channels.includes(each.value);
    each.setAttribute('aria-pressed', String(each.value === channel));
  }
  if (!isInGroup) markNews(channel, false);
  byId('phone').classList.toggle('sms', channel === 'sms');
  byId('attach').hidden = channel === 'sms';
  byId('text').maxLength = channel === 'sms' ? 1600 : 4096;
  byId('panel-title').textContent = `${t('panel')} · ${channel === 'sms' ? 'SMS' : 'WhatsApp'}`;
  for (const each of document.querySelectorAll('.whatsapp-only')) each.hidden = channel === 'sms';
  drawCounter();
}
