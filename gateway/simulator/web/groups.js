// What is particular to a group on the page: several phones in one chat. The phone in her hand is
// that of one member, and it can be another's at a tap; joining is by the invite link alone.
'use strict';

const inviteLink = /https:\/\/chat\.whatsapp\.com\/[A-Za-z0-9_-]+/;
const groupColours = ['#7a4a00', '#0b5f8a', '#7b2d8e', '#0f5c4d', '#a3201d', '#3d4f9f', '#5c5a00', '#8a3b62'];

// "Rosa pidió entrar" of "{who} pidió entrar".
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (whole, key) => values[key] ?? whole);
const isGroup = () => state.channel === 'group';
const openGroupFacts = () => state.groups.find((each) => each.id === state.group);
const isMember = (group, person) => !!group && !!person
  && group.members.some((each) => each.id === person.id);
const personOf = ({ id, name }) => state.people.find((each) => each.id === id)
  ?? { id, name, phone: `+${id}`, language: '' };
const firstName = (name) => name.split(/\s+/)[0];

async function loadGroups() {
  state.groups = (await ask('groups')).groups;
  drawGroups();
  if (isGroup()) drawGroupScreen();
}

// --- On the first screen -------------------------------------------------------------------------

function drawGroups() {
  const rows = state.groups.map((group) => {
    const names = group.members.map((each) => firstName(each.name)).join(', ');
    const count = fill(t('of_members'), { count: group.members.length, most: group.members_max });
    return make('li', {}, make('button', {
      type: 'button', onclick: () => (group.members.length ? openGroup(group) : openJoin(group)),
    },
    groupAvatar(group),
    make('div', { class: 'text' }, make('strong', {}, group.subject),
      make('span', {}, names ? `${count} · ${names}` : t('nobody_in')))));
  });
  byId('groups').replaceChildren(...rows);
  byId('groups-part').hidden = rows.length === 0;
}

function groupAvatar(group) {
  if (!group.picture) return make('div', { class: 'avatar group', 'aria-hidden': 'true' }, icon(groupIcon));
  return make('img', { class: 'avatar group', alt: '', src: `picture/${encodeURIComponent(group.picture)}` });
}

const groupIcon = 'M9 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM3 19c0-3 3-5 6-5s6 2 6 5M16 5a3 3 0 0 1 0 6M17 14c2 .8 4 2.6 4 5';

// --- The chat ------------------------------------------------------------------------------------

// As the member whose phone it is now, or the first.
async function openGroup(group, person) {
  const as = person ?? (isMember(group, state.person) ? state.person : personOf(group.members[0]));
  const isSame = isGroup() && state.group === group.id;
  state.person = as;
  state.channel = 'group';
  state.group = group.id;
  state.subject = group.subject;
  state.typingUntil = 0;
  location.hash = `${as.id}/group/${encodeURIComponent(group.id)}`;
  byId('people-screen').hidden = true;
  byId('chat-screen').hidden = false;
  drawChannel();
  drawGroupScreen();
  drawTyping();
  if (isSame) {
    for (const each of state.messages.values()) asSeen(each);
    drawLog();
    markRead();
    drawControls();
  } else {
    await Promise.all([loadChat(), loadControl()]).catch((error) => toast(error.message));
  }
  byId('text').focus();
}

