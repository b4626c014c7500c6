// Pictures and files as the provider keeps them: by id, downloadable from an address that lives for
// five minutes. Bounded in bytes: the oldest make room.
//
// Threads: none of its own; the owner locks.

#pragma once

#include "dialogs/message/time.hpp"

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace tertulia::gateway::simulator {

struct shelved_file {
    std::string bytes{};
    std::string mime_type{};
    std::string file_name{};
    std::string sha256{};  // base64 of the digest, as webhooks carry it
    instant expires_at{};
};

class media_shelf {
public:
    explicit media_shelf(std::size_t bytes_max = 32U * 1024 * 1024) : bytes_max_{bytes_max} {}

    // The id to send by. Files larger than the whole shelf are refused with an empty id.
    std::string put(shelved_file file);
    [[nodiscard]] const shelved_file* find(std::string_view id, instant now) const;
    bool drop(std::string_view id);

    // The last part of a download address, good for five minutes.
    [[nodiscard]] std::string lend(std::string_view id, instant now);
    [[nodiscard]] const shelved_file* borrowed(std::string_view token, instant now) const;

    static constexpr milliseconds lent_for{5 * 60 * 1'000};
    static constexpr std::size_t files_max = 10'000;
    static constexpr std::size_t loans_max = 10'000;

private:
    struct loan {
        std::string id{};
        instant until{};
    };
    std::size_t bytes_max_;
    std::size_t bytes_{};
    std::uint64_t next_{900'000'000'000'001};  // as long as Meta's
    std::unordered_map<std::string, shelved_file> files_{};
    std::unordered_map<std::string, loan> loans_{};
    std::deque<std::string> order_{};
    std::deque<std::string> loan_order_{};
};

// Base64 of the SHA-256.
[[nodiscard]] std::string digest_base64(std::string_view bytes);

// One file and the fields beside it in a multipart/form-data body.
struct uploaded {
    std::string messaging_product{};
    std::string type{};
    shelved_file file{};
};
[[nodiscard]] std::optional<uploaded> parse_upload(
    std::string_view content_type, std::string_view body
);

}  // namespace tertulia::gateway::simulator
