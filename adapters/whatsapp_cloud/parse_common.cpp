#include "adapters/whatsapp_cloud/parts.hpp"
#include "adapters/wire/text.hpp"

#include <boost/system/error_category.hpp>

namespace tertulia::adapters::whatsapp_cloud {
namespace {

constexpr std::int64_t milliseconds_from = 100'000'000'000;     // as seconds: the year 5138
constexpr std::int64_t milliseconds_max = 253'402'300'799'000;  // the end of the year 9999

class category final : public boost::system::error_category {
public:
    [[nodiscard]] const char* name() const noexcept override { return "whatsapp_cloud"; }
    [[nodiscard]] std::string message(int code) const override {
        switch (static_cast<errc>(code)) {
            case errc::not_json:
                return "the body is not valid JSON in UTF-8 of bearable depth";
            case errc::not_whatsapp:
                return "the body is not a WhatsApp Business callback";
            case errc::bad_recipient:
                return "no phone number or user id to send to";
            case errc::empty_content:
                return "there is nothing to say in it";
            case errc::too_long:
                return "it is beyond a length the provider takes";
            case errc::not_possible:
                return "WhatsApp has no such message";
            case errc::bad_link:
                return "the link is not an http or https address";
            case errc::bad_parameters:
                return "a template parameter is empty or half of them named";
        }
        return "unknown error";
    }
};

}  // namespace

boost::system::error_code make_error_code(errc code) noexcept {
    static const category ours;
    return {static_cast<int>(code), ours};
}

instant instant_at(json_object in, std::string_view key) {
    const auto stamp = integer_at(in, key);
    if (!stamp || *stamp <= 0 || *stamp > milliseconds_max) return {};
    return from_millis(*stamp >= milliseconds_from ? *stamp : *stamp * 1000);
}

std::string clean_at(json_object in, std::string_view key, std::size_t bytes_max) {
    return clean_text(text_at(in, key), bytes_max);
}

int first_error_code(json_object in) {
    const auto errors = array_at(in, "errors");
    if (!errors) return 0;
    for (const json_value error : *errors) {
        const auto object = as_object(error);
        const auto code = object ? integer_at(*object, "code") : std::nullopt;
        return code && std::in_range<int>(*code) ? static_cast<int>(*code) : 0;
    }
    return 0;
}

std::string summary_of_error(json_object error) {
    auto summary = std::to_string(integer_at(error, "code").value_or(0));
    auto title = clean_at(error, "title", details_bytes_max);
    if (title.empty()) title = clean_at(error, "message", details_bytes_max);
    if (!title.empty()) summary += ": " + title;
    return summary;
}

std::vector<known_person> read_people(json_object change_value) {
    std::vector<known_person> people;
    const auto contacts = array_at(change_value, "contacts");
    if (!contacts) return people;
    for (const json_value element : *contacts) {
        const auto contact = as_object(element);
        if (!contact) continue;  // a message without its contact row still has its sender
        known_person person;
        person.who.add_at(*contact, {"user_id", "parent_user_id", "wa_id"});
        person.identity_key_hash = clean_at(*contact, "identity_key_hash", id_bytes_max);
        if (const auto profile = object_at(*contact, "profile")) {
            person.profile_name = clean_at(*profile, "name", name_bytes_max);
            if (person.profile_name.empty()) {
                person.profile_name = clean_at(*profile, "username", name_bytes_max);
            }
        }
        people.push_back(std::move(person));
    }
    return people;
}

const known_person* find_person(std::span<const known_person> people, const identities& who) {
    for (const auto& person : people) {
        if (person.who.same_person(who)) return &person;
    }
    return nullptr;
}

}  // namespace tertulia::adapters::whatsapp_cloud
