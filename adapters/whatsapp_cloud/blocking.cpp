#include "adapters/whatsapp_cloud/blocking.hpp"

#include "adapters/whatsapp_cloud/account_api.hpp"
#include "adapters/whatsapp_cloud/parts.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace tertulia::adapters::whatsapp_cloud {
namespace {

constexpr std::array<std::pair<int, std::string_view>, 5> reasons{{
    {131047, "she has not written to this number within 24 hours, and Meta blocks nobody else"},
    {139100, "Meta could not do it; is it her number, and has she written within 24 hours?"},
    {139101, "the list of blocked people is full: unblock others first"},
    {139102, "the list was being changed by somebody else: try again"},
    {139103, "Meta failed inside: try again later"},
}};

outbound_request render(
    const channel_settings& of, std::string_view user, std::string_view method
) {
    // A number or an id has nothing to escape.
    std::string clean;
    std::ranges::copy_if(user, std::back_inserter(clean), [](char each) {
        return (each >= '0' && each <= '9') || (each >= 'A' && each <= 'Z') ||
               (each >= 'a' && each <= 'z') || each == '+' || each == '.';
    });
    return graph_call(
        of,
        method,
        of.phone_number_id + "/block_users",
        R"({"messaging_product":"whatsapp","block_users":[{"user":")" + clean + R"("}]})"
    );
}

std::string reason_of(int code) {
    for (const auto& [known, reason] : reasons) {
        if (known == code) return std::string{reason};
    }
    return {};
}

// The code of the first failed user's first error.
int failed_user_code(json_object root) {
    const auto users = object_at(root, "block_users");
    const auto failed = users ? array_at(*users, "failed_users") : std::nullopt;
    if (!failed) return 0;
    for (const json_value element : *failed) {
        const auto user = as_object(element);
        const auto code = user ? first_error_code(*user) : 0;
        return code != 0 ? code : 139100;
    }
    return 0;
}

}  // namespace

outbound_request render_block(const channel_settings& of, std::string_view user) {
    return render(of, user, "POST");
}

outbound_request render_unblock(const channel_settings& of, std::string_view user) {
    return render(of, user, "DELETE");
}

block_answer judge_block(const provider_response& answer) {
    thread_local json_reader reader;  // scratch memory only
    const auto document = reader.read(answer.body);
    const auto root = document ? as_object(*document) : std::nullopt;
    block_answer read;
    if (root) read.code = failed_user_code(*root);
    if (read.code == 0 && answer.status >= 200 && answer.status < 300 && root &&
        !value_at(*root, "error")) {
        read.done = true;
        return read;
    }
    if (read.code == 0) {
        const auto judged = judge(answer);
        read.code = judged.code;
        read.reason = judged.reason;
    }
    if (auto known = reason_of(read.code); !known.empty()) read.reason = std::move(known);
    if (read.reason.empty()) read.reason = "Meta answered " + std::to_string(answer.status);
    return read;
}

}  // namespace tertulia::adapters::whatsapp_cloud
