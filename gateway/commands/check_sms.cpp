#include "gateway/commands/check_sms.hpp"

#include "dialogs/message/sms/transliteration.hpp"
#include "dialogs/wording/sms_texts.hpp"

#include <iomanip>
#include <sstream>

namespace tertulia::gateway {
namespace {

std::string alphabet_of(const sms_length& length) {
    if (length.alphabet == sms_alphabet::gsm7) return "GSM-7";
    std::string text = "UCS-2 for";
    for (const auto& letter : length.outside) text += ' ' + letter;
    return text;
}

std::string parts_of(const sms_length& length) {
    return std::to_string(length.segments) + (length.segments == 1 ? " part  " : " parts ");
}

// Only a person can say whether a word still means what it did.
void write_changes(std::ostream& to, const transliterated& plain, const sms_length& as_written) {
    to << "    written";
    for (const auto& one : plain.changes) to << "  " << one.was << " -> " << one.now;
    to << "\n    with `spelling: as_written`: " << as_written.units << " units, "
       << parts_of(as_written) << alphabet_of(as_written) << '\n';
}

std::string cost_of(const sms_length& length, double price, const institution& house) {
    if (price <= 0) return {};
    std::ostringstream text;
    text << "  " << std::setprecision(6) << price * static_cast<double>(length.segments) << ' '
         << house.currency.view();
    return text.str();
}

}  // namespace

void write_sms(
    std::ostream& to,
    const dialogs::catalogue& words,
    const institution& house,
    double price,
    sms_shown which
) {
    std::size_t left_out = 0;
    for (const auto& one : dialogs::sms_texts(words, house)) {
        if (!one.own && which == sms_shown::variants) {
            ++left_out;
            continue;
        }
        const auto plain = sms_transliterated(one.text);
        // What is sent where a channel spells plainly, as they all do unless told otherwise.
        const auto length = plain.changes.empty() ? one.length : sms_length_of(plain.text);
        to << std::left << std::setw(34) << words.key(one.message) << std::setw(6) << one.language
           << std::right << std::setw(4) << length.units << " units  "
           << parts_of(length) << cost_of(length, price, house) << "  " << alphabet_of(length)
           << '\n';
        if (!plain.changes.empty()) write_changes(to, plain, one.length);
    }
    to << "Measured with " << dialogs::sms_facts << ".\n";
    if (left_out > 0) {
        to << left_out
           << " texts have no `sms` variant and would go as they are: --sms all shows them too.\n";
    }
}

}  // namespace tertulia::gateway
