#include "gateway/config/read_smpp_channel.hpp"

#include "dialogs/message/sms/sender.hpp"
#include "gateway/config/read_channel.hpp"

#include <array>
#include <fstream>
#include <regex>

namespace tertulia::gateway {
namespace {

namespace smpp = adapters::smpp;

constexpr std::int64_t port_plain = 2775;
constexpr std::int64_t port_tls = 3550;

// What SMPP has room for.
std::string bounded(
    const reading& shared, yaml_section& section, std::string_view key, std::size_t letters_max
) {
    auto value = section.text(key);
    if (value.size() > letters_max) {
        shared.problem(
            dialogs::rule::wrong_value,
            section.place(key),
            "'" + std::string{key} + "' has more than " + std::to_string(letters_max) + " letters",
            "SMPP has no room for more: ask the operator for a shorter one"
        );
    }
    return value;
}

void read_security(
    const reading& shared, yaml_section& section, smpp::channel_settings& into
) {
    const bool tls = section.flag("tls", false);
    into.transport = tls ? smpp::transport::tls : smpp::transport::plain;
    into.port = static_cast<std::uint16_t>(
        section.number("port", tls ? port_tls : port_plain, 1, 65'535)
    );
    const auto file = section.text("certificate_authorities");
    if (file.empty()) return;
    if (!tls) {
        shared.problem(
            dialogs::rule::wrong_value,
            section.place("certificate_authorities"),
            "'certificate_authorities' is of no use without TLS",
            "add tls: true, or leave it out"
        );
    }
    into.certificate_authorities = (shared.file.parent_path() / file).string();
    if (!std::ifstream{into.certificate_authorities}) {
        shared.problem(
            dialogs::rule::unreadable,
            section.place("certificate_authorities"),
            "the file '" + file + "' cannot be read",
            "it is looked for beside " + shared.file.filename().string()
        );
    }
}

void read_sender(const reading& shared, yaml_section& section, smpp::channel_settings& into) {
    into.from = section.required("from");
    if (!into.from.empty() && !sms_address_kind_of(into.from)) {
        shared.problem(
            dialogs::rule::wrong_value,
            section.place("from"),
            "'from' is nothing a network takes as a sender",
            "a number like \"+50255550100\", a short code like \"4040\", or a name of 11 letters"
        );
    }
    const auto octet = [&](std::string_view key, std::int64_t most) {
        const auto value = section.number(key, -1, 0, most);
        return value < 0 ? std::optional<std::uint8_t>{}
                         : std::optional{static_cast<std::uint8_t>(value)};
    };
    into.source_ton = octet("source_ton", 6);
    into.source_npi = octet("source_npi", 18);
    into.country_code = section.text("country_code");
    static const std::regex digits{"[1-9][0-9]{0,2}"};
    if (!into.country_code.empty() && !std::regex_match(into.country_code, digits)) {
        shared.problem(
            dialogs::rule::wrong_value,
            section.place("country_code"),
            "'country_code' is one to three digits",
            "502, without a plus sign"
        );
    }
}

// How the operator wants messages written.
void read_forms(const reading& shared, yaml_section& section, smpp::channel_settings& into) {
    const auto nth = [&](std::string_view key, const std::vector<std::string>& words) {
        return one_of(shared, section, key, words);
    };
    into.default_alphabet = nth("default_alphabet", {"gsm7", "latin1"}) == 0
                                ? smpp::default_alphabet::gsm7
                                : smpp::default_alphabet::latin1;
    constexpr std::array forms{
        smpp::long_form::header_8_bit,
        smpp::long_form::header_16_bit,
        smpp::long_form::sar,
        smpp::long_form::payload};
    into.long_form =
        forms.at(nth("long_form", {"header_8_bit", "header_16_bit", "sar", "payload"}));
    constexpr std::array asked{
        smpp::receipts::last_part, smpp::receipts::every_part, smpp::receipts::none};
    into.receipts = asked.at(nth("receipts", {"last_part", "every_part", "none"}));
    constexpr std::array ids{
        smpp::receipt_ids::same, smpp::receipt_ids::decimal, smpp::receipt_ids::hex};
    into.receipt_ids = ids.at(nth("receipt_ids", {"same", "decimal", "hex"}));
    into.spelling = nth("spelling", {"plain", "as_written"}) == 0 ? sms_spelling::plain
                                                                  : sms_spelling::as_written;
    into.validity = std::chrono::minutes{section.number("validity", 0, 0, 142'560)};
    into.parts_max = static_cast<std::size_t>(section.number("parts_max", 6, 1, 20));
}

}  // namespace

provider_settings read_smpp(
    const reading& shared, yaml_section& section, const std::string& name, const std::string&
) {
    smpp::channel_settings out;
    out.name = name;
    out.host = section.required("host");
    read_security(shared, section, out);
    (void)section.required("system_id");
    (void)section.required("password");
    out.system_id = bounded(shared, section, "system_id", 15);
    out.password = bounded(shared, section, "password", 8);
    out.system_type = bounded(shared, section, "system_type", 12);
    out.service_type = bounded(shared, section, "service_type", 5);
    if (section.child("allow_from")) {
        shared.problem(
            dialogs::rule::misplaced_key,
            section.place("allow_from"),
            "nobody calls an SMPP channel: it calls its SMSC",
            "leave 'allow_from' out"
        );
    }
    read_sender(shared, section, out);
    read_forms(shared, section, out);
    out.window = static_cast<std::size_t>(section.number("window", 10, 1, 1'000));
    out.answer_within = std::chrono::seconds{section.number("answer_within", 30, 2, 120)};
    out.enquire_after = std::chrono::seconds{section.number("enquire_link", 30, 5, 3'600)};
    return out;
}

}  // namespace tertulia::gateway
