// A village bank of thirty for meetings: its files for `tertulia import`, and who is who in it. Every
// member owes another amount, so that a sum in a chat says whose it is.

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const first = ['Rosa', 'Ana', 'Juana', 'Petrona', 'Catarina', 'Dominga', 'Tomasa', 'Manuela', 'Micaela',
    'Candelaria', 'Francisca', 'Isabel', 'Lucía', 'María', 'Josefa', 'Marta', 'Elena', 'Carmen', 'Teresa',
    'Gloria', 'Irma', 'Olga', 'Silvia', 'Blanca', 'Sonia', 'Delia', 'Norma', 'Aura', 'Grace', 'Fatou'];
const last = ['Ajú', 'Batz', 'Coj', 'Chex', 'Tzul', 'Ixcoy', 'Yax', 'Sacalxot', 'Puac', 'Mejía'];
const offices = { 1: 'president', 2: 'treasurer', 3: 'secretary', 4: 'deputy', 5: 'handler' };

const two = (number) => String(number).padStart(2, '0');

export const group = { id: 'BC1', name: 'Las Mariposas' };
export const agent = { id: 'officer:O1', name: 'seño Brenda', phone: '50255590001' };
export const backup = { id: 'officer:O2', name: 'seño Luisa', phone: '50255590002' };

// members[0] is the president; `owes` in minor units.
export const members = first.map((name, index) => {
    const number = index + 1;
    return {
        number,
        id: `M${two(number)}`,
        name,
        fullName: `${name} ${last[index % last.length]}`,
        phone: `502555910${two(number)}`,
        office: offices[number] ?? '',
        language: name === 'Grace' ? 'en' : name === 'Fatou' ? 'fr' : 'es',
        loan: `L${two(number)}`,
        owes: 40_000 + number * 1_100 + number,
    };
});

const decimal = (minor) => `${Math.floor(minor / 100)}.${two(minor % 100)}`;

function write(folder, name, lines) {
    writeFileSync(join(folder, `${name}.csv`), `${lines.join('\n')}\n`);
}

// The folder to import; `day` is when it meets, "2026-12-01".
export function writeBank(folder, day) {
    mkdirSync(folder, { recursive: true });
    write(folder, 'branches', ['id,name,street,phone,hours', 'B1,Agencia Sololá,"4a calle 1-10",+50255590000,Lun-Vie 8:00-17:00']);
    write(folder, 'officers', ['id,first_name,courtesy,phone,branch_id',
        `O1,Brenda,${agent.name},+${agent.phone},B1`, `O2,Luisa,${backup.name},+${backup.phone},B1`]);
    write(folder, 'groups', ['id,name,branch_id,officer_id,meeting_rhythm,next_meeting,meeting_time',
        `${group.id},${group.name},B1,O1,P28D,${day},10:00`]);
    write(folder, 'clients', ['id,first_name,last_name,phone,language,branch_id,officer_id,group_id,met_officer',
        ...members.map((one) => `${one.id},${one.name},${one.fullName.split(' ')[1]},+${one.phone},${one.language},B1,O1,${group.id},yes`)]);
    write(folder, 'loans', ['id,client_id,group_id,product,status,cycle,currency,principal,disbursed_on,matures_on',
        ...members.map((one) => `${one.loan},${one.id},${group.id},Grupal,active,2,GTQ,3000.00,2026-08-10,2027-02-10`)]);
    write(folder, 'schedule', ['loan_id,number,due,total,principal,paid,met_on',
        ...members.map((one) => `${one.loan},1,${day},${decimal(one.owes)},350.00,0,`)]);
    write(folder, 'leaders', ['group_id,client_id,role',
        ...members.filter((one) => one.office).map((one) => `${group.id},${one.id},${one.office}`)]);
    write(folder, 'relatives', ['client_id,relative_id', 'M08,M09']);
    write(folder, 'bylaws', ['group_id,currency,quorum,internal_cash,internal_cash_on,savings,fine_late,fine_absent,fine_other',
        `${group.id},GTQ,2/3,1200.00,2026-11-20,20.00,5.00,10.00,5.00`]);
}

// What core banking tells when somebody has paid all she owes: her schedule, and the payment.
export function writePayments(folder, day, payers) {
    mkdirSync(folder, { recursive: true });
    write(folder, 'payments', ['id,loan_id,on,amount,place',
        ...payers.map((one) => `P-${one.loan},${one.loan},${day},${decimal(one.owes)},Agencia Sololá`)]);
    write(folder, 'schedule', ['loan_id,number,due,total,principal,paid,met_on',
        ...payers.map((one) => `${one.loan},1,${day},${decimal(one.owes)},350.00,${decimal(one.owes)},${day}`)]);
}
