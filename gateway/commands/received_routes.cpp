#include "gateway/commands/received_routes.hpp"

#include "gateway/commands/script_routes.hpp"
#include "gateway/received/byte_range.hpp"
#include "gateway/received/file_check.hpp"

#include <nlohmann/json.hpp>

#include <charconv>
#include <memory>
#include <optional>
#include <utility>

namespace tertulia::gateway {
namespace {

constexpr std::string_view received_prefix = "/api/v1/media/";
constexpr std::size_t media_listed_most = 1'000;

const char* word_of(media_state state) {
    switch (state) {
        case media_state::waiting: return "waiting";
        case media_state::kept: return "kept";
        case media_state::failed: return "failed";
    }
    return "";
}

const char* word_of(media_kind kind) {
    switch (kind) {
        case media_kind::image: return "image";
        case media_kind::video: return "video";
        case media_kind::audio: return "audio";
        case media_kind::voice_note: return "voice_note";
        case media_kind::document: return "document";
        case media_kind::sticker: return "sticker";
    }
    return "";
}

nlohmann::json line_of(const media_entry& one) {
    nlohmann::json line{
        {"id", one.id},
        {"party", one.party.value},
        {"channel", one.channel},
        {"at", to_millis(one.received_at)},
        {"kind", word_of(one.what.kind)},
        {"state", word_of(one.state)},
        {"tries", one.tries}};
    if (one.state == media_state::kept) {
        line["type"] = one.type;
        line["bytes"] = one.bytes;
    } else {
        line["reason"] = one.reason;
    }
    return line;
}

http::response media_not_allowed() {
    return http::problem(
        403,
        "not-allowed",
        "What people send is not open to you",
        "Ask from this machine, or send server.admin_token of the config as a Bearer token."
    );
}

http::response no_such_file() {
    return http::problem(
        404, "no-such-file", "There is no such file", "GET /api/v1/media lists what there is."
    );
}

http::response not_here(const media_entry& one) {
    if (one.state == media_state::waiting) {
        return http::problem(
            409, "not-here-yet", "It has not been fetched yet", "It is tried again by itself."
        );
    }
    return http::problem(410, "never-came", "It could not be fetched", one.reason);
}

// Her own name for it would be a way to lead a browser astray; the kind says enough.
std::string download_name(const media_entry& one) {
    return std::string{"attachment; filename=\""} + word_of(one.what.kind) + "-" +
           std::to_string(one.id) + "\"";
}

http::response file_answer(const media_entry& one, std::string bytes, std::string_view range) {
    http::response made{
        .content_type = one.type,
        .headers = {
            {"Accept-Ranges", "bytes"},
            {"Cache-Control", "private, no-store"},
            {"X-Content-Type-Options", "nosniff"}}};
    if (!may_be_shown(one.type)) {
        made.headers.emplace_back("Content-Disposition", download_name(one));
    }
    const auto whole = std::to_string(bytes.size());
    const auto wanted = read_range(range, bytes.size());
    if (wanted.outside) {
        auto refused = http::problem(
            416, "no-such-range", "The file has no such part", "It has " + whole + " bytes."
        );
        refused.headers.emplace_back("Content-Range", "bytes */" + whole);
        return refused;
    }
    if (!wanted.part) {
        made.body = std::move(bytes);
        return made;
    }
    const auto [first, last] = *wanted.part;
    made.status = 206;
    made.headers.emplace_back(
        "Content-Range",
        "bytes " + std::to_string(first) + "-" + std::to_string(last) + "/" + whole
    );
    made.body = bytes.substr(first, last - first + 1);
    return made;
}

std::optional<std::int64_t> id_in(std::string_view path) {
    path.remove_prefix(received_prefix.size());
    std::int64_t id = 0;
    const auto* end = path.data() + path.size();
    const auto [stopped, error] = std::from_chars(path.data(), end, id);
    if (error != std::errc{} || stopped != end || id <= 0) return std::nullopt;
    return id;
}

// What the writer thread finds in the ledger; trouble of the store is told to whoever asked.
void with_ledger(
    inbox& incoming, media_ledger& ledger, http::reply answer,
    std::function<void(media_ledger&, std::shared_ptr<http::reply>)> work
) {
    auto shared = std::make_shared<http::reply>(std::move(answer));
    incoming.add(errand{[shared, &ledger, work = std::move(work)](store&) {
        try {
            work(ledger, shared);
        } catch (const std::exception&) {
            std::move(*shared).send(http::problem(
                503, "store-unreadable", "The store cannot be read", "See the gateway's log."
            ));
        }
    }});
}

void give_list(media_ledger& from, const std::shared_ptr<http::reply>& to) {
    auto lines = nlohmann::json::array();
    for (const auto& one : from.newest(media_listed_most)) lines.push_back(line_of(one));
    std::move(*to).send(
        {.content_type = "application/json",
         .body = nlohmann::json{{"media", std::move(lines)}}.dump()}
    );
}

void give_file(
    media_ledger& from, std::int64_t id, const std::string& range, fetcher& files,
    const std::shared_ptr<http::reply>& to
) {
    auto found = from.find(id);
    if (!found) return std::move(*to).send(no_such_file());
    if (found->state != media_state::kept) return std::move(*to).send(not_here(*found));
    auto one = std::make_shared<media_entry>(std::move(*found));
    const bool asked = files.read(*one, [to, one, range](std::optional<std::string> bytes) {
        if (!bytes) return std::move(*to).send(no_such_file());
        std::move(*to).send(file_answer(*one, std::move(*bytes), range));
    });
    if (!asked) std::move(*to).send(no_such_file());
}

}  // namespace

std::vector<http::route> received_routes(const received_route_parts& parts) {
    const auto guarded = [token = parts.token](auto&& work) {
        return [token, work](const http::request& request, http::reply answer) {
            if (!may_publish(token, request.header("Authorization"), request.remote_address)) {
                return std::move(answer).send(media_not_allowed());
            }
            work(request, std::move(answer));
        };
    };
    return {
        {.method = "GET",
         .path = "/api/v1/media",
         .handle = guarded([parts](const http::request&, http::reply answer) {
             with_ledger(parts.incoming, parts.ledger, std::move(answer), give_list);
         })},
        {.method = "GET",
         .path = std::string{received_prefix} + "*",
         .handle = guarded([parts](const http::request& request, http::reply answer) {
             const auto id = id_in(request.path);
             if (!id) return std::move(answer).send(no_such_file());
             with_ledger(
                 parts.incoming,
                 parts.ledger,
                 std::move(answer),
                 [id = *id, range = std::string{request.header("Range")},
                  &files = parts.files](media_ledger& from, const auto& to) {
                     give_file(from, id, range, files, to);
                 }
             );
         })},
    };
}

}  // namespace tertulia::gateway
