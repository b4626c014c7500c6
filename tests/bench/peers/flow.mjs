// The conversation every peer and Tertulia itself hold in the peer benchmark: five states, one
// reply to each message. ../talk/five_states.talk is what people write.

export const flow = {
    menu: 'Hola. Escriba 1 para su saldo, 2 para pagar, 3 para hablar con una persona.',
    digits: 'Escriba los 4 ultimos digitos de su documento.',
    which: 'Tiene dos prestamos. Escriba 1 para Grupal, 2 para Individual.',
    balance: 'Debe Q1,250.50. Proximo pago: Q312.60 el 30/11/2026. Quiere algo mas? (si o no)',
    bye: 'Gracias por escribirnos. Que le vaya bien.',
    again: 'Perdone, no le entendi. Escriba hola para empezar.',
};

// (state, text) -> [next state, reply]; state undefined: nothing under way.
export function step(state, text) {
    switch (state) {
        case 'menu':
            return text === '1' ? ['digits', flow.digits] : ['menu', flow.menu];
        case 'digits':
            return /^\d{4}$/.test(text) ? ['which', flow.which] : ['digits', flow.digits];
        case 'which':
            return text === '1' || text === '2' ? ['balance', flow.balance] : ['which', flow.which];
        case 'balance':
            return text === 'no' ? [undefined, flow.bye] : ['menu', flow.menu];
        default:
            return text === 'hola' ? ['menu', flow.menu] : [undefined, flow.again];
    }
}
