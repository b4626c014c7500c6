#include "adapters/whatsapp_cloud/group_parts.hpp"
#include "adapters/whatsapp_cloud/reactions.hpp"
#include "adapters/wire/text.hpp"

#include <utility>

namespace tertulia::adapters::whatsapp_cloud {
namespace {

constexpr std::size_t groups_kept_max = group_page_max;
constexpr std::size_t requests_kept_max = 1024;

// The document lives until the next call on this thread.
std::optional<json_object> root_of(std::string_view body) {
    thread_local json_reader reader;  // scratch memory only
    const auto document = reader.read(body);
    return document ? as_object(*document) : std::nullopt;
}

template <class Read>
void for_each_in(json_object in, std::string_view key, std::size_t most, Read read) {
    const auto array = array_at(in, key);
    if (!array) return;
    std::size_t seen = 0;
    for (const json_value element : *array) {
        if (seen++ == most) return;
        if (const auto object = as_object(element)) read(*object);
    }
}

join_request read_join_request(json_object from) {
    join_request one{
        .id = clean_at(from, "join_request_id", id_bytes_max),
        .at = instant_at(from, "creation_timestamp"),
        .error_code = first_error_code(from)};
    identities who;
    who.add_at(from, {"wa_id", "user_id"});
    one.who = who.take();
    return one;
}

group_facts read_facts(json_object from) {
    group_facts facts{
        .id = clean_at(from, "id", id_bytes_max),
        .subject = clean_at(from, "subject", group_text_bytes_max),
        .description = clean_at(from, "description", group_text_bytes_max),
        .joining = joining_at(from),
        .members = group_members_at(from, "participants"),
        .is_suspended = flag_at(from, "suspended"),
        .created_at = instant_at(from, "creation_timestamp")};
    if (facts.created_at == instant{}) facts.created_at = instant_at(from, "created_at");
    facts.members_count = integer_at(from, "total_participant_count")
                              .value_or(static_cast<std::int64_t>(facts.members.size()));
    return facts;
}

}  // namespace

group_member read_group_member(json_object from) {
    group_member one{
        .username = clean_at(from, "username", name_bytes_max),
        .given = clean_at(from, "input", name_bytes_max),
        .error_code = first_error_code(from)};
    identities who;
    who.add_at(from, {"wa_id", "user_id", "parent_user_id"});
    if (who.empty()) who.add(one.given);
    one.who = who.take();
    return one;
}

std::vector<group_member> group_members_at(json_object in, std::string_view key) {
    std::vector<group_member> all;
    for_each_in(in, key, group_people_kept_max, [&all](json_object one) {
        auto read = read_group_member(one);
        if (!read.who.empty() || !read.given.empty()) all.push_back(std::move(read));
    });
    return all;
}

std::optional<group_joining> joining_at(json_object in) {
    const auto word = text_at(in, "join_approval_mode");
    if (word == "auto_approve") return group_joining::by_link;
    if (word == "approval_required") return group_joining::on_approval;
    return std::nullopt;
}

// Unlike a message's, a good answer to a call about a group names no message.
verdict judge_group_call(const provider_response& answer) {
    const auto root = root_of(answer.body);
    const bool good = answer.status >= 200 && answer.status < 300;
    if (!good || !root || object_at(*root, "error")) return judge(answer);
    if (answer.status != 206 && first_error_code(*root) == 0) {
        return {.reaction = reaction::accepted};
    }
    constexpr int only_a_part = 131201;
    const auto code = first_error_code(*root);
    auto judged = reaction_to(code != 0 ? code : only_a_part);
    obey_retry_after(judged, answer.retry_after);
    return judged;
}

std::optional<std::string> read_group_request_id(std::string_view body) {
    const auto root = root_of(body);
    if (!root) return std::nullopt;
    for (const auto* key : {"request_id", "id"}) {
        auto id = clean_at(*root, key, id_bytes_max);
        if (!id.empty()) return id;
    }
    return std::nullopt;
}

std::optional<group_page> read_group_page(std::string_view body) {
    const auto root = root_of(body);
    const auto data = root ? object_at(*root, "data") : std::nullopt;
    if (!data || !array_at(*data, "groups")) return std::nullopt;
    group_page page;
    for_each_in(*data, "groups", groups_kept_max, [&page](json_object one) {
        auto facts = read_facts(one);
        if (!facts.id.empty()) page.groups.push_back(std::move(facts));
    });
    const auto paging = object_at(*root, "paging");
    const auto cursors = paging ? object_at(*paging, "cursors") : std::nullopt;
    // Meta leaves the cursor on the last page too; only "next" says that there is more.
    if (cursors && !text_at(*paging, "next").empty()) {
        page.next = clean_at(*cursors, "after", id_bytes_max);
    }
    return page;
}

std::optional<group_facts> read_group_facts(std::string_view body) {
    const auto root = root_of(body);
    if (!root) return std::nullopt;
    auto facts = read_facts(*root);
    if (facts.id.empty()) return std::nullopt;
    return facts;
}

std::optional<std::string> read_group_link(std::string_view body) {
    const auto root = root_of(body);
    auto link = root ? clean_at(*root, "invite_link", url_bytes_max) : std::string{};
    if (!link.starts_with("https://")) return std::nullopt;
    return link;
}

std::optional<std::vector<join_request>> read_join_requests(std::string_view body) {
    const auto root = root_of(body);
    if (!root || !array_at(*root, "data")) return std::nullopt;
    std::vector<join_request> all;
    for_each_in(*root, "data", requests_kept_max, [&all](json_object one) {
        auto read = read_join_request(one);
        if (!read.id.empty()) all.push_back(std::move(read));
    });
    return all;
}

std::optional<join_answers> read_join_answers(std::string_view body) {
    const auto root = root_of(body);
    if (!root) return std::nullopt;
    join_answers all;
    bool is_one = false;
    for (const auto* key : {"approved_join_requests", "rejected_join_requests"}) {
        const auto done = array_at(*root, key);
        if (!done) continue;
        is_one = true;
        for (const json_value element : *done) {
            if (all.done.size() == requests_kept_max) break;
            std::string_view id;
            if (element.get(id) == simdjson::SUCCESS) {
                all.done.push_back(clean_text(id, id_bytes_max));
            } else if (const auto object = as_object(element)) {
                all.done.push_back(clean_at(*object, "join_request_id", id_bytes_max));
            }
        }
    }
    is_one = is_one || array_at(*root, "failed_join_requests").has_value();
    for_each_in(*root, "failed_join_requests", requests_kept_max, [&all](json_object one) {
        all.failed.push_back(read_join_request(one));
    });
    if (!is_one) return std::nullopt;
    return all;
}

}  // namespace tertulia::adapters::whatsapp_cloud
