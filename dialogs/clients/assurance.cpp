#include "dialogs/clients/assurance.hpp"

#include <algorithm>

namespace tertulia::dialogs {

assurance_level level_of(const assurance& proof, std::string_view client_id, instant now) noexcept {
    if (client_id.empty()) return assurance_level::unknown;
    if (proof.doubted) return assurance_level::unknown;
    const bool holds = proof.verified_at != instant{} && proof.client_id == client_id &&
                       now < proof.last_active_at + proof_idle_max &&
                       now < proof.verified_at + proof_age_max && now >= proof.frozen_until;
    return holds ? assurance_level::verified : assurance_level::known;
}

pin_gate gate_of(const assurance& proof, bool has_pin, instant now) noexcept {
    // First, so that a number nobody knows and a client without a PIN get the same answer.
    if (!has_pin) return pin_gate::none_set;
    if (proof.branch_only) return pin_gate::branch_only;
    return shut_until(proof, now) ? pin_gate::locked : pin_gate::open;
}

std::optional<instant> shut_until(const assurance& proof, instant now) noexcept {
    const auto until = std::max(proof.pin_locked_until, proof.frozen_until);
    return until > now ? std::optional{until} : std::nullopt;
}

std::int64_t tries_left(const assurance& proof) noexcept {
    const auto bound =
        proof.wrong_pins < wrong_pins_before_lock ? wrong_pins_before_lock : wrong_pins_max;
    return proof.wrong_pins >= bound ? 0 : std::int64_t{bound} - proof.wrong_pins;
}

pin_verdict pin_was_right(assurance& proof, std::string_view client_id, instant now) {
    proof.verified_at = now;
    proof.last_active_at = now;
    proof.client_id = client_id;
    proof.owner = client_id;
    proof.doubted = false;
    proof.wrong_pins = 0;
    proof.pin_locked_until = {};
    return pin_verdict::right;
}

pin_verdict pin_was_wrong(assurance& proof, instant now) {
    forget_proof(proof);
    proof.wrong_pins = std::min(proof.wrong_pins + 1, wrong_pins_max);
    if (proof.wrong_pins == wrong_pins_max) {
        proof.branch_only = true;
        return pin_verdict::branch_only;
    }
    if (proof.wrong_pins == wrong_pins_before_lock) {
        proof.pin_locked_until = now + pin_lock;
        return pin_verdict::locked;
    }
    return pin_verdict::wrong;
}

void keep_awake(assurance& proof, instant now) noexcept {
    proof.last_active_at = std::max(proof.last_active_at, now);
}

void forget_proof(assurance& proof) noexcept {
    proof.verified_at = {};
    proof.last_active_at = {};
    proof.client_id.clear();
}

void freeze(assurance& proof, instant now) noexcept {
    begin_to_doubt(proof);
    proof.frozen_until = now + number_change_freeze;
}

doubt doubt_of(
    const assurance& proof, std::string_view client_id, instant last_heard, instant now
) noexcept {
    if (proof.doubted) return doubt::none;  // already
    if (!client_id.empty() && !proof.owner.empty() && proof.owner != client_id) {
        return doubt::number_moved;
    }
    const bool silent = last_heard != instant{} && now - last_heard >= silence_max;
    return silent && !client_id.empty() ? doubt::silent_long : doubt::none;
}

void begin_to_doubt(assurance& proof) noexcept {
    forget_proof(proof);
    proof.doubted = true;
}

void end_doubt(assurance& proof, std::string_view client_id) {
    proof.doubted = false;
    proof.frozen_until = {};
    proof.owner = client_id;
}

void pin_was_set(assurance& proof) noexcept {
    proof.wrong_pins = 0;
    proof.pin_locked_until = {};
    proof.branch_only = false;
}

void open_again(assurance& proof) noexcept {
    pin_was_set(proof);
    proof.frozen_until = {};
    proof.doubted = false;
}

}  // namespace tertulia::dialogs
