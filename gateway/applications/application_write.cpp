#include "gateway/applications/application_write.hpp"

#include "dialogs/script/answer_values.hpp"
#include "dialogs/services/applications.hpp"

namespace tertulia::gateway {
namespace {

using dialogs::typed_kind;

std::string shown(const dialogs::typed_answer& answer) {
    switch (answer.kind) {
        case typed_kind::amount: {
            const auto sum = dialogs::parse_minor_units(answer.value);
            return sum ? decimal(*sum) + " " + std::string{sum->currency.view()} : answer.value;
        }
        case typed_kind::photo:
        case typed_kind::document:
        case typed_kind::voice_note:
            return std::string{dialogs::name_of(answer.kind)};
        case typed_kind::location: {
            std::string text;
            for (const auto& part : dialogs::parts_of(answer.value)) {
                if (!part.empty()) text += (text.empty() ? "" : " ") + part;
            }
            return text;
        }
        default:
            return answer.value;
    }
}

}  // namespace

std::string note_of(const dialogs::send_application& from) {
    auto text = from.number + ":";
    for (const auto& [name, kept] : from.answers) {
        const auto answer = dialogs::parse_typed_answer(kept);
        if (answer) text += " " + name + ": " + shown(*answer) + ";";
    }
    if (text.ends_with(';')) text.pop_back();
    return text;
}

std::variant<core_proposal, not_written> write_of(
    const application_entry& from, const dialogs::local_calendar& calendar
) {
    const auto& what = from.what;
    if (what.core_product.empty()) {
        return not_written{"products.yaml gives '" + what.product + "' no number of core banking's"};
    }
    if (what.client_id.empty()) return not_written{"she is no client yet"};
    if (what.amount.minor <= 0) return not_written{"it asks for no amount"};
    const auto day = calendar.date_of(from.at);
    const auto name = dialogs::core_name_of(what.number);
    return core_proposal{
        .key = name,
        .what = core_application{
            .client_id = what.client_id,
            .product_id = what.core_product,
            .principal = what.amount,
            .submitted_on = day,
            .wanted_on = day,
            .external_id = name,
            .note = note_of(what)}};
}

}  // namespace tertulia::gateway