// Who is in it, whose phone this is, and whether it can write.
function drawGroupScreen() {
  const group = openGroupFacts();
  if (group) state.subject = group.subject;
  const chips = (group?.members ?? []).map((each) => make('button', {
    type: 'button', title: each.name, 'aria-pressed': String(each.id === state.person?.id),
    onclick: () => openGroup(group, personOf(each)),
  }, firstName(each.name)));
  const others = group ? [make('button', {
    type: 'button', class: 'join', title: t('join_other'), 'aria-label': t('join_other'),
    onclick: () => openJoin(group),
  }, '+')] : [];
  byId('members').replaceChildren(...chips, ...others);
  const canWrite = isMember(group, state.person) && !group.suspended;
  byId('text').disabled = byId('attach').disabled = !canWrite;
  byId('text').placeholder = t(canWrite ? 'write' : group?.suspended ? 'group_suspended' : 'not_in_group');
  byId('group-info').hidden = !group;
  byId('members').querySelector('[aria-pressed=true]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  drawTyping();
  drawPins(group);
}

function drawPins(group) {
  const pinned = (group?.pins ?? []).map((id) => state.messages.get(id)).filter(Boolean);
  byId('pins').hidden = pinned.length === 0;
  byId('pins').replaceChildren(...pinned.map((each) => make('li', {},
    make('strong', {}, `${t('pinned')}: `), formatted(summary(each.message)))));
}

// What a line of a group is on the phone in her hand: its own, and how far ours came to her.
function asSeen(shown) {
  if (!isGroup()) return shown;
  shown.first ??= shown.status;
  shown.mine = !!shown.from && shown.from === state.person.id;
  if (shown.from) shown.status = shown.mine ? shown.first : '';
  else shown.status = shown.statuses?.[state.person.id] ?? shown.first;
  return shown;
}

function hearOfMember(event) {
  const shown = state.messages.get(event.id);
  if (!shown) return;
  shown.statuses = { ...shown.statuses, [event.member]: event.status };
  asSeen(shown);
  redraw(shown);
  if (event.member === state.person.id && event.status === 'delivered') markRead();
}

// Over what another wrote. Ours has the name of the house.
function groupSpeaker(shown) {
  if (!isGroup() || shown.mine || shown.message.type === 'note') return null;
  if (!shown.from) return make('span', { class: 'speaker house' }, 'Tertulia');
  const at = openGroupFacts()?.members.findIndex((each) => each.id === shown.from) ?? 0;
  const name = make('span', { class: 'speaker' }, shown.from_name ?? shown.from);
  name.style.color = groupColours[Math.max(at, 0) % groupColours.length];
  return name;
}

// Under what we said: each member's own state of it.
function groupReceipts(shown) {
  if (!isGroup() || shown.from || !shown.statuses) return null;
  const nameOf = (id) => firstName(personOf(openGroupFacts()?.members.find((each) => each.id === id)
    ?? { id, name: id }).name);
  return make('ul', { class: 'receipts' }, ...Object.entries(shown.statuses).map(([id, status]) => make(
    'li', { 'data-member': id, 'data-status': status },
    make('span', { class: `ticks ${status}`, 'aria-hidden': 'true' }, ticksOf[status] ?? ''),
    ` ${nameOf(id)} · ${t(status)}`)));
}

function noteLine({ id, message }) {
  const { what, who } = message.note;
  const text = fill(t('notes')[what] ?? what, { who });
  return make('div', { class: 'day note', 'data-id': id }, make('span', {}, text));
}

// --- Joining and leaving -------------------------------------------------------------------------

async function joinGroup(link, person) {
  try {
    const { how, group: id } = await ask('groups/join', { phone: person.phone, link });
    await loadGroups();
    const group = state.groups.find((each) => each.id === id);
    if ((how === 'in' || how === 'already_in') && group) await openGroup(group, person);
    else toast(fill(t('join_how')[how] ?? how, { who: person.name }));
  } catch (error) {
    toast(`${t('trouble')}: ${error.message}`);
  }
}

// Another phone of the desk takes the link.
function openJoin(group) {
  const others = state.people.filter((each) => !isMember(group, each));
  openSheet(`${t('join_group')}: ${group.subject}`, ...others.map((each) => sheetRow(
    each.name, each.phone, () => joinGroup(group.link, each))));
}

// She takes a link that lies on the desk: of the groups she is not in.
function openLinks() {
  const { person } = state;
  const others = state.groups.filter((each) => !isMember(each, person));
  openSheet(t('join_group'), ...others.map((group) => sheetRow(
    group.subject, group.link, () => joinGroup(group.link, person))));
}

async function leaveGroup(group, person) {
  try {
    await ask('groups/leave', { phone: person.phone, group: group.id });
    await loadGroups();
  } catch (error) {
    toast(`${t('trouble')}: ${error.message}`);
  }
}

function openGroupInfo() {
  const group = openGroupFacts();
  if (!group) return;
  const { person } = state;
  const asks = group.requests.map((each) => sheetRow(`${each.name}: ${t('asks')}`, t('withdraw'),
    () => leaveGroup(group, personOf(each))));
  openSheet(group.subject,
    group.description ? make('p', { class: 'about' }, group.description) : null,
    make('p', { class: 'about' }, `${t('invite_link')}: `, make('code', {}, group.link)),
    make('h3', {}, fill(t('of_members'), { count: group.members.length, most: group.members_max })),
    ...group.members.map((each) => sheetRow(each.name, each.id === person.id ? t('this_phone') : `+${each.id}`,
      () => openGroup(group, personOf(each)))),
    ...(asks.length ? [make('h3', {}, t('requests')), ...asks] : []),
    make('h3', {}, t('link_does')),
    sheetRow(t('join_other'), '', () => openJoin(group)),
    isMember(group, person) ? sheetRow(fill(t('leave'), { who: firstName(person.name) }), '',
      () => leaveGroup(group, person)) : null);
}
